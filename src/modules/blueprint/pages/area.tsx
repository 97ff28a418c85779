// The page of one area: how far its initiatives are, group by group, and what it looks ahead to.

import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { page, type View } from '../../../core/module.ts';
import { LinkList, PageHeader, Section, StackedBar } from '../../../ui/index.ts';
import { countInitiatives, type InitiativeAsOf, initiativesAsOf, summaryAsOf } from '../rules/index.ts';
import type { Area } from '../schema/index.ts';
import { getRegister } from '../store/index.ts';
import { phrases, texts } from '../texts/index.ts';
import { AsOfForm, asOfParameter, dayOf, withAsOf } from './as-of.tsx';
import { InitiativeTable } from './initiative-table.tsx';
import { type Reader, readerOf, Sources, trail } from './reader.tsx';
import { isStatusKnown, segmentsOf, statusNoteOf } from './summary-table.tsx';

export const areaPage = page({
  path: '/areas/:id',
  audience: 'public',
  cache: 'change',
  params: z.strictObject({ id: z.string().max(40) }),
  query: z.strictObject({ asOf: asOfParameter }),
  async render({ house, language, params, query }) {
    const reader = readerOf(await getRegister(house), language);
    const area = reader.register.areaById.get(params.id);
    if (!area) throw notFound('unknown-area', phrases.unknownArea(params.id));
    return areaView(reader, area, { asOf: query.asOf, day: dayOf(house, query.asOf) });
  },
});

type When = { asOf: string | undefined; day: string };

/** Initiatives filed here on the day; a chapter keeps its own also after they are counted elsewhere. */
function membersOf({ register }: Reader, area: Area, day: string): InitiativeAsOf[] {
  return initiativesAsOf(register, day).filter(
    (one) =>
      one.area === area.id ||
      (area.kind === 'chapter' && one.initiative.classifications[0]?.area === area.id),
  );
}

function grouped({ t }: Reader, area: Area, members: InitiativeAsOf[]) {
  const groups = area.groups
    .map((group) => ({
      id: group.id,
      title: t(group.name),
      rows: members.filter((one) => one.initiative.group === group.id),
    }))
    .filter((group) => group.rows.length > 0);
  const known = new Set(groups.flatMap((group) => group.rows));
  const rest = members.filter((one) => !known.has(one));
  return rest.length > 0
    ? [
        ...groups,
        { id: 'further', title: t(groups.length > 0 ? texts.further : texts.initiatives), rows: rest },
      ]
    : groups;
}

function Further({ reader, area }: { reader: Reader; area: Area }) {
  const { t } = reader;
  const indicators = reader.register.indicators.filter((indicator) => indicator.topic === area.id);
  return (
    <>
      {area.lookingAhead.length > 0 ? (
        <Section id="ahead" title={t(texts.lookingAhead)}>
          <ul>
            {area.lookingAhead.map((text) => (
              <li>{t(text)}</li>
            ))}
          </ul>
          <Sources reader={reader} sources={[area.source]} />
        </Section>
      ) : null}
      {indicators.length > 0 ? (
        <Section id="indicators" title={t(texts.indicators)}>
          <LinkList
            items={indicators.map((indicator) => ({
              label: t(indicator.label),
              href: reader.href(`/indicators/${indicator.id}`),
            }))}
          />
        </Section>
      ) : null}
    </>
  );
}

function areaView(reader: Reader, area: Area, { asOf, day }: When): View {
  const { t, language } = reader;
  const members = membersOf(reader, area, day);
  const counts = countInitiatives(members);
  const title = t(area.name);
  const lede = t(isStatusKnown(counts) ? phrases.areaAnswer(counts) : phrases.noStatusYet(counts.total));
  const counted = members.every((one) => one.area === area.id);
  const feed = `/feeds/${language}/areas/${area.id}.atom`;
  return {
    title,
    description: lede,
    breadcrumbs: trail(reader, [texts.progress, '/progress']),
    alternates: [{ type: 'application/atom+xml', href: feed, title }],
    main: (
      <>
        <PageHeader
          kicker={t(area.kind === 'chapter' ? texts.chapter : texts.area)}
          title={title}
          lede={lede}
        />
        <Section
          id="progress"
          title={t(texts.progress)}
          note={
            counted
              ? statusNoteOf(reader, summaryAsOf(reader.register, day))
              : t(texts.chapterCountedElsewhere)
          }
          margin={<AsOfForm reader={reader} path={`/areas/${area.id}`} asOf={asOf} />}
        >
          {counts.total > 0 ? (
            <StackedBar language={language} label={title} labelled segments={segmentsOf(reader, counts)} />
          ) : (
            <p>{t(texts.nothingOnThatDay)}</p>
          )}
        </Section>
        {grouped(reader, area, members).map((group) => (
          <Section id={`group-${group.id}`} title={group.title}>
            <InitiativeTable
              reader={reader}
              rows={group.rows}
              caption={t(phrases.initiatives(group.rows.length))}
              asOf={asOf}
            />
          </Section>
        ))}
        <Further reader={reader} area={area} />
        <Section id="data" title={t(texts.asData)}>
          <LinkList
            items={[
              { label: t(texts.feed), href: feed },
              { label: 'JSON', href: withAsOf(`/api/v1/initiatives?area=${area.id}`, asOf) },
            ]}
          />
        </Section>
      </>
    ),
  };
}
