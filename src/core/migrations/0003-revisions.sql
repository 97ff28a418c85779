-- Revisions: one growing number for each thing whose change makes cached answers old.

create table core.revision (
  name text primary key,
  number bigint not null
) with (fillfactor = 50);
