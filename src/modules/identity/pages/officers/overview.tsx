// Where an officer begins: their roles, what they can do, the departments that they may see.

import { z } from 'zod';
import type { Actor } from '../../../../core/access.ts';
import type { LamppostError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { page, type View } from '../../../../core/module.ts';
import {
  Button,
  type Column,
  DataTable,
  Disclosure,
  LinkList,
  type LinkListItem,
  Section,
} from '../../../../ui/index.ts';
import { requireRecent } from '../../rules/index.ts';
import type { Appointment, Department } from '../../schema.ts';
import {
  countOfficers,
  dismiss,
  listAppointments,
  listDepartments,
  listProposalsFor,
} from '../../store/index.ts';
import { deskTexts, officerPhrases, officerTexts } from '../../texts/index.ts';
import { Done, PostButton, type Reader, readerOf } from '../account/parts.tsx';
import { attempt, capital, Day, officersHref, officerView, roleText } from './parts.tsx';

type Overview = {
  reader: Reader;
  held: Appointment[];
  tasks: LinkListItem[];
  departments: (Department & { count: number })[];
  names: ReadonlyMap<string, Department>;
};

const mostWaiting = 50;

const departmentHref = (reader: Reader, { id }: Pick<Department, 'id'>) =>
  officersHref(reader, `/departments/${encodeURIComponent(id)}`);

/** One for each department into which the officer may invite by a role of theirs in it. */
function invitesOf(house: House, actor: Actor, { reader, held, names }: Overview): LinkListItem[] {
  const { t } = reader;
  return [...new Set(held.map(({ department }) => department))].flatMap((id) => {
    const department = names.get(id);
    const may = house.access.may(actor, 'identity.manage-officers', { department: id });
    if (department === undefined || !may) return [];
    const href = `${departmentHref(reader, department)}#invite`;
    return [{ label: t(officerTexts.inviteTask), href, note: t(department.name) }];
  });
}

async function tasksOf(house: House, actor: Actor, reader: Reader): Promise<LinkListItem[]> {
  const { t } = reader;
  const may = (action: string) => house.access.may(actor, action);
  const open = await listProposalsFor(house, actor, { open: true, limit: mostWaiting });
  const offered: [boolean, string, string, string | undefined][] = [
    [may('identity.verify-person'), '/desk', t(deskTexts.desk), t(deskTexts.deskShort)],
    [may('identity.recover-person'), '/recovery', t(deskTexts.recovery), t(deskTexts.recoveryShort)],
    [
      may('identity.appoint-deciders') || may('identity.recover-person'),
      '/proposals',
      t(officerTexts.proposals),
      t(officerPhrases.openProposals(open.length)),
    ],
    [may('identity.see-services'), '/services', t(officerTexts.services), undefined],
  ];
  const tasks = offered
    .filter(([shown]) => shown)
    .map(([, path, label, note]) => ({
      label,
      href: officersHref(reader, path),
      ...(note === undefined ? {} : { note }),
    }));
  return [
    ...tasks,
    { label: t(officerTexts.joinMore), href: officersHref(reader, '/join') },
    { label: t(officerTexts.whoMay), href: `/${reader.language}/who-may-do-what` },
  ];
}

async function overviewOf(house: House, actor: Actor, reader: Reader): Promise<Overview> {
  const [departments, counts, held] = await Promise.all([
    listDepartments(house),
    countOfficers(house),
    listAppointments(house, { person: actor.id, limit: 100 }),
  ]);
  const seen = departments.filter(({ id }) =>
    house.access.may(actor, 'identity.see-officers', { department: id }),
  );
  const overview: Overview = {
    reader,
    held,
    tasks: [],
    departments: seen.map((department) => ({ ...department, count: counts.get(department.id) ?? 0 })),
    names: new Map(departments.map((department) => [department.id, department])),
  };
  const tasks = [...invitesOf(house, actor, overview), ...(await tasksOf(house, actor, reader))];
  return { ...overview, tasks };
}

function heldColumns({ reader, names }: Overview): Column<Appointment>[] {
  const { t } = reader;
  return [
    {
      key: 'role',
      header: t(officerTexts.role),
      rowHeader: true,
      render: ({ role }) => capital(t(roleText(role))),
    },
    {
      key: 'department',
      header: t(officerTexts.department),
      render: ({ department }) => {
        const known = names.get(department);
        return known === undefined ? department : t(known.name);
      },
    },
    {
      key: 'since',
      header: t(officerTexts.since),
      kind: 'date',
      render: ({ grantedAt }) => <Day at={grantedAt} reader={reader} />,
    },
    {
      key: 'end',
      header: t(officerTexts.change),
      render: ({ id }) => (
        <Disclosure summary={t(officerTexts.layDown)}>
          <p class="note">{t(officerTexts.layDownNote)}</p>
          <PostButton
            action={officersHref(reader)}
            label={t(officerTexts.endNow)}
            fields={{ appointment: id }}
            quiet
          />
        </Disclosure>
      ),
    },
  ];
}

/** Departments that the officer may see: the own ones first, all others behind one button. */
function Departments({ overview: { reader, held, departments } }: { overview: Overview }) {
  const { t } = reader;
  const isOwn = ({ id }: Department) => held.some(({ department }) => department === id);
  const itemsOf = (some: Overview['departments']): LinkListItem[] =>
    some.map((one) => ({
      label: t(one.name),
      href: departmentHref(reader, one),
      ...(one.count === 0
        ? {}
        : { after: <span class="quiet">{t(officerPhrases.countOfOfficers(one.count))}</span> }),
    }));
  const others = departments.filter((one) => !isOwn(one));
  return (
    <Section id="departments" title={t(officerTexts.departments)} note={t(officerTexts.departmentsNote)}>
      <LinkList items={itemsOf(departments.filter(isOwn))} />
      {others.length === 0 ? null : (
        <Disclosure summary={t(officerPhrases.otherDepartments(others.length))}>
          <LinkList items={itemsOf(others)} />
        </Disclosure>
      )}
    </Section>
  );
}

type Happened = { error?: LamppostError; left?: boolean };

function overviewView(overview: Overview, { error, left = false }: Happened = {}): View {
  const { reader, held, tasks, departments } = overview;
  const { t, language } = reader;
  const isOfficer = held.length > 0;
  return officerView({
    reader,
    error,
    top: true,
    title: t(isOfficer ? officerTexts.overviewSome : officerTexts.overviewNone),
    lede: t(isOfficer ? officerTexts.overviewLede : officerTexts.overviewNoneLede),
    ...(isOfficer
      ? {}
      : { actions: <Button label={t(officerTexts.join)} href={officersHref(reader, '/join')} /> }),
    done: left ? <Done reader={reader} title={officerTexts.laidDown} /> : null,
    children: (
      <>
        <Section id="tasks" title={t(officerTexts.tasks)}>
          <LinkList items={tasks} />
        </Section>
        {isOfficer ? (
          <Section id="roles" title={t(officerTexts.yourRoles)}>
            <DataTable
              caption={t(officerTexts.yourRoles)}
              columns={heldColumns(overview)}
              rows={held}
              language={language}
            />
          </Section>
        ) : null}
        {departments.length > 0 ? <Departments overview={overview} /> : null}
      </>
    ),
  });
}

export const overviewPage = page({
  path: '/officers',
  audience: 'signed-in',
  async render({ house, actor, language }) {
    return overviewView(await overviewOf(house, actor, readerOf(house, language)));
  },
  form: {
    fields: z.object({ appointment: z.uuid() }),
    async submit({ house, actor, language, fields }) {
      const own = await listAppointments(house, { person: actor.id, limit: 100 });
      const isOwn = own.some(({ id }) => id === fields.appointment);
      if (!isOwn) requireRecent(actor, house.clock.now());
      const tried = await attempt(() => dismiss(house, actor, fields.appointment));
      // The roles of this request are old now.
      const now = 'done' in tried ? { ...actor, roles: await rolesNow(house, actor) } : actor;
      const overview = await overviewOf(house, now, readerOf(house, language));
      return overviewView(overview, 'error' in tried ? { error: tried.error } : { left: true });
    },
  },
});

const rolesNow = async (house: House, { id }: Actor): Promise<Actor['roles']> =>
  listAppointments(house, { person: id, limit: 100 });
