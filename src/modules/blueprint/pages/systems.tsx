// The systems pages: every software system of the programme, with the honest state of each in this house.

import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { page, type View } from '../../../core/module.ts';
import {
  DataTable,
  DefinitionList,
  LinkList,
  PageHeader,
  Section,
  StackedBar,
  Status,
  type StatusKind,
  TagList,
} from '../../../ui/index.ts';
import type { System, SystemState } from '../schema/index.ts';
import { getRegister } from '../store/index.ts';
import { phrases, texts } from '../texts/index.ts';
import { distinctSources, type Reader, readerOf, Sources, trail } from './reader.tsx';

const states = ['works', 'partly', 'not-yet'] as const;

export const systemsPage = page({
  path: '/systems',
  audience: 'public',
  cache: 'change',
  query: z.strictObject({ state: z.enum(states).optional() }),
  async render({ house, language, query }) {
    return systemsView(readerOf(await getRegister(house), language), query.state);
  },
});

export const systemPage = page({
  path: '/systems/:id',
  audience: 'public',
  cache: 'change',
  params: z.strictObject({ id: z.string().max(80) }),
  async render({ house, language, params }) {
    const reader = readerOf(await getRegister(house), language);
    const system = reader.register.systemById.get(params.id);
    if (!system) throw notFound('unknown-system', phrases.unknownSystem(params.id));
    return systemView(reader, system);
  },
});

const stateOf = (reader: Reader, system: System): SystemState => reader.register.systemStates.get(system.id)!;

const StateMark = ({ reader, system }: { reader: Reader; system: System }) => (
  <Status kind={stateOf(reader, system).state as StatusKind} language={reader.language} />
);

function columnsOf(reader: Reader) {
  const { register, t, href } = reader;
  return [
    {
      key: 'number',
      header: t(texts.number),
      kind: 'number' as const,
      render: (system: System) => system.number,
    },
    {
      key: 'name',
      header: t(texts.system),
      rowHeader: true,
      render: (system: System) => <a href={href(`/systems/${system.id}`)}>{t(system.name)}</a>,
    },
    {
      key: 'engine',
      header: t(texts.engine),
      render: (system: System) => t(register.engineById.get(system.engines[0]!)!.name),
    },
    {
      key: 'state',
      header: t(texts.state),
      kind: 'status' as const,
      render: (system: System) => <StateMark reader={reader} system={system} />,
    },
  ];
}

function systemsView(reader: Reader, wanted: (typeof states)[number] | undefined): View {
  const { register, t, href, language } = reader;
  const countOf = (state: string) =>
    [...register.systemStates.values()].filter((one) => one.state === state).length;
  const systems = register.systems.filter((system) => !wanted || stateOf(reader, system).state === wanted);
  const segments = states.map((state) => ({
    tone:
      state === 'works' ? ('done' as const) : state === 'partly' ? ('going' as const) : ('unknown' as const),
    value: countOf(state),
    label: t(texts[state]),
  }));
  const choices = [
    { label: `${t(texts.all)} (${register.systems.length})`, href: href('/systems'), strong: !wanted },
    ...states.map((state) => ({
      label: `${t(texts[state])} (${countOf(state)})`,
      href: `${href('/systems')}?state=${state}`,
      strong: wanted === state,
    })),
  ];
  const title = t(phrases.systemsTitle(register.systems.length, countOf('works'), countOf('partly')));
  return {
    title: t(texts.systems),
    description: title,
    breadcrumbs: trail(reader),
    main: (
      <>
        <PageHeader kicker={t(texts.systems)} title={title} lede={t(texts.systemsLede)} />
        <Section id="list" title={t(texts.allSystems)} note={t(texts.systemsNote)}>
          <StackedBar segments={segments} language={language} label={t(texts.systems)} labelled />
          <TagList items={choices} label={t(texts.state)} />
          <DataTable
            caption={t(phrases.systemsCaption(systems.length))}
            language={language}
            rows={systems}
            columns={columnsOf(reader)}
          />
        </Section>
      </>
    ),
  };
}

function systemFacts(reader: Reader, system: System) {
  const { register, t } = reader;
  const state = stateOf(reader, system);
  const rows: [string, unknown][] = [
    [t(texts.users), t(system.users)],
    [t(texts.scale), system.scale ? t(system.scale) : t(texts.scaleUnknown)],
    [
      t(texts.engines),
      system.engines.map((id) => t(register.engineById.get(id)!.name)).join(t(texts.listComma)),
    ],
    [t(texts.basis), t(system.basis === 'named' ? texts.basisNamed : texts.basisImplied)],
    [t(texts.worksWhen), t(system.acceptance)],
    [t(texts.proof), state.proof ? <span lang="en">{state.proof}</span> : t(texts.noProof)],
  ];
  if (state.missing && state.state !== 'not-yet')
    rows.push([t(texts.stillMissing), <span lang="en">{state.missing}</span>]);
  return rows.map(([term, description]) => ({ term: term as string, description: description as string }));
}

function systemView(reader: Reader, system: System): View {
  const { register, t, href } = reader;
  const initiatives = register.initiatives.filter((initiative) => initiative.systems.includes(system.id));
  return {
    title: t(system.name),
    description: t(system.does),
    breadcrumbs: trail(reader, [texts.systems, '/systems']),
    main: (
      <>
        <PageHeader
          kicker={t(phrases.systemNumber(system.number, register.systems.length))}
          title={t(system.name)}
          lede={t(system.does)}
          meta={<StateMark reader={reader} system={system} />}
        />
        <Section id="facts" title={t(texts.details)}>
          <DefinitionList items={systemFacts(reader, system)} />
          <Sources reader={reader} sources={distinctSources(system.sources)} />
        </Section>
        {initiatives.length > 0 ? (
          <Section id="initiatives" title={t(texts.initiatives)}>
            <LinkList
              items={initiatives.map((initiative) => ({
                label: t(initiative.title),
                href: href(`/initiatives/${initiative.id}`),
                note: t(initiative.summary),
              }))}
            />
          </Section>
        ) : null}
      </>
    ),
  };
}
