-- What was done about a person and by a person, and acts that are to be erased once they have their place.

create index on receipts.act (subject, occurred_at desc, id desc);
create index on receipts.act (actor, occurred_at desc, id desc);

-- An act that waits cannot go before its leaf stands in the log: numbering erases it with its place.
create table receipts.erasure (
  act_id uuid primary key
);
