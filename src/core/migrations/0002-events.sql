-- Events: what was written in business transactions, the numbered log, and how far each subscriber has come.

-- Rows wait here only until they get their number, so the table is kept small by eager vacuuming.
create table core.outbox (
  position bigint generated always as identity primary key,
  id uuid not null default gen_random_uuid(),
  topic text not null,
  key text not null,
  payload jsonb not null,
  occurred_at timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

create table core.event (
  sequence bigint primary key,
  id uuid not null,
  topic text not null,
  key text not null,
  payload jsonb not null,
  occurred_at timestamptz not null
);

create index event_topic on core.event (topic text_pattern_ops, sequence);

-- One row: the number given last. Locking it keeps the numbers dense even if two sequencers overlap for a
-- moment.
create table core.event_head (
  one boolean primary key default true check (one),
  sequence bigint not null,
  -- Tells this log from every other, whose numbers are the same.
  log_id uuid not null default gen_random_uuid()
);
insert into core.event_head (sequence) values (0);

create table core.subscription (
  name text primary key,
  cursor bigint not null,
  -- Grows whenever an owner takes over or the cursor is rewound; an owner with an older epoch may not move
  -- the cursor.
  epoch bigint not null default 0
);

create table core.parked_event (
  subscriber text not null references core.subscription (name) on delete cascade,
  key text not null,
  sequence bigint not null references core.event (sequence),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  error_code text,
  primary key (subscriber, key, sequence)
);

-- How far the log has been handed to a carrier outside the database.
create table core.carrier (
  name text primary key,
  cursor bigint not null
);
