-- Recording and numbering an act with less work: no index entry before it has its place, and a trigger whose
-- condition is decided without calling its function.

alter table receipts.act drop constraint act_index_key;
create unique index act_index_key on receipts.act (index) where index is not null;

drop trigger acts_stay on receipts.act;
drop function receipts.refuse_changed_act();
create trigger acts_stay before update on receipts.act for each row
  when (old.index is not null
    or (new.id, new.topic, new.subject, new.actor, new.details)
      is distinct from (old.id, old.topic, old.subject, old.actor, old.details)
    or (new.salt, new.leaf, new.public, new.occurred_at)
      is distinct from (old.salt, old.leaf, old.public, old.occurred_at))
  execute function receipts.refuse_change();
