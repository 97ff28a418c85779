// Targets as a table and as a drawing: first promise, latest date, slip and result.

import {
  type Column,
  DataTable,
  Figure,
  Status,
  type StatusKind,
  TimelineChart,
  toneOf,
} from '../../../ui/index.ts';
import {
  type InitiativeAsOf,
  slipText,
  type TargetAsOf,
  type TargetState,
  targetStateText,
} from '../rules/index.ts';
import type { Initiative, TargetDate } from '../schema/index.ts';
import { phrases, texts } from '../texts/index.ts';
import { type Reader, Sources } from './reader.tsx';

export type TargetEntry = { initiative: Initiative; target: TargetAsOf };

const known = new WeakMap<InitiativeAsOf, TargetEntry[]>();

/** The targets of one initiative; the same list each time, so that its rows can be kept. */
export function entriesOf(one: InitiativeAsOf): TargetEntry[] {
  const before = known.get(one);
  if (before) return before;
  const entries = one.targets.map((target) => ({ initiative: one.initiative, target }));
  known.set(one, entries);
  return entries;
}

/** How each state of a target is drawn. */
export const targetKind: Record<TargetState, StatusKind> = {
  undated: 'unknown',
  'open-ended': 'planned',
  ahead: 'in-progress',
  met: 'done',
  'not-listed': 'ongoing',
  overdue: 'overdue',
  'passed-no-status': 'overdue',
  'passed-unconfirmed': 'overdue',
};

const dayIn = (by: TargetDate | null): string | undefined => by?.latest ?? by?.from;

const DateCell = ({ reader, by }: { reader: Reader; by: TargetDate | null }) => {
  if (!by) return <>–</>;
  const day = dayIn(by)!;
  const words = reader.t(by.words);
  return (
    <>
      <time datetime={day}>{reader.date(day)}</time>
      <br />
      <span class="quiet small">{reader.language === 'en' ? `“${words}”` : `「${words}」`}</span>
    </>
  );
};

function figureOf(reader: Reader, { target }: TargetAsOf): string {
  if (!target.value) return '–';
  const unit = target.unit ? reader.register.unitById.get(target.unit)! : undefined;
  const words = reader.t(target.value.words);
  if (!unit) return words;
  return unit.id === 'percent' || reader.language !== 'en'
    ? `${words}${reader.t(unit.name)}`
    : `${words} ${unit.name.en}`;
}

export type TargetTableProps = {
  reader: Reader;
  entries: TargetEntry[];
  showInitiative?: boolean;
  caption?: string;
};

export function TargetTable({ reader, entries, showInitiative, caption }: TargetTableProps) {
  const { t, href, language } = reader;
  const columns: Column<TargetEntry>[] = [
    {
      key: 'what',
      header: t(showInitiative ? texts.initiative : texts.target),
      rowHeader: true,
      render: ({ initiative, target }) =>
        showInitiative ? (
          <>
            <a href={href(`/initiatives/${initiative.id}`)}>{t(initiative.title)}</a>
            <br />
            <span class="quiet small">{t(target.target.what)}</span>
          </>
        ) : (
          <>
            {t(target.target.what)}
            <Sources reader={reader} sources={[target.target.source]} />
          </>
        ),
    },
    { key: 'figure', header: t(texts.figure), render: ({ target }) => figureOf(reader, target) },
    {
      key: 'baseline',
      header: t(texts.promisedBy),
      render: ({ target }) => <DateCell reader={reader} by={target.baseline} />,
    },
    {
      key: 'latest',
      header: t(texts.latestDate),
      render: ({ target }) =>
        target.revisions.length > 0 ? (
          <>
            <DateCell reader={reader} by={target.by} />
            <br />
            <span class="small">{target.slip ? t(slipText(target.slip)) : t(texts.firstDate)}</span>
          </>
        ) : (
          t(texts.unchanged)
        ),
    },
    {
      key: 'result',
      header: t(texts.result),
      render: ({ target }) => (
        <Status
          kind={targetKind[target.state]}
          language={language}
          label={t(targetStateText[target.state])}
        />
      ),
    },
  ];
  return (
    <DataTable
      caption={caption ?? t(texts.targets)}
      language={language}
      rows={entries}
      columns={columns}
      empty={t(texts.noTargets)}
      rowKey={`${language} ${showInitiative}`}
    />
  );
}

/** The dated ones on an axis of time; nothing when none is dated. */
export function TargetFigure({
  reader,
  entries,
  day,
}: {
  reader: Reader;
  entries: TargetEntry[];
  day: string;
}) {
  const dated = entries.filter(({ target }) => dayIn(target.baseline) ?? dayIn(target.by));
  if (dated.length === 0) return null;
  const kept = dated.filter(({ target }) => target.state === 'met' || target.state === 'not-listed').length;
  const summary = reader.t(
    dated.length === 1
      ? phrases.oneTarget(targetStateText[dated[0]!.target.state])
      : phrases.targetsDrawn(dated.length, kept),
  );
  const rows = dated.map(({ initiative, target }) => {
    const latest = target.revisions
      .map((revision) => dayIn(revision.by))
      .filter((date) => date !== undefined);
    const first = dayIn(target.baseline) ?? latest[0]!;
    return {
      label: entries.some((entry) => entry.initiative !== initiative)
        ? `${initiative.id} ${reader.t(initiative.title)}`
        : reader.t(target.target.what),
      baseline: first,
      revised: target.baseline ? latest : latest.slice(1),
      tone: toneOf(targetKind[target.state]),
    };
  });
  return (
    <Figure id="targets-figure" language={reader.language} summary={summary}>
      <TimelineChart
        id="targets-chart"
        language={reader.language}
        title={reader.t(texts.timelineOfTargets)}
        description={summary}
        rows={rows}
        today={day}
      />
    </Figure>
  );
}
