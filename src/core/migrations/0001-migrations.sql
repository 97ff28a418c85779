-- Which migration files have been run, with what they said then.

create table core.migration (
  module text not null,
  name text not null,
  -- SHA-256 of the file; an edit after use is refused.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  applied_at timestamptz not null default now(),
  primary key (module, name)
);
