// The timeline page: every dated target of the programme, and the milestones that the documents name.

import { z } from 'zod';
import { page, type View } from '../../../core/module.ts';
import { PageHeader, Section, Timeline } from '../../../ui/index.ts';
import { isOverdue, milestonesAsOf, targetTimeline } from '../rules/index.ts';
import { getRegister } from '../store/index.ts';
import { phrases, texts } from '../texts/index.ts';
import { AsOfForm, asOfParameter, dayOf } from './as-of.tsx';
import { type Reader, readerOf, Sources, trail } from './reader.tsx';
import { TargetFigure, TargetTable } from './target-table.tsx';

export const targetsPage = page({
  path: '/timeline',
  audience: 'public',
  cache: 'change',
  query: z.strictObject({ asOf: asOfParameter }),
  async render({ house, language, query }) {
    const reader = readerOf(await getRegister(house), language);
    return targetsView(reader, { asOf: query.asOf, day: dayOf(house, query.asOf) });
  },
});

function targetsView(reader: Reader, { asOf, day }: { asOf: string | undefined; day: string }): View {
  const { register, t, language } = reader;
  const entries = targetTimeline(register, day);
  const met = entries.filter(({ target }) => target.state === 'met' || target.state === 'not-listed').length;
  const passed = entries.filter(({ target }) => isOverdue(target)).length;
  const moved = entries.filter(({ target }) => target.slip !== null).length;
  const title = t(phrases.targetsAnswer({ dated: entries.length, met, passed, moved }));
  const milestones = milestonesAsOf(register, day);
  return {
    title: t(texts.timelineOfTargets),
    description: title,
    breadcrumbs: trail(reader),
    main: (
      <>
        <PageHeader kicker={t(texts.timelineOfTargets)} title={title} lede={t(texts.timelineLede)} />
        <Section
          id="drawing"
          title={t(texts.targets)}
          margin={<AsOfForm reader={reader} path="/timeline" asOf={asOf} />}
        >
          <TargetFigure reader={reader} entries={entries} day={day} />
          <TargetTable
            reader={reader}
            entries={entries}
            showInitiative
            caption={t(texts.timelineOfTargets)}
          />
        </Section>
        <Section id="milestones" title={t(texts.milestones)} note={t(texts.milestonesNote)}>
          <Timeline
            language={language}
            entries={milestones.map((milestone) => ({
              date: milestone.date.split('/')[0],
              dateLabel: reader.date(milestone.date),
              text: milestone.expected ? `${t(milestone.label)} (${t(texts.expected)})` : t(milestone.label),
              source: <Sources reader={reader} sources={[milestone.source]} />,
            }))}
          />
        </Section>
      </>
    ),
  };
}
