// What the blueprint shows on the home page: how far the city is, what is new, what is late, one figure, ways
// on.

import type { House } from '../../../core/house.ts';
import type { FrontPart } from '../../../core/module.ts';
import { type Language, say } from '../../../core/texts.ts';
import { LinkList, Section, Timeline } from '../../../ui/index.ts';
import { changesAsOf, isOverdue, pointsAsOf, summaryAsOf, targetTimeline } from '../rules/index.ts';
import type { Indicator, Register } from '../schema/index.ts';
import { getRegister } from '../store/index.ts';
import { phrases, texts } from '../texts/index.ts';
import { dayOf } from './as-of.tsx';
import { type Reader, readerOf, Sources } from './reader.tsx';
import { drawnPoints, SeriesFigure } from './series.tsx';
import { answerOf, SummaryTable } from './summary-table.tsx';

const newest = 6;
const latest = 6;

export async function frontParts(house: House, language: Language): Promise<FrontPart[]> {
  const reader = readerOf(await getRegister(house), language);
  const day = dayOf(house, undefined);
  const summary = summaryAsOf(reader.register, day);
  const figure = longestSeries(reader, day);
  return [
    {
      order: 10,
      headline: say(answerOf(summary), language),
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
function News({ reader, day }: { reader: Reader; day: string }) {
  const { t, href } = reader;
  const changes = changesAsOf(reader.register, day)
    .filter(({ kind, date }) => date !== null && (kind === 'progress' || kind === 'target-revised'))
    .slice(0, newest);
  return (
    <Section
      id="new"
      title={t(texts.newest)}
      note={<a href={`/feeds/${reader.language}/blueprint.atom`}>{t(texts.feed)}</a>}
    >
      <Timeline
        language={reader.language}
        entries={changes.map((change) => ({
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
        }))}
      />
    </Section>
  );
}

function Late({ reader, day }: { reader: Reader; day: string }) {
  const { t, href } = reader;
  const late = targetTimeline(reader.register, day)
    .filter(({ target }) => isOverdue(target))
    .reverse();
  if (late.length === 0) return null;
  return (
    <Section
      id="late"
      title={t(phrases.lateTitle(late.length))}
      note={<a href={href('/timeline')}>{t(texts.timelineOfTargets)}</a>}
    >
      <p class="quiet">{t(texts.lateNote)}</p>
      <LinkList
        items={late.slice(0, latest).map(({ initiative, target, day: date }) => ({
          label: t(initiative.title),
          href: href(`/initiatives/${initiative.id}`),
          note: `${t(target.target.what)}${t(texts.listComma)}${reader.date(date)}`,
        }))}
      />
    </Section>
  );
}

const longest = new WeakMap<Register, { day: string; indicator: Indicator | undefined }>();

/** The series of a subject, not of the programme itself, with the most dates. */
function longestSeries(reader: Reader, day: string): Indicator | undefined {
  const known = longest.get(reader.register);
  if (known?.day === day) return known.indicator;
  const indicator = findLongestSeries(reader, day);
  longest.set(reader.register, { day, indicator });
  return indicator;
}

function findLongestSeries(reader: Reader, day: string): Indicator | undefined {
  const { register } = reader;
  const areas = new Set(register.areas.map(({ id }) => id));
  const datesOf = (indicator: Indicator) =>
    new Set(
      drawnPoints(
        reader,
        pointsAsOf(register, indicator, day).filter(({ kind }) => kind === 'actual'),
      ).map(({ date }) => date),
    ).size;
  return register.indicators
    .filter((indicator) => areas.has(indicator.topic))
    .map((indicator) => ({ indicator, dates: datesOf(indicator) }))
    .filter(({ dates }) => dates >= 3)
    .toSorted((a, b) => b.dates - a.dates)[0]?.indicator;
}

function OneFigure({ reader, indicator, day }: { reader: Reader; indicator: Indicator; day: string }) {
  const { t, register } = reader;
  const points = pointsAsOf(register, indicator, day).filter(({ kind }) => kind === 'actual');
  const last = points.at(-1)!;
  return (
    <Section
      id="figure"
      title={t(indicator.label)}
      note={<a href={reader.href('/indicators')}>{t(texts.allIndicators)}</a>}
    >
      <SeriesFigure
        reader={reader}
        indicator={indicator}
        points={points}
        source={<Sources reader={reader} sources={[last.source]} />}
      />
    </Section>
  );
}

const WaysOn = ({ reader: { t, href, register } }: { reader: Reader }) => (
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
