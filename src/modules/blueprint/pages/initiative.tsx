// The page of one initiative: what was promised, how far it is, on what evidence, and what belongs to it.

import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { page, type View } from '../../../core/module.ts';
import {
  DefinitionList,
  LinkList,
  Notice,
  PageHeader,
  Section,
  type StatusKind,
  Tag,
  Timeline,
  toneOf,
} from '../../../ui/index.ts';
import {
  changesAsOf,
  figureText,
  type InitiativeAsOf,
  initiativeAsOf,
  latestPoint,
  natureText,
  newMarkText,
  relatedInitiatives,
  statusText,
} from '../rules/index.ts';
import { getRegister } from '../store/index.ts';
import { phrases, texts } from '../texts/index.ts';
import { AsOfForm, AsOfNotice, asOfParameter, dayOf } from './as-of.tsx';
import { StatusOf } from './initiative-table.tsx';
import { distinctSources, type Reader, readerOf, Sources, statusKind, trail } from './reader.tsx';
import { TargetFigure, TargetTable } from './target-table.tsx';

export const initiativePage = page({
  path: '/initiatives/:id',
  audience: 'public',
  cache: 'change',
  params: z.strictObject({ id: z.string().max(40) }),
  query: z.strictObject({ asOf: asOfParameter }),
  async render({ house, language, params, query, origin }) {
    const reader = readerOf(await getRegister(house), language);
    const initiative = reader.register.initiativeById.get(params.id);
    if (!initiative) throw notFound('unknown-initiative', phrases.unknownInitiative(params.id));
    const day = dayOf(house, query.asOf);
    const one = initiativeAsOf(reader.register, initiative, day);
    if (!one) throw notFound('not-announced-yet', phrases.notAnnouncedYet(initiative.title, day));
    return initiativeView(reader, one, { asOf: query.asOf, origin });
  },
});

type Asked = { asOf: string | undefined; origin: string };

function details(reader: Reader, { initiative, area, classification, statusFact }: InitiativeAsOf) {
  const { register, t, href } = reader;
  const blueprint = register.programme.blueprints.find(({ number }) => number === initiative.blueprint);
  const group = register.areas.flatMap((one) => one.groups).find(({ id }) => id === initiative.group);
  const technologies = initiative.technologies.map(({ id, named }, index) => (
    <>
      {index > 0 ? t(texts.listComma) : null}
      <a href={`${href('/progress')}?technology=${id}`}>{t(register.technologyById.get(id)!.name)}</a>
      {named ? null : <span class="quiet small"> {t(texts.ourReading)}</span>}
    </>
  ));
  const bodies = initiative.bodies.map(({ body, role, basis }, index) => (
    <>
      {index > 0 ? <br /> : null}
      {t(register.bodyById.get(body)!.name)}{' '}
      <span class="quiet small">
        {role === 'lead' ? '' : `${t(texts.contributor)}${t(texts.listComma)}`}
        {t(basis)}
      </span>
    </>
  ));
  const filed = area ? (
    <>
      <a href={href(`/areas/${area}`)}>{t(register.areaById.get(area)!.name)}</a>{' '}
      {classification ? (
        <span class="quiet small">{t(phrases.since(reader.date(classification.from)))}</span>
      ) : null}
    </>
  ) : (
    t(texts.notFiled)
  );
  return [
    { term: t(texts.area), description: filed },
    ...(group ? [{ term: t(texts.group), description: t(group.name) }] : []),
    { term: t(texts.lead), description: bodies.length > 0 ? bodies : t(texts.leadUnknown) },
    {
      term: t(texts.since),
      description: blueprint ? `${t(blueprint.name)} (${reader.date(blueprint.published)})` : '–',
    },
    ...(initiative.newMark
      ? [{ term: t(texts.newMark), description: t(newMarkText[initiative.newMark]) }]
      : []),
    { term: t(texts.technologies), description: technologies },
    {
      term: t(texts.nature),
      description: initiative.nature.map((id) => t(natureText[id])).join(t(texts.listComma)),
    },
    {
      term: t(texts.status),
      description: statusFact ? (
        <>
          {t(statusText[statusFact.status])}, {reader.date(statusFact.from)}
          {statusFact.basis === 'reading' ? <span class="quiet small"> {t(texts.statusReading)}</span> : null}
        </>
      ) : (
        t(texts.notPublished)
      ),
    },
  ];
}

function evidence(reader: Reader, one: InitiativeAsOf) {
  const { register, t } = reader;
  const isThis = (initiative: InitiativeAsOf['initiative']) => initiative.id === one.initiative.id;
  // Oldest first; what counts from the same day keeps the order of its document.
  const changes = changesAsOf(register, one.asOf, isThis).toSorted((a, b) =>
    a.day < b.day ? -1 : a.day > b.day ? 1 : 0,
  );
  return changes.map((change) => ({
    date: change.date?.split('/').at(-1),
    dateLabel: change.date === null ? t(texts.undated) : reader.date(change.date),
    text: t(change.text),
    source: <Sources reader={reader} sources={[change.source]} />,
    ...(change.kind === 'status' ? { tone: toneOf(statusKind[one.status] as StatusKind) } : {}),
  }));
}

