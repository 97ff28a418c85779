-- The log of acts: what waits for its place, the entries, the tiles of hashes over them, and checkpoints.

-- What a module keeps of an act beside the log. The salt opens the digests of the leaf; when a person's data
-- must go, this row goes, and the leaf says nothing any more.
create table receipts.act (
  id uuid primary key,
  topic text not null,
  subject text,
  actor text,
  -- JSON in its canonical spelling, exactly as it was digested.
  details text not null,
  salt bytea not null check (length(salt) = 32),
  leaf text not null,
  -- May be shown to everybody.
  public boolean not null,
  occurred_at timestamptz not null,
  -- Absent while the act waits for its place.
  index bigint unique
);
create index on receipts.act (subject, index) where public;

-- Rows wait here only until the next batch, so the table is kept small by eager vacuuming.
create table receipts.pending (
  position bigint generated always as identity primary key,
  act_id uuid not null unique
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

create table receipts.entry (
  index bigint primary key,
  leaf bytea not null check (length(leaf) between 1 and 65535)
);

-- Up to 256 hashes of 32 bytes; the lower edge of a tile lies at level 8 * level of the tree.
create table receipts.tile (
  level smallint not null,
  number bigint not null,
  hashes bytea not null check (length(hashes) between 32 and 8192 and length(hashes) % 32 = 0),
  primary key (level, number)
);

create table receipts.checkpoint (
  number bigint generated always as identity primary key,
  size bigint not null,
  root bytea not null,
  note text not null,
  signed_at timestamptz not null default now()
);

-- One row: how many entries there are. Whoever numbers locks it.
create table receipts.head (
  one boolean primary key default true check (one),
  size bigint not null
);
insert into receipts.head (size) values (0);

-- Public keys that have signed checkpoints, in the form of signed-note.
create table receipts.signing_key (
  vkey text primary key,
  number bigint generated always as identity
);

create function receipts.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what stands in %.% is never changed or removed', tg_table_schema, tg_table_name
    using errcode = 'restrict_violation';
end $$;

create function receipts.refuse_rewriting() returns trigger language plpgsql as $$
begin
  if (new.level, new.number) is distinct from (old.level, old.number)
    or substring(new.hashes from 1 for length(old.hashes)) is distinct from old.hashes then
    raise exception 'a tile only grows' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create function receipts.refuse_changed_act() returns trigger language plpgsql as $$
begin
  if old.index is not null or to_jsonb(new) - 'index' is distinct from to_jsonb(old) - 'index' then
    raise exception 'an act is never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create trigger entries_stay before update or delete on receipts.entry
  for each row execute function receipts.refuse_change();
create trigger entries_stay_all before truncate on receipts.entry
  for each statement execute function receipts.refuse_change();
create trigger checkpoints_stay before update or delete on receipts.checkpoint
  for each row execute function receipts.refuse_change();
create trigger checkpoints_stay_all before truncate on receipts.checkpoint
  for each statement execute function receipts.refuse_change();
create trigger tiles_stay before delete on receipts.tile
  for each row execute function receipts.refuse_change();
create trigger tiles_stay_all before truncate on receipts.tile
  for each statement execute function receipts.refuse_change();
create trigger tiles_grow before update on receipts.tile
  for each row execute function receipts.refuse_rewriting();
create trigger acts_stay before update on receipts.act
  for each row execute function receipts.refuse_changed_act();
