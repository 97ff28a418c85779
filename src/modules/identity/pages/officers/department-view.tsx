// How the officers of a department look: the list, and the forms that only an administrator sees.

import type { Actor, Role } from '../../../../core/access.ts';
import type { LamppostError } from '../../../../core/errors.ts';
import type { View } from '../../../../core/module.ts';
import type { Text } from '../../../../core/texts.ts';
import {
  Button,
  type Choice,
  type Column,
  DataTable,
  Disclosure,
  Notice,
  Pagination,
  Section,
  Select,
} from '../../../../ui/index.ts';
import type { Department } from '../../schema.ts';
import type { Invitation, MadeInvitation, Officer } from '../../store/index.ts';
import { officerPhrases, officerTexts } from '../../texts/index.ts';
import { Done, instantText, PostButton, type Reader } from '../account/parts.tsx';
import { capital, Day, officersHref, officerView, personText, roleText } from './parts.tsx';

export type DepartmentState = {
  reader: Reader;
  actor: Actor;
  department: Department;
  officers: Officer[];
  invitations: Invitation[];
  next: string | undefined;
  /** Roles that the reader may give; none for who only looks. */
  grantable: readonly Role[];
};

/** What a form brought about. */
export type Outcome = { proposal: string } | { invitation: MadeInvitation } | { title: Text; note?: Text };

const addressOf = ({ reader, department }: DepartmentState): string =>
  officersHref(reader, `/departments/${encodeURIComponent(department.id)}`);

const roleChoices = ({ reader: { t }, grantable }: DepartmentState): Choice[] =>
  grantable.map((role) => ({ value: role, label: capital(t(roleText(role))) }));

/** A code that is shown once, large enough to read it out. */
export const CodeOnce = ({ reader, code, note }: { reader: Reader; code: string; note: string }) => (
  <div role="status">
    <Notice kind="warning" language={reader.language} title={reader.t(officerTexts.codeOnce)}>
      <p class="spoken-code">{code}</p>
      <p>{note}</p>
    </Notice>
  </div>
);

function Happened({ reader, outcome }: { reader: Reader; outcome: Outcome | undefined }) {
  const { t } = reader;
  if (outcome === undefined) return null;
  if ('invitation' in outcome) {
    const until = instantText(reader, outcome.invitation.expiresAt);
    return (
      <CodeOnce reader={reader} code={outcome.invitation.code} note={t(officerPhrases.goodUntil(until))} />
    );
  }
  if ('proposal' in outcome) {
    return (
      <div role="status">
        <Notice kind="information" language={reader.language} title={t(officerTexts.proposed)}>
          <p>
            {t(officerTexts.proposedLede)}{' '}
            <a href={officersHref(reader, `/proposals/${outcome.proposal}`)}>{t(officerTexts.proposal)}</a>
          </p>
        </Notice>
      </div>
    );
  }
  return (
    <Done reader={reader} title={outcome.title}>
      {outcome.note}
    </Done>
  );
}

function officerColumns(state: DepartmentState): Column<Officer>[] {
  const { reader, actor, grantable } = state;
  const { t } = reader;
  const columns: Column<Officer>[] = [
    {
      key: 'officer',
      header: t(officerTexts.officer),
      rowHeader: true,
      render: ({ personId, name }) =>
        personText(reader, actor, { id: personId, ...(name === undefined ? {} : { name }) }),
    },
    { key: 'role', header: t(officerTexts.role), render: ({ role }) => capital(t(roleText(role))) },
    {
      key: 'since',
      header: t(officerTexts.since),
      kind: 'date',
      render: ({ grantedAt }) => <Day at={grantedAt} reader={reader} />,
    },
  ];
  if (grantable.length === 0) return columns;
  const end: Column<Officer> = {
    key: 'end',
    header: t(officerTexts.change),
    render: ({ id, name, role }) => (
      <Disclosure summary={t(officerTexts.endRole)}>
        <PostButton
          action={addressOf(state)}
          label={t(officerTexts.endNow)}
          about={`${name ?? t(officerTexts.noName)}, ${t(roleText(role))}`}
          fields={{ do: 'end', appointment: id }}
          quiet
        />
      </Disclosure>
    ),
  };
  return [...columns, end];
}

