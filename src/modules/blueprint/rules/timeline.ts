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
  /** Stable, e.g. `GOV-01/progress/2`. */
  id: string;
  kind: ChangeKind;
  /** From when it counts. */
  day: Day;
  /** As the document writes it; null for an undated step. */
  date: string | null;
  initiative: Initiative;
  text: Text;
  source: Source;
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

function changesOf(register: Register, initiative: Initiative): Change[] {
  const change = (
    kind: ChangeKind,
    index: number,
    rest: { date: string | null; text: Text; source: Source },
  ) => ({
    id: `${initiative.id}/${kind}/${index + 1}`,
    kind,
    initiative,
    day: lastDay(rest.date ?? '9999'),
    ...rest,
  });
  const blueprint = register.programme.blueprints.find(({ number }) => number === initiative.blueprint)?.name;
  const area = (id: string) => register.areaById.get(id)?.name ?? sameText(id);
  const steps = initiative.progress.map((step, index) => ({
    ...change('progress', index, step),
    day: step.knownFrom,
  }));
  const revisions = initiative.targets.flatMap((target) =>
    target.revisions.map(({ announced: date, by, source }, index) => ({
      ...change('target-revised', index, {
        date,
        source,
        text: revisedText(target.what, by.words, target.by === null && index === 0),
      }),
      id: `${target.id}/revised/${index + 1}`,
    })),
  );
  return [
    change('announced', 0, {
      ...initiative.announced,
      text: {
        en: `Promised in ${blueprint?.en ?? 'the blueprint'}.`,
        tc: `${blueprint?.tc ?? '藍圖'}提出這項措施。`,
      },
    }),
    ...initiative.classifications.slice(1).map(({ from: date, source, area: id }, index) =>
      change('filed', index, {
        date,
        source,
        text: { en: `Counted under ${area(id).en} from here on.`, tc: `由此起歸入${area(id).tc}計算。` },
      }),
    ),
    ...initiative.statuses.map(({ from: date, source, status }, index) =>
      change('status', index, { date, source, text: publishedText(statusText[status], date) }),
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
