-- People and what proves who they are, sessions, officers, and the state of the OpenID Provider.

create table identity.secret (
  name text primary key,
  -- Sealed: AES-256-GCM under a key of the configuration.
  sealed bytea not null,
  created_at timestamptz not null default now()
);

create table identity.person (
  id uuid primary key,
  -- WebAuthn user handle; says nothing about the person.
  handle bytea not null unique check (length(handle) = 32),
  -- Key of the pseudonyms at services.
  pseudonym_key bytea not null check (length(pseudonym_key) = 32),
  name_sealed bytea,
  language text not null,
  assurance text not null default 'self-asserted'
    check (assurance in ('self-asserted', 'verified-at-desk', 'verified-remotely')),
  verified_at timestamptz,
  -- Identity card number, sealed; and its keyed digest, by which a second person with it is refused.
  card_sealed bytea,
  card_digest bytea unique,
  created_at timestamptz not null,
  -- A sign-in that was proven before then and is not finished is not finished any more.
  sessions_ended_at timestamptz
);

create table identity.passkey (
  -- Credential id in base64url.
  id text primary key check (length(id) <= 1400),
  person_id uuid not null references identity.person on delete cascade,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  -- Cannot leave the device on which it was made.
  device_bound boolean not null,
  label text not null check (length(label) <= 60),
  created_at timestamptz not null,
  used_at timestamptz not null,
  revoked_at timestamptz
);
create index on identity.passkey (person_id);

-- A ceremony that was begun and not finished; taken once.
create table identity.ceremony (
  id uuid primary key,
  purpose text not null,
  challenge text not null,
  -- What it belongs to: an interaction, a session, a recovery.
  binding text not null,
  person_id uuid references identity.person on delete cascade,
  handle bytea,
  expires_at timestamptz not null
);
create index on identity.ceremony (expires_at);

