-- A link by which another device is added to an account: used once, and confirmed by its owner.

create table identity.device_link (
  id uuid primary key,
  -- What stands in the QR code is here only as a digest.
  secret_digest bytea not null unique,
  person_id uuid not null references identity.person on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- The passkey that the other device made; it counts for nothing until it is confirmed.
  passkey jsonb,
  agent text check (length(agent) <= 80),
  -- Shown by the other device, typed on the first: whoever stole the link does not show it to its owner.
  code text,
  wrong_codes integer not null default 0
);
create index on identity.device_link (person_id);
create index on identity.device_link (expires_at);
