// The page of one initiative: what was promised, how far it is, on what evidence, and what belongs to it.

import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { rememberedPart } from '../../../core/markup.ts';
import { page, type View } from '../../../core/module.ts';
import {
  LinkList,
  ListedLink,
  PageHeader,
  Section,
  type StatusKind,
  Tag,
  Timeline,
  type TimelineEntry,
  TimelineStep,
  type Tone,
  toneOf,
} from '../../../ui/index.ts';
import {
  type Change,
  changesOfInitiative,
  figureText,
  type InitiativeAsOf,
  initiativeAsOf,
  latestPoint,
  relatedInitiatives,
} from '../rules/index.ts';
import { getRegister } from '../store/index.ts';
import { phrases, texts } from '../texts/index.ts';
import { AsOfForm, AsOfNotice, asOfParameter, dayOf, withAsOf } from './as-of.tsx';
import { DetailsSection } from './initiative-details.tsx';
import { StatusOf } from './initiative-table.tsx';
import { type Reader, readerOf, Sources, statusKind, trail } from './reader.tsx';
import { entriesOf, TargetFigure, TargetTable } from './target-table.tsx';

export const initiativePage = page({
  path: '/initiatives/:id',
  audience: 'public',
  cache: 'change',
  params: z.strictObject({ id: z.string().max(40) }),
  query: z.strictObject({ asOf: asOfParameter }),
  async render({ house, language, params, query, search, origin }) {
    const reader = readerOf(await getRegister(house), language);
    const { initiativeById } = reader.register;
    const initiative = initiativeById.get(params.id);
    const meant = params.id.toUpperCase();
    // Ids are typed from paper and told by telephone.
    if (!initiative && initiativeById.has(meant)) {
      return { title: '', main: null, redirect: `/${language}/initiatives/${meant}${search}` };
    }
    if (!initiative) throw notFound('unknown-initiative', phrases.unknownInitiative(params.id));
    const day = dayOf(house, query.asOf);
    const one = initiativeAsOf(reader.register, initiative, day);
    if (!one) throw notFound('not-yet-announced', phrases.notAnnouncedYet(initiative.title, day));
    return initiativeView(reader, one, { asOf: query.asOf, origin });
  },
});

type Asked = { asOf: string | undefined; origin: string };

function evidence(reader: Reader, one: InitiativeAsOf) {
  const { register } = reader;
  // Oldest first; what counts from the same day keeps the order of its document.
  const changes = changesOfInitiative(register, one.initiative, one.asOf).toSorted((a, b) =>
    a.day < b.day ? -1 : a.day > b.day ? 1 : 0,
  );
  const tone = toneOf(statusKind[one.status] as StatusKind);
  return changes.map((change) =>
    rememberedPart(change, `${reader.language} ${tone}`, () => (
      <TimelineStep entry={stepOf(reader, change, tone)} language={reader.language} />
    )),
  );
}

const stepOf = (reader: Reader, change: Change, tone: Tone): TimelineEntry => ({
  date: change.date?.split('/').at(-1),
  dateLabel: change.date === null ? reader.t(texts.undated) : reader.date(change.date),
  text: reader.t(change.text),
  source: <Sources reader={reader} sources={[change.source]} />,
  ...(change.kind === 'status' ? { tone } : {}),
});

function Belonging({ reader, one }: { reader: Reader; one: InitiativeAsOf }) {
  const { register, t, href, language } = reader;
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
          <LinkList>
            {initiative.systems
              .map((id) => register.systemById.get(id)!)
              .map((system) =>
                rememberedPart(system, language, () => (
                  <ListedLink
                    item={{
                      label: t(system.name),
                      href: href(`/systems/${system.id}`),
                      note: t(system.does),
                    }}
                  />
                )),
              )}
          </LinkList>
        </Section>
      ) : null}
      {related.length > 0 ? (
        <Section id="related" title={t(texts.related)}>
          <LinkList>
            {related.map((other) =>
              rememberedPart(other, language, () => (
                <ListedLink
                  item={{
                    label: t(other.title),
                    href: href(`/initiatives/${other.id}`),
                    note: t(other.summary),
                  }}
                />
              )),
            )}
          </LinkList>
        </Section>
      ) : null}
    </>
  );
}

/** Of what schema.org knows, a Project comes nearest to an initiative. */
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

const feedOf = (reader: Reader, id: string) => `/feeds/${reader.language}/initiatives/${id}.atom`;

const DataSection = ({ reader, id, json }: { reader: Reader; id: string; json: string }) => (
  <Section id="data" title={reader.t(texts.asData)}>
    <LinkList
      items={[
        { label: 'JSON', href: json },
        { label: reader.t(texts.feed), href: feedOf(reader, id) },
      ]}
    />
  </Section>
);

function initiativeView(reader: Reader, one: InitiativeAsOf, { asOf, origin }: Asked): View {
  const { t, language, register } = reader;
  const { initiative } = one;
  const area = one.area ?? initiative.classifications[0]!.area;
  const json = withAsOf(`/api/v1/initiatives/${initiative.id}`, asOf);
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
      { type: 'application/json', href: json, title: 'JSON' },
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
          {rememberedPart(one, `targets ${language}`, () => (
            <TargetFigure reader={reader} entries={entriesOf(one)} day={one.asOf} />
          ))}
          <TargetTable reader={reader} entries={entriesOf(one)} />
        </Section>
        <Section
          id="evidence"
          title={t(texts.timeline)}
          margin={<AsOfForm reader={reader} path={`/initiatives/${initiative.id}`} asOf={asOf} />}
        >
          {one.progress.length === 0 ? <p class="quiet">{t(texts.noProgress)}</p> : null}
          <Timeline language={language}>{evidence(reader, one)}</Timeline>
        </Section>
        <DetailsSection reader={reader} one={one} />
        <Belonging reader={reader} one={one} />
        <DataSection reader={reader} id={initiative.id} json={json} />
      </>
    ),
  };
}
