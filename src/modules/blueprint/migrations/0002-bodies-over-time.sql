-- Who answers for an initiative, each time the files said something else: a report names the bodies of then.

create table blueprint.bodies_version (
  initiative text not null references blueprint.initiative (id),
  bodies jsonb not null,
  recorded_at timestamptz not null,
  primary key (initiative, recorded_at)
);

insert into blueprint.bodies_version (initiative, bodies, recorded_at)
  select id, content -> 'bodies', recorded_at from blueprint.initiative;

create trigger versions_stay before update or delete on blueprint.bodies_version
  for each row execute function blueprint.refuse_change();