function invitationColumns(state: DepartmentState): Column<Invitation>[] {
  const { reader } = state;
  const { t } = reader;
  return [
    {
      key: 'role',
      header: t(officerTexts.role),
      rowHeader: true,
      render: ({ role }) => capital(t(roleText(role))),
    },
    {
      key: 'until',
      header: t(officerTexts.until),
      kind: 'date',
      render: ({ expiresAt }) => <Day at={expiresAt} reader={reader} />,
    },
    {
      key: 'void',
      header: t(officerTexts.change),
      render: ({ id }) => (
        <PostButton
          action={addressOf(state)}
          label={t(officerTexts.makeVoid)}
          fields={{ do: 'void', invitation: id }}
          quiet
        />
      ),
    },
  ];
}

function Invite({ state }: { state: DepartmentState }) {
  const { reader, invitations } = state;
  const { t, language } = reader;
  return (
    <Section id="invite" title={t(officerTexts.invite)} note={t(officerTexts.inviteNote)}>
      <form class="form" method="post" action={addressOf(state)}>
        <input type="hidden" name="do" value="invite" />
        <Select
          id="invite-role"
          name="role"
          label={t(officerTexts.role)}
          language={language}
          options={roleChoices(state)}
        />
        <div class="actions">
          <Button label={t(officerTexts.makeInvitation)} />
        </div>
      </form>
      {invitations.length === 0 ? null : (
        <DataTable
          caption={t(officerTexts.waiting)}
          columns={invitationColumns(state)}
          rows={invitations}
          language={language}
        />
      )}
    </Section>
  );
}

function Give({ state }: { state: DepartmentState }) {
  const { reader, actor, officers } = state;
  const { t, language } = reader;
  const people = new Map(officers.map((officer) => [officer.personId, officer]));
  people.delete(actor.id);
  if (people.size === 0) return null;
  const options = [...people.values()].map(({ personId, name }) => ({
    value: personId,
    label: name ?? t(officerTexts.noName),
  }));
  return (
    <Section id="give" title={t(officerTexts.give)} note={t(officerTexts.giveNote)}>
      <form class="form" method="post" action={addressOf(state)}>
        <input type="hidden" name="do" value="give" />
        <Select name="person" label={t(officerTexts.officer)} language={language} options={options} />
        <Select
          id="give-role"
          name="role"
          label={t(officerTexts.role)}
          language={language}
          options={roleChoices(state)}
        />
        <div class="actions">
          <Button label={t(officerTexts.giveNow)} />
        </div>
      </form>
    </Section>
  );
}

/** The page, with what a form on it has brought about. */
export function departmentView(
  state: DepartmentState,
  { error, outcome }: { error?: LamppostError; outcome?: Outcome } = {},
): View {
  const { reader, department, officers, next, grantable } = state;
  const { t, language } = reader;
  return officerView({
    reader,
    error,
    title: t(officerPhrases.officersIn(department.name)),
    done: <Happened reader={reader} outcome={outcome} />,
    children: (
      <>
        <Section id="officers" title={t(officerTexts.officersOf)} note={t(officerTexts.officersOfNote)}>
          <DataTable
            caption={t(officerTexts.officersCaption)}
            columns={officerColumns(state)}
            rows={officers}
            language={language}
            empty={t(officerTexts.noOfficers)}
          />
          {next === undefined ? null : (
            <Pagination language={language} nextHref={`${addressOf(state)}?after=${next}`} />
          )}
        </Section>
        {grantable.length === 0 ? null : (
          <>
            <Invite state={state} />
            <Give state={state} />
          </>
        )}
      </>
    ),
  });
}
