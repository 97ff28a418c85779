-- When a recovery was finished: for a time after it, what came of it may not throw out the owner's devices.

alter table identity.recovery add column done_at timestamptz;
