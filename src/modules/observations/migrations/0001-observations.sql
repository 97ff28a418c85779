-- The entities of SensorThings 1.1, observations in partitions by time, what is kept of them, ways in.

create sequence observations.entity_id;

create table observations.thing (
  id bigint primary key default nextval('observations.entity_id'),
  -- The owner's own name of it, e.g. `lamppost-TST-0142`; feeds, devices and editions find it by this.
  key text unique check (length(key) between 1 and 200),
  name text not null,
  description text not null,
  properties jsonb,
  -- What sort of thing an edition calls it, e.g. `lamppost`.
  kind text,
  department text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on observations.thing (kind, id);
create index on observations.thing (department, id);

create table observations.location (
  id bigint primary key default nextval('observations.entity_id'),
  name text not null,
  description text not null,
  encoding_type text not null,
  location jsonb not null,
  properties jsonb,
  -- A point of it, degrees WGS 84, for boxes and distances; absent when it has none.
  longitude double precision,
  latitude double precision
);
create index on observations.location (longitude, latitude);

create table observations.thing_location (
  thing_id bigint not null references observations.thing on delete cascade,
  location_id bigint not null references observations.location on delete cascade,
  primary key (thing_id, location_id)
);
create index on observations.thing_location (location_id);

create table observations.historical_location (
  id bigint primary key default nextval('observations.entity_id'),
  thing_id bigint not null references observations.thing on delete cascade,
  at timestamptz not null
);
create index on observations.historical_location (thing_id, at);

create table observations.historical_location_location (
  historical_location_id bigint not null references observations.historical_location on delete cascade,
  location_id bigint not null references observations.location on delete cascade,
  primary key (historical_location_id, location_id)
);
create index on observations.historical_location_location (location_id);

create table observations.sensor (
  id bigint primary key default nextval('observations.entity_id'),
  name text not null,
  description text not null,
  encoding_type text not null,
  metadata jsonb not null,
  properties jsonb
);

create table observations.observed_property (
  id bigint primary key default nextval('observations.entity_id'),
  name text not null,
  definition text not null,
  description text not null,
  properties jsonb
);

-- Datastreams and MultiDatastreams: the latter have several units and observed properties.
create table observations.datastream (
  id bigint primary key default nextval('observations.entity_id'),
  key text unique check (length(key) between 1 and 200),
  multi boolean not null default false,
  name text not null,
  description text not null,
  observation_type text not null,
  multi_types text[],
  -- Feature of interest of an observation that names none: where the Thing is.
  feature_id bigint,
  -- One unit `{name, symbol, definition}`; of a MultiDatastream an array of them.
  unit jsonb not null,
  properties jsonb,
  thing_id bigint not null references observations.thing on delete cascade,
  sensor_id bigint not null references observations.sensor on delete cascade,
  -- Given by a client; else `span` of what was observed is shown.
  observed_area jsonb,
  -- How often a value is promised; absent: no promise.
  cadence_seconds integer check (cadence_seconds > 0),
  -- What the instrument can mean; a value outside is kept and flagged.
  valid_from double precision,
  valid_to double precision,
  -- The same value longer than this is flagged as stuck; absent: never.
  stuck_seconds integer check (stuck_seconds > 0),
  retention_days integer check (retention_days > 0),
  source_kind text not null check (source_kind in ('live', 'recorded', 'simulated')),
  -- Might tell who somebody is; refused without a basis.
  identifying boolean not null default false,
  basis text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (not identifying or length(basis) > 0)
);
create index on observations.datastream (thing_id);
create index on observations.datastream (sensor_id);

create table observations.datastream_property (
  datastream_id bigint not null references observations.datastream on delete cascade,
  position smallint not null,
  observed_property_id bigint not null references observations.observed_property on delete cascade,
  primary key (datastream_id, position)
);
create index on observations.datastream_property (observed_property_id);

create table observations.feature (
  id bigint primary key default nextval('observations.entity_id'),
  name text not null,
  description text not null,
  encoding_type text not null,
  feature jsonb not null,
  properties jsonb,
  longitude double precision,
  latitude double precision,
  -- The Location that it was made of.
  location_id bigint unique references observations.location on delete set null
);
alter table observations.datastream
  add foreign key (feature_id) references observations.feature on delete set null;
create index on observations.datastream (feature_id);

-- History. The key makes ingest idempotent: the same value for the same time is the same observation; another
-- value for the same time is a revision, and the last one counts.
create table observations.observation (
  datastream_id bigint not null,
  at timestamptz not null,
  revision integer not null default 0,
  -- A number, or else `result`.
  value double precision,
  result jsonb,
  -- End of a phenomenon that lasted.
  until timestamptz,
  result_at timestamptz,
  received_at timestamptz not null,
  -- Bits: 1 out of range, 2 stuck, 4 late, 8 suspect clock, 16 superseded by a revision.
  flags smallint not null default 0,
  feature_id bigint,
  -- resultQuality, validTime, parameters.
  extra jsonb,
  primary key (datastream_id, at, revision)
) partition by range (at);

create table observations.latest (
  datastream_id bigint primary key references observations.datastream on delete cascade,
  at timestamptz not null,
  revision integer not null,
  value double precision,
  result jsonb,
  until timestamptz,
  result_at timestamptz,
  received_at timestamptz not null,
  flags smallint not null,
  feature_id bigint,
  extra jsonb,
  -- Since when the value has been the same, for stuck ones.
  same_since timestamptz not null,
  -- Smoothed seconds between observations, to compare with what was promised.
  seen_cadence_seconds double precision,
  -- Kept counts and spans, so that nothing walks the history.
  count bigint not null,
  first_at timestamptz not null,
  last_result_at timestamptz
) with (fillfactor = 70);

-- Roll-ups: `step` in seconds is 60, 3600 or 86400 (days of the city's time zone).
create table observations.rollup (
  step integer not null,
  datastream_id bigint not null,
  bucket timestamptz not null,
  count bigint not null,
  sum double precision not null,
  min double precision not null,
  max double precision not null,
  last double precision not null,
  last_at timestamptz not null,
  primary key (step, datastream_id, bucket)
) partition by list (step);
create table observations.rollup_minute partition of observations.rollup
  for values in (60) with (fillfactor = 80);
create table observations.rollup_hour partition of observations.rollup
  for values in (3600) with (fillfactor = 80);
create table observations.rollup_day partition of observations.rollup
  for values in (86400) with (fillfactor = 80);

-- One row for each committed batch: in it what was stored, in columns. The fold that keeps `latest` and the
-- roll-ups reads it, alarms read it, event streams replay it. The head row gives numbers without gaps.
create table observations.batch (
  sequence bigint primary key,
  stored_at timestamptz not null,
  datastream_ids bigint[] not null,
  ats timestamptz[] not null,
  -- Absent when all are 0.
  revisions integer[],
  "values" double precision[] not null,
  -- JSON of results that are not numbers, null elsewhere.
  results text[],
  flags smallint[] not null
);
-- Compressing them would take longer than everything else that is done with a batch.
alter table observations.batch
  alter datastream_ids set storage external, alter ats set storage external,
  alter "values" set storage external, alter flags set storage external;
create table observations.batch_head (
  one boolean primary key default true check (one),
  sequence bigint not null
);
insert into observations.batch_head (sequence) values (0);

-- How far each reader of batches has come, `fold` first of all; a batch that all have passed may go. Apart
-- from the head, or a fold would hold up those who write.
create table observations.position (
  name text primary key,
  sequence bigint not null
);
insert into observations.position (name, sequence) values ('fold', 0);

-- Readings from clocks that run ahead: they may become the latest when their time has come.
create table observations.ahead (
  at timestamptz not null,
  datastream_id bigint not null,
  primary key (at, datastream_id)
);

-- Datastreams that are gone and whose history is still to be cleared away.
create table observations.forgotten (datastream_id bigint primary key);
create function observations.forget_datastream() returns trigger language plpgsql as $$
begin
  insert into observations.forgotten (datastream_id) values (old.id);
  return null;
end $$;
create trigger forget after delete on observations.datastream
  for each row execute function observations.forget_datastream();

-- Whoever may send: a device, a gateway network, a department's program. The secret is only here as a digest.
create table observations.credential (
  id text primary key,
  name text not null,
  department text not null,
  secret_digest bytea not null,
  -- Datastream keys it may write, e.g. `lamppost-*`; and MQTT topics of its own.
  patterns text[] not null,
  created_by uuid,
  created_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz
);

-- What was refused or could not be understood, kept with the reason.
create table observations.quarantine (
  id bigint generated always as identity primary key,
  -- mqtt, http, lorawan, feed.
  way text not null,
  source text not null,
  code text not null,
  detail text not null,
  payload bytea not null,
  received_at timestamptz not null,
  resolved_at timestamptz
);
create index on observations.quarantine (source, received_at);
