// The governance page: who steers the programme, and which bodies answer for which initiatives.

import { page, type View } from '../../../core/module.ts';
import { DataTable, DefinitionList, PageHeader, Section } from '../../../ui/index.ts';
import { getRegister } from '../store/index.ts';
import { phrases, texts } from '../texts/index.ts';
import { PlainLinks, type Reader, readerOf, Sources, trail } from './reader.tsx';

export const governancePage = page({
  path: '/governance',
  audience: 'public',
  cache: 'change',
  async render({ house, language }) {
    return governanceView(readerOf(await getRegister(house), language));
  },
});

type BodyRow = { id: string; name: string; initiatives: { id: string; title: string; role: string }[] };

function bodiesNamed({ register, t }: Reader): BodyRow[] {
  return register.bodies
    .map((body) => ({
      id: body.id,
      name: t(body.name),
      initiatives: register.initiatives.flatMap((initiative) =>
        initiative.bodies
          .filter((named) => named.body === body.id)
          .map((named) => ({ id: initiative.id, title: t(initiative.title), role: named.role })),
      ),
    }))
    .filter((row) => row.initiatives.length > 0);
}

function governanceView(reader: Reader): View {
  const { register, t, href, language } = reader;
  const rows = bodiesNamed(reader);
  const unnamed = register.initiatives.filter((initiative) => initiative.bodies.length === 0).length;
  const columns = [
    { key: 'body', header: t(texts.body), rowHeader: true, render: (row: BodyRow) => row.name },
    {
      key: 'initiatives',
      header: t(texts.initiatives),
      render: (row: BodyRow) => (
        <PlainLinks
          items={row.initiatives.map((item) => ({
            label: `${item.id} ${item.title}`,
            href: href(`/initiatives/${item.id}`),
          }))}
        />
      ),
    },
  ];
  return {
    title: t(texts.governance),
    description: t(texts.governanceLede),
    breadcrumbs: trail(reader),
    main: (
      <>
        <PageHeader title={t(texts.governance)} lede={t(texts.governanceLede)} />
        <Section id="steering" title={t(texts.steering)}>
          <DefinitionList
            items={register.governance.map((body) => ({
              term: t(body.name),
              description: (
                <>
                  <p>{t(body.role)}</p>
                  <Sources reader={reader} sources={[body.source]} />
                </>
              ),
            }))}
          />
        </Section>
        <Section id="bodies" title={t(texts.bodiesNamed)} note={t(phrases.unnamed(unnamed))}>
          <DataTable caption={t(texts.bodiesCaption)} language={language} rows={rows} columns={columns} />
        </Section>
      </>
    ),
  };
}
