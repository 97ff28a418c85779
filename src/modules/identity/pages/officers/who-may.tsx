// The public page of who may do what: made from the policies that the program itself obeys.

import type { Policy } from '../../../../core/access.ts';
import { roles } from '../../../../core/access.ts';
import { page, type View } from '../../../../core/module.ts';
import type { Text } from '../../../../core/texts.ts';
import { type Column, DataTable, DefinitionList, PageHeader, Section } from '../../../../ui/index.ts';
import { listDepartments } from '../../store/index.ts';
import { officerPhrases, officerTexts, roleAbout } from '../../texts/index.ts';
import { type Reader, readerOf } from '../account/parts.tsx';
import { capital, roleText } from './parts.tsx';

type Row = Policy & { action: string };
type Shown = { reader: Reader; rows: Row[]; names: ReadonlyMap<string, Text> };

function columnsOf({ reader: { t, language }, names }: Shown): Column<Row>[] {
  const comma = language === 'en' ? ', ' : '、';
  const where = ({ everywhere, roles: needed }: Row): string => {
    if (needed.length === 0) return '–';
    const name = everywhere === undefined ? undefined : names.get(everywhere);
    return t(name === undefined ? officerTexts.ownDepartment : officerPhrases.alsoEverywhere(name));
  };
  return [
    { key: 'what', header: t(officerTexts.what), rowHeader: true, render: ({ about }) => t(about) },
    {
      key: 'who',
      header: t(officerTexts.who),
      render: ({ roles: needed }) =>
        needed.length === 0
          ? t(officerTexts.nobodyElse)
          : capital(needed.map((role) => t(roleText(role))).join(comma)),
    },
    { key: 'where', header: t(officerTexts.where), render: where },
    {
      key: 'second',
      header: t(officerTexts.secondOfficer),
      kind: 'status',
      render: ({ fourEyes }) =>
        fourEyes ? <strong>{t(officerTexts.needed)}</strong> : t(officerTexts.notNeeded),
    },
    {
      key: 'self',
      header: t(officerTexts.concerned),
      kind: 'status',
      render: ({ self }) => (self ? <strong>{t(officerTexts.mayToo)}</strong> : t(officerTexts.mayNot)),
    },
  ];
}

function whoMayView(shown: Shown): View {
  const { reader, rows } = shown;
  const { t, language } = reader;
  const caption = t(officerTexts.actionsCaption);
  return {
    title: t(officerTexts.whoMay),
    description: t(officerTexts.whoMayLede),
    alternates: [{ type: 'application/json', href: '/api/v1/policies', title: t(officerTexts.asData) }],
    main: (
      <>
        <PageHeader title={t(officerTexts.whoMay)} lede={t(officerTexts.whoMayLede)} />
        <Section id="actions" title={t(officerTexts.actions)} note={t(officerTexts.actionsNote)}>
          <DataTable caption={caption} columns={columnsOf(shown)} rows={rows} language={language} />
          <p class="source">
            <a href="/api/v1/policies">{t(officerTexts.asData)}</a>
          </p>
        </Section>
        <Section id="roles" title={t(officerTexts.roles)} note={t(officerTexts.rolesNote)}>
          <DefinitionList
            items={roles.map((role) => ({
              term: capital(t(roleText(role))),
              description: roleAbout[role] === undefined ? '' : t(roleAbout[role]),
            }))}
          />
        </Section>
        <Section id="four-eyes" title={t(officerTexts.fourEyes)}>
          <div class="prose">
            <p>{t(officerTexts.fourEyesAbout)}</p>
            <p>{t(officerTexts.everyAct)}</p>
          </div>
        </Section>
      </>
    ),
  };
}

export const whoMayPage = page({
  path: '/who-may-do-what',
  audience: 'public',
  cache: 'change',
  async render({ house, language }) {
    const rows = [...house.access.policies].map(([action, policy]) => ({ action, ...policy }));
    const names = new Map((await listDepartments(house)).map(({ id, name }) => [id, name]));
    return whoMayView({ reader: readerOf(house, language), rows, names });
  },
});
