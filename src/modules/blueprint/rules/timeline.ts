// The targets of all initiatives in the order of their dates, and the changes of the register by day.

import { sameText, type Text } from '../../../core/texts.ts';
import { type Day, type Initiative, lastDay, type Register, type Source } from '../schema/index.ts';
import { initiativesAsOf } from './as-of.ts';
import { rememberedByDay } from './remembered.ts';
import type { TargetAsOf } from './targets.ts';
import { dateText, statusText } from './words.ts';

/** A dated target on the timeline; `day` is its latest day, or its beginning when it has no end. */
export type TimelineEntry = { day: Day; initiative: Initiative; area: string | null; target: TargetAsOf };

/** Dated targets known on a day, earliest first. */
export const targetTimeline = rememberedByDay(findTimeline);

function findTimeline(register: Register, asOf: Day): TimelineEntry[] {
  return initiativesAsOf(register, asOf)
    .flatMap(({ initiative, area, targets }) =>
      targets.flatMap((target) => {
        const day = target.by?.latest ?? target.by?.from;
        return day === undefined ? [] : [{ day, initiative, area, target }];
      }),
    )
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

export type ChangeKind = 'announced' | 'status' | 'progress' | 'target-revised' | 'filed';

/** Something that became known of an initiative. */
export type Change = {
  /** Permanent: made of what never changes of the fact, e.g. `HAR-01/status/2021-09`. */
  id: string;
  kind: ChangeKind;
  /** From when it counts. */
  day: Day;
  /** As the document writes it; null for an undated step. */
  date: string | null;
  initiative: Initiative;
  text: Text;
  source: Source;
  /** When the register learned of it (ISO 8601); absent in data that was never stored. */
  recordedAt?: string | undefined;
};

/** Changes known on a day, newest first. */
export function changesAsOf(
  register: Register,
  asOf: Day,
  only?: (initiative: Initiative) => boolean,
): Change[] {
  const all = changesKnown(register, asOf);
  return only === undefined ? all : all.filter(({ initiative }) => only(initiative));
}

const changesKnown = rememberedByDay((register: Register, asOf: Day): Change[] =>
  allChanges(register).filter(({ day }) => day <= asOf),
);

const changesBy = rememberedByDay((register, asOf) =>
  Map.groupBy(changesKnown(register, asOf), ({ initiative }) => initiative),
);

/** Those of one initiative, newest first. */
export const changesOfInitiative = (register: Register, initiative: Initiative, asOf: Day): Change[] =>
  changesBy(register, asOf).get(initiative) ?? [];

const remembered = new WeakMap<Register, Change[]>();

/** Newest first. */
function allChanges(register: Register): Change[] {
  const known = remembered.get(register);
  if (known) return known;
  const changes = register.initiatives
    .flatMap((initiative) => changesOf(register, initiative))
    .toSorted((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
  remembered.set(register, changes);
  return changes;
}

/** The day from which it counts, or the instant of its recording when that is later. */
export function learnedAt({ day, recordedAt }: Change): Date {
  const counts = Date.parse(`${day}T00:00:00Z`);
  return new Date(recordedAt === undefined ? counts : Math.max(counts, Date.parse(recordedAt)));
}

const isBefore = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By when the register learned of them, newest first; of one moment the latest day first, then by id. */
export const byLearning = (changes: Change[]): Change[] =>
  changes
    .map((change) => ({ ...change, change, at: learnedAt(change).getTime() }))
    .toSorted((a, b) => b.at - a.at || isBefore(b.day, a.day) || isBefore(a.id, b.id))
    .map(({ change }) => change);

/** What names a source for good: its place, or its very words. */
const sourceKey = (source: Source): string =>
  'document' in source
    ? [source.document, source.line, source.heading ?? ''].join(':')
    : [source.statement.en, source.statement.tc, source.url ?? ''].join(':');

type Known = { date: string | null; text: Text; source: Source; recordedAt?: string | undefined };

function changesOf(register: Register, initiative: Initiative): Change[] {
  const change = (kind: ChangeKind, key: string, { date, text, source, recordedAt }: Known): Change => ({
    id: `${initiative.id}/${kind}${key && `/${key}`}`,
    kind,
    initiative,
    day: lastDay(date ?? '9999'),
    ...{ date, text, source, recordedAt },
  });
  const blueprint = register.programme.blueprints.find(({ number }) => number === initiative.blueprint)?.name;
  const area = (id: string) => register.areaById.get(id)?.name ?? sameText(id);
  const steps = initiative.progress.map((step) => ({
    ...change('progress', `${step.date ?? 'undated'}/${sourceKey(step.source)}`, step),
    day: step.knownFrom,
  }));
  const revisions = initiative.targets.flatMap((target) =>
    target.revisions.map(({ announced: date, by, ...rest }, index) =>
      change('target-revised', `${target.id}/${date}`, {
        ...rest,
        date,
        text: revisedText(target.what, by.words, target.by === null && index === 0),
      }),
    ),
  );
  return [
    change('announced', '', {
      ...initiative.announced,
      recordedAt: initiative.recordedAt,
      text: {
        en: `Promised in ${blueprint?.en ?? 'the blueprint'}.`,
        tc: `${blueprint?.tc ?? '藍圖'}提出這項措施。`,
      },
    }),
    ...initiative.classifications.slice(1).map(({ from: date, area: id, ...rest }) =>
      change('filed', date, {
        ...rest,
        date,
        text: { en: `Counted under ${area(id).en} from here on.`, tc: `由此起歸入${area(id).tc}計算。` },
      }),
    ),
    ...initiative.statuses.map(({ from: date, status, ...rest }) =>
      change('status', date, { ...rest, date, text: publishedText(statusText[status], date) }),
    ),
    ...steps,
    ...revisions,
  ];
}

const publishedText = (status: Text, date: string): Text => ({
  en: `Status as of ${dateText(date).en}: ${status.en.toLowerCase()}.`,
  tc: `截至${dateText(date).tc}的狀況：${status.tc}。`,
});

const revisedText = (what: Text, by: Text, isFirst: boolean): Text => ({
  en: `${isFirst ? 'First' : 'New'} date for “${what.en}”: ${by.en}.`,
  tc: `「${what.tc}」${isFirst ? '首次訂明的日期' : '的新日期'}：${by.tc}。`,
});