function Belonging({ reader, one }: { reader: Reader; one: InitiativeAsOf }) {
  const { register, t, href } = reader;
  const { initiative, asOf } = one;
  const related = relatedInitiatives(register, initiative);
  return (
    <>
      {initiative.indicators.length > 0 ? (
        <Section id="indicators" title={t(texts.indicators)}>
          <LinkList
            items={initiative.indicators.map((id) => {
              const indicator = register.indicatorById.get(id)!;
              const point = latestPoint(register, indicator, asOf);
              return {
                label: t(indicator.label),
                href: href(`/indicators/${id}`),
                ...(point
                  ? { note: `${t(figureText(register, indicator, point))}, ${reader.date(point.asOf)}` }
                  : {}),
              };
            })}
          />
        </Section>
      ) : null}
      {initiative.systems.length > 0 ? (
        <Section id="systems" title={t(texts.systems)}>
          <LinkList
            items={initiative.systems.map((id) => ({
              label: t(register.systemById.get(id)!.name),
              href: href(`/systems/${id}`),
              note: t(register.systemById.get(id)!.does),
            }))}
          />
        </Section>
      ) : null}
      {related.length > 0 ? (
        <Section id="related" title={t(texts.related)}>
          <LinkList
            items={related.map((other) => ({
              label: t(other.title),
              href: href(`/initiatives/${other.id}`),
              note: t(other.summary),
            }))}
          />
        </Section>
      ) : null}
    </>
  );
}

/** schema.org/GovernmentService comes nearest to an initiative that has a system; else a Project. */
function structuredData(reader: Reader, one: InitiativeAsOf, origin: string) {
  const { t, href, register } = reader;
  return {
    '@context': 'https://schema.org',
    '@type': 'Project',
    identifier: one.initiative.id,
    name: t(one.initiative.title),
    description: t(one.initiative.summary),
    url: origin + href(`/initiatives/${one.initiative.id}`),
    parentOrganization: one.initiative.bodies.map(({ body }) => ({
      '@type': 'GovernmentOrganization',
      name: t(register.bodyById.get(body)!.name),
    })),
  };
}

function DetailsSection({ reader, one }: { reader: Reader; one: InitiativeAsOf }) {
  const { t, language } = reader;
  const { initiative } = one;
  return (
    <Section id="details" title={t(texts.details)}>
      <DefinitionList items={details(reader, one)} />
      {initiative.doubt ? (
        <Notice kind="information" language={language} title={t(texts.readingNote)}>
          {t(initiative.doubt.note)}
        </Notice>
      ) : null}
      <Sources reader={reader} sources={distinctSources(initiative.sources)} />
    </Section>
  );
}

const feedOf = (reader: Reader, id: string) => `/feeds/${reader.language}/initiatives/${id}.atom`;

const DataSection = ({ reader, id }: { reader: Reader; id: string }) => (
  <Section id="data" title={reader.t(texts.asData)}>
    <LinkList
      items={[
        { label: 'JSON', href: `/api/v1/initiatives/${id}` },
        { label: reader.t(texts.feed), href: feedOf(reader, id) },
      ]}
    />
  </Section>
);

function initiativeView(reader: Reader, one: InitiativeAsOf, { asOf, origin }: Asked): View {
  const { t, language, register } = reader;
  const { initiative } = one;
  const area = one.area ?? initiative.classifications[0]!.area;
  return {
    title: t(initiative.title),
    description: t(initiative.summary),
    breadcrumbs: trail(
      reader,
      [texts.progress, '/progress'],
      [register.areaById.get(area)!.name, `/areas/${area}`],
    ),
    alternates: [
      { type: 'application/atom+xml', href: feedOf(reader, initiative.id), title: t(initiative.title) },
      { type: 'application/json', href: `/api/v1/initiatives/${initiative.id}`, title: 'JSON' },
    ],
    structuredData: [structuredData(reader, one, origin)],
    main: (
      <>
        <PageHeader
          kicker={`${t(texts.initiative)} ${initiative.id}`}
          title={t(initiative.title)}
          lede={t(initiative.summary)}
          meta={
            <>
              <StatusOf reader={reader} one={one} />{' '}
              {initiative.newMark ? <Tag label={t(texts.newMark)} strong /> : null}{' '}
              <span class="quiet small">{t(phrases.latest(reader.date(one.updatedAt), one.silentDays))}</span>
            </>
          }
        />
        <AsOfNotice reader={reader} asOf={asOf} todayHref={reader.href(`/initiatives/${initiative.id}`)} />
        <Section id="targets" title={t(texts.targets)} note={t(texts.targetsNote)}>
          <TargetFigure
            reader={reader}
            entries={one.targets.map((target) => ({ initiative, target }))}
            day={one.asOf}
          />
          <TargetTable reader={reader} entries={one.targets.map((target) => ({ initiative, target }))} />
        </Section>
        <Section
          id="evidence"
          title={t(texts.timeline)}
          margin={<AsOfForm reader={reader} path={`/initiatives/${initiative.id}`} asOf={asOf} />}
        >
          {one.progress.length === 0 ? <p class="quiet">{t(texts.noProgress)}</p> : null}
          <Timeline entries={evidence(reader, one)} language={language} />
        </Section>
        <DetailsSection reader={reader} one={one} />
        <Belonging reader={reader} one={one} />
        <DataSection reader={reader} id={initiative.id} />
      </>
    ),
  };
}
