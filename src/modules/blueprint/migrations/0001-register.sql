-- The register of the blueprint: records whose words may be corrected, and dated facts that are only added.

-- One row for each run that changed something; the hash lets a start with unchanged files skip the rest.
create table blueprint.import (
  number bigint generated always as identity primary key,
  edition text not null,
  sha256 text not null,
  imported_at timestamptz not null
);

-- Areas, documents, units, systems and whatever else has no dated facts of its own.
create table blueprint.record (
  kind text not null,
  id text not null,
  position integer not null,
  content jsonb not null,
  primary key (kind, id)
);

create table blueprint.initiative (
  id text primary key,
  position integer not null,
  content jsonb not null,
  recorded_at timestamptz not null
);

-- Dates are kept as written (`valid_from`) and as the last day they can mean (`valid_from_day`).
create table blueprint.status_fact (
  initiative text not null references blueprint.initiative (id),
  status text not null check (status in ('in-progress', 'completed-or-ongoing')),
  valid_from text not null,
  valid_from_day date not null,
  basis text not null,
  source jsonb not null,
  origin text not null check (origin in ('edition', 'officer')),
  recorded_at timestamptz not null,
  primary key (initiative, valid_from_day)
);

create table blueprint.classification_fact (
  initiative text not null references blueprint.initiative (id),
  area text not null,
  valid_from text not null,
  valid_from_day date not null,
  basis text not null,
  source jsonb not null,
  origin text not null check (origin in ('edition', 'officer')),
  recorded_at timestamptz not null,
  primary key (initiative, valid_from_day)
);

create table blueprint.progress_fact (
  initiative text not null references blueprint.initiative (id),
  position integer not null,
  written_date text,
  source jsonb not null,
  text jsonb not null,
  origin text not null check (origin in ('edition', 'officer')),
  recorded_at timestamptz not null
);
create index on blueprint.progress_fact (initiative, position);

create table blueprint.target (
  id text primary key,
  initiative text not null references blueprint.initiative (id),
  position integer not null,
  announced text not null,
  baseline_from date,
  baseline_latest date,
  baseline_words jsonb,
  value_low numeric,
  value_high numeric,
  value_words jsonb,
  unit text,
  what jsonb not null,
  source jsonb not null,
  origin text not null check (origin in ('edition', 'officer')),
  recorded_at timestamptz not null
);
create index on blueprint.target (initiative, position);

create table blueprint.target_revision (
  target text not null references blueprint.target (id),
  announced text not null,
  announced_day date not null,
  due_from date,
  due_latest date,
  due_words jsonb not null,
  source jsonb not null,
  origin text not null check (origin in ('edition', 'officer')),
  recorded_at timestamptz not null,
  primary key (target, announced_day),
  check (due_from is not null or due_latest is not null)
);

create table blueprint.indicator_point (
  indicator text not null,
  position integer not null,
  as_of text not null,
  kind text not null,
  qualifier text not null,
  value jsonb not null,
  basis text not null,
  source jsonb not null,
  note jsonb,
  origin text not null check (origin in ('edition', 'officer')),
  recorded_at timestamptz not null
);
create index on blueprint.indicator_point (indicator, position);

-- History is not rewritten, whoever holds the connection. Words may be corrected; the facts may not.
create function blueprint.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a recorded fact of %.% is never changed or removed', tg_table_schema, tg_table_name
    using errcode = 'restrict_violation';
end $$;

create trigger facts_stay before update or delete on blueprint.status_fact
  for each row execute function blueprint.refuse_change();
create trigger facts_stay before update or delete on blueprint.classification_fact
  for each row execute function blueprint.refuse_change();
create trigger facts_stay before update of initiative, written_date, source, origin, recorded_at or delete
  on blueprint.progress_fact for each row execute function blueprint.refuse_change();
create trigger facts_stay before update of id, initiative, announced, baseline_from, baseline_latest,
  value_low, value_high, unit, source, origin, recorded_at or delete
  on blueprint.target for each row execute function blueprint.refuse_change();
create trigger facts_stay before update of target, announced, announced_day, due_from, due_latest, source,
  origin, recorded_at or delete
  on blueprint.target_revision for each row execute function blueprint.refuse_change();
create trigger facts_stay before update of indicator, as_of, kind, qualifier, value, basis, source, origin,
  recorded_at or delete
  on blueprint.indicator_point for each row execute function blueprint.refuse_change();
