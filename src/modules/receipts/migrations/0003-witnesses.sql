-- Cosignatures of witnesses: each line stands under the note of its checkpoint.

create table receipts.cosignature (
  checkpoint bigint not null references receipts.checkpoint,
  -- Public key of the witness.
  witness text not null,
  line text not null,
  cosigned_at timestamptz not null,
  primary key (checkpoint, witness)
);
create index on receipts.cosignature (witness, checkpoint desc);