create table identity.session (
  id uuid primary key,
  secret_digest bytea not null unique,
  person_id uuid not null references identity.person on delete cascade,
  passkey_id text not null references identity.passkey on delete cascade,
  -- Session of the provider that it came from.
  provider_uid text,
  acr text not null,
  authenticated_at timestamptz not null,
  -- Kind of browser and system, nothing finer.
  agent text not null check (length(agent) <= 80),
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index on identity.session (person_id);
create index on identity.session (passkey_id);
create index on identity.session (provider_uid);
create index on identity.session (expires_at);

create table identity.recovery_code (
  -- Finds the code; the rest of it is only here as a digest.
  selector text primary key,
  person_id uuid not null references identity.person on delete cascade,
  secret_digest bytea not null,
  used_at timestamptz
);
create index on identity.recovery_code (person_id);

create table identity.recovery (
  id uuid primary key,
  person_id uuid not null references identity.person on delete cascade,
  way text not null check (way in ('code', 'desk')),
  state text not null check (state in ('waiting', 'open', 'done', 'cancelled', 'expired')),
  secret_digest bytea not null unique,
  begun_at timestamptz not null,
  opens_at timestamptz not null,
  expires_at timestamptz not null
);
create index on identity.recovery (person_id);

-- How often something was tried, by fixed windows; the key is a digest.
create table identity.attempt (
  key bytea not null,
  window_start timestamptz not null,
  count integer not null,
  primary key (key, window_start)
);
create index on identity.attempt (window_start);

create table identity.notice (
  id uuid primary key,
  person_id uuid not null references identity.person on delete cascade,
  kind text not null,
  details jsonb not null,
  created_at timestamptz not null,
  read_at timestamptz
);
create index on identity.notice (person_id, created_at);

create table identity.department (
  id text primary key,
  name_en text not null,
  name_tc text not null,
  -- Absent from the edition since then; what it did stays.
  closed_at timestamptz
);

create table identity.appointment (
  id uuid primary key,
  person_id uuid not null references identity.person on delete cascade,
  department_id text not null references identity.department,
  role text not null check (role in ('viewer', 'editor', 'approver', 'administrator', 'auditor')),
  granted_by uuid,
  granted_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz
);
create unique index on identity.appointment (person_id, department_id, role) where ended_at is null;
create index on identity.appointment (department_id) where ended_at is null;

create table identity.invitation (
  id uuid primary key,
  secret_digest bytea not null unique,
  department_id text not null references identity.department,
  role text not null check (role in ('viewer', 'editor', 'approver', 'administrator', 'auditor')),
  -- Absent: made by the program itself, for the first administrator.
  created_by uuid,
  -- Who agreed, where that took a second officer.
  approved_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_by uuid,
  used_at timestamptz
);
create index on identity.invitation (department_id, expires_at) where used_at is null;

-- Four eyes: what one officer asks for and another decides.
create table identity.proposal (
  id uuid primary key,
  action text not null,
  department_id text not null references identity.department,
  person_id uuid references identity.person on delete cascade,
  -- Choices and opaque ids; nothing personal.
  payload jsonb not null,
  state text not null check (state in ('open', 'approved', 'refused', 'withdrawn', 'expired')),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  expires_at timestamptz not null,
  -- When the proposer took what the approval gave, such as a code shown once.
  collected_at timestamptz,
  check (decided_by is null or decided_by <> proposed_by or state = 'withdrawn')
);
create index on identity.proposal (department_id, proposed_at) where state = 'open';

-- A person at a desk: the code that the person reads out to the officer.
create table identity.desk_visit (
  id uuid primary key,
  code_digest bytea not null unique,
  person_id uuid not null references identity.person on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- The officer who typed the code, and for which department.
  taken_by uuid,
  department_id text references identity.department,
  taken_at timestamptz,
  done_at timestamptz
);
create index on identity.desk_visit (person_id);
create index on identity.desk_visit (expires_at);

create table identity.client (
  id text primary key,
  name_en text not null,
  name_tc text not null,
  department_id text references identity.department,
  -- OpenID Connect Dynamic Client Registration 1.0, section 2.
  metadata jsonb not null,
  -- Only of a client that cannot do without a secret.
  secret_sealed bytea,
  created_by uuid,
  created_at timestamptz not null,
  disabled_at timestamptz
);

-- What a service was told of a person, and when.
create table identity.service_use (
  person_id uuid not null references identity.person on delete cascade,
  client_id text not null references identity.client on delete cascade,
  -- What the service calls the person.
  pseudonym text not null,
  scopes text[] not null,
  claims text[] not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (person_id, client_id)
);
create unique index on identity.service_use (client_id, pseudonym);

-- State of the OpenID Provider by model: session, code, token, grant, interaction, pushed request.
create table identity.artifact (
  model text not null,
  id text not null,
  payload json not null,
  grant_id text,
  -- Of a session its uid, of a grant the uid of the session in which it was given.
  uid text,
  user_code text,
  account_id text,
  consumed_at bigint,
  expires_at timestamptz,
  primary key (model, id)
);
create index on identity.artifact (grant_id) where grant_id is not null;
create unique index on identity.artifact (uid) where model = 'Session';
create index on identity.artifact (uid) where model = 'Grant';
create unique index on identity.artifact (user_code) where user_code is not null;
create index on identity.artifact (account_id) where account_id is not null;
create index on identity.artifact (expires_at);

-- With which passkeys a session of the provider was begun and confirmed; it ends with each of them.
create table identity.provider_session (
  uid text primary key,
  person_id uuid not null references identity.person on delete cascade,
  -- The latest that was used.
  passkey_id text not null references identity.passkey on delete cascade,
  earlier_passkeys text[] not null default '{}',
  acr text not null,
  authenticated_at timestamptz not null,
  expires_at timestamptz not null
);
create index on identity.provider_session (passkey_id);
create index on identity.provider_session (person_id);
create index on identity.provider_session (expires_at);

-- Services that are still to be told that a session has ended.
create table identity.logout_due (
  id uuid primary key default gen_random_uuid(),
  client_id text not null,
  -- What the service calls the person.
  subject text not null,
  sid text
);

-- Sign-ins at services that are still to be recorded as acts; they are recorded many at once.
create table identity.sign_in_due (
  id bigint generated always as identity primary key,
  person_id uuid not null,
  client_id text not null,
  acr text not null,
  signed_in_at timestamptz not null
);
