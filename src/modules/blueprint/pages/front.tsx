// What the blueprint shows on the home page: how far the city is, what is new, what is late, one figure, ways
// on.

import type { House } from '../../../core/house.ts';
import { rememberedPart } from '../../../core/markup.ts';
import type { FrontPart } from '../../../core/module.ts';
import { type Language, say } from '../../../core/texts.ts';
import { LinkList, Section, Timeline, TimelineStep } from '../../../ui/index.ts';
import {
  actualPointsAsOf,
  type Change,
  changesAsOf,
  isOverdue,
  rememberedByDay,
  summaryAsOf,
  targetTimeline,
} from '../rules/index.ts';
import type { Indicator } from '../schema/index.ts';
import { getRegister } from '../store/index.ts';
import { phrases, texts } from '../texts/index.ts';
import { dayOf } from './as-of.tsx';
import { type Reader, readerOf, Sources } from './reader.tsx';
import { drawnDates, SeriesFigure } from './series.tsx';
import { answerOf, SummaryTable, statusNoteOf } from './summary-table.tsx';

const newest = 6;
const latest = 6;

export async function frontParts(house: House, language: Language): Promise<FrontPart[]> {
  const reader = readerOf(await getRegister(house), language);
  const day = dayOf(house, undefined);
  const summary = summaryAsOf(reader.register, day);
  const figure = longestSeries(reader.register, day);
  return [
    {
      order: 10,
      headline: say(answerOf(summary), language),
      headlineNote: statusNoteOf(reader, summary),
      content: (
        <Section
          id="areas"
          title={reader.t(texts.byArea)}
          note={<a href={reader.href('/progress')}>{reader.t(texts.filterLegend)}</a>}
        >
          <SummaryTable reader={reader} summary={summary} asOf={undefined} />
        </Section>
      ),
    },
    { order: 20, content: <News reader={reader} day={day} /> },
    { order: 30, content: <Late reader={reader} day={day} /> },
    ...(figure ? [{ order: 40, content: <OneFigure reader={reader} indicator={figure} day={day} /> }] : []),
    { order: 50, content: <WaysOn reader={reader} /> },
  ];
}

/** Steps and moved dates; the status table of a whole paper is not news of one initiative. */
const newsAsOf = rememberedByDay((register, day) =>
  changesAsOf(register, day)
    .filter(({ kind, date }) => date !== null && (kind === 'progress' || kind === 'target-revised'))
    .slice(0, newest),
);

function NewsStep({ reader, change }: { reader: Reader; change: Change }) {
  const { t, href, language } = reader;
  const entry = {
    date: change.date!.split('/').at(-1),
    dateLabel: reader.date(change.date!),
    text: (
      <>
        <a href={href(`/initiatives/${change.initiative.id}`)}>{t(change.initiative.title)}</a>
        <br />
        {t(change.text)}
      </>
    ),
    source: <Sources reader={reader} sources={[change.source]} />,
  };
  return <TimelineStep entry={entry} language={language} />;
}

function News({ reader, day }: { reader: Reader; day: string }) {
  const { t, register, language } = reader;
  return (
    <Section
      id="new"
      title={t(texts.newest)}
      note={<a href={`/feeds/${language}/blueprint.atom`}>{t(texts.feed)}</a>}
    >
      <Timeline language={language}>
        {newsAsOf(register, day).map((change) =>
          rememberedPart(change, `news ${language}`, () => <NewsStep reader={reader} change={change} />),
        )}
      </Timeline>
    </Section>
  );
}

/** The latest first. */
const lateAsOf = rememberedByDay((register, day) =>
  targetTimeline(register, day)
    .filter(({ target }) => isOverdue(target))
    .reverse(),
);

function Late({ reader, day }: { reader: Reader; day: string }) {
  const { t, href } = reader;
  const late = lateAsOf(reader.register, day);
  if (late.length === 0) return null;
  return (
    <Section
      id="late"
      title={t(phrases.lateTitle(late.length))}
      note={<a href={href('/timeline')}>{t(texts.timelineOfTargets)}</a>}
    >
      <p class="quiet">{t(texts.lateNote)}</p>
      {rememberedPart(late, reader.language, () => (
        <LinkList
          items={late.slice(0, latest).map(({ initiative, target, day: date }) => ({
            label: t(initiative.title),
            href: href(`/initiatives/${initiative.id}`),
            note: `${t(target.target.what)}${t(texts.listComma)}${reader.date(date)}`,
          }))}
        />
      ))}
    </Section>
  );
}

/** The series of a subject, not of the programme itself, with the most dates. */
const longestSeries = rememberedByDay((register, day): Indicator | undefined => {
  const areas = new Set(register.areas.map(({ id }) => id));
  const datesOf = (indicator: Indicator) =>
    new Set(drawnDates(actualPointsAsOf(register, indicator, day))).size;
  return register.indicators
    .filter((indicator) => areas.has(indicator.topic))
    .map((indicator) => ({ indicator, dates: datesOf(indicator) }))
    .filter(({ dates }) => dates >= 3)
    .toSorted((a, b) => b.dates - a.dates)[0]?.indicator;
});

function OneFigure({ reader, indicator, day }: { reader: Reader; indicator: Indicator; day: string }) {
  const { t, register } = reader;
  const points = actualPointsAsOf(register, indicator, day);
  return (
    <Section
      id="figure"
      title={t(indicator.label)}
      note={<a href={reader.href('/indicators')}>{t(texts.allIndicators)}</a>}
    >
      <SeriesFigure reader={reader} indicator={indicator} points={points} showSource />
    </Section>
  );
}

const WaysOn = ({ reader }: { reader: Reader }) =>
  rememberedPart(reader.register, `ways on ${reader.language}`, () => <Ways {...reader} />);

const Ways = ({ t, href, register }: Reader) => (
  <Section id="more" title={t(texts.more)}>
    <LinkList
      items={[
        ...register.areas
          .filter(({ kind }) => kind === 'chapter')
          .map(({ id, name }) => ({ label: t(name), href: href(`/areas/${id}`), note: t(texts.chapter) })),
        { label: t(texts.timelineOfTargets), href: href('/timeline'), note: t(texts.timelineLede) },
        { label: t(texts.indicators), href: href('/indicators'), note: t(texts.indicatorsLede) },
        { label: t(texts.programme), href: href('/technologies') },
        { label: t(texts.systems), href: href('/systems'), note: t(texts.systemsNote) },
        { label: t(texts.governance), href: href('/governance'), note: t(texts.governanceLede) },
        { label: t(texts.sources), href: href('/sources'), note: t(texts.sourcesLede) },
      ]}
    />
  </Section>
);
