// Words for states, dates and figures, in English and Traditional Chinese.

import { sameText, type Text } from '../../../core/texts.ts';
import type { Indicator, InitiativeData, Point, Register, Source, WrittenDate } from '../schema/index.ts';
import type { Status } from './as-of.ts';
import type { Slip, TargetState } from './targets.ts';

export const statusText: Record<Status, Text> = {
  announced: { en: 'Announced, status not published', tc: '已公布，未公布狀況' },
  'in-progress': { en: 'In progress', tc: '尚在進行' },
  'completed-or-ongoing': { en: 'Complete or ongoing', tc: '已完成或持續推行' },
};

export const targetStateText: Record<TargetState, Text> = {
  undated: { en: 'No date promised', tc: '沒有訂明日期' },
  'open-ended': { en: 'Only a start date was given', tc: '只訂明何時開始' },
  ahead: { en: 'Date not reached', tc: '未到期' },
  met: { en: 'Reported complete or ongoing', tc: '已公布完成或持續推行' },
  'not-listed': { en: 'Not listed as unfinished since', tc: '其後文件沒有列為未完成' },
  overdue: { en: 'Date passed, still in progress', tc: '已過期，仍在進行' },
  'passed-no-status': { en: 'Date passed, no status published', tc: '已過期，未公布狀況' },
  'passed-unconfirmed': { en: 'Date passed, nothing published since', tc: '已過期，其後未有公布' },
};

export const newMarkText: Record<NonNullable<InitiativeData['newMark']>, Text> = {
  'same-bullet': { en: 'NEW is printed with it', tc: '文件在同一項印有NEW' },
  'next-line': { en: 'NEW is printed on the next line', tc: '文件在下一行印有NEW' },
  'next-line-inferred': {
    en: 'NEW is printed on the next line; from the layout we take it to belong here',
    tc: '文件在下一行印有NEW；按版面推斷屬於本項',
  },
};

export const natureText: Record<InitiativeData['nature'][number], Text> = {
  system: { en: 'System', tc: '系統' },
  infrastructure: { en: 'Infrastructure', tc: '基建' },
  programme: { en: 'Programme', tc: '計劃' },
  policy: { en: 'Policy', tc: '政策' },
  research: { en: 'Research', tc: '研究' },
  funding: { en: 'Funding', tc: '資助' },
  training: { en: 'Training', tc: '培訓' },
};

export const kindText: Record<Point['kind'], Text> = {
  actual: { en: 'actual', tc: '實際' },
  target: { en: 'target', tc: '目標' },
  injection: { en: 'added money', tc: '注資' },
  allocation: { en: 'allocation', tc: '撥款' },
  projection: { en: 'projection', tc: '推算' },
};

export const dateBasisText: Record<Point['basis'], Text> = {
  printed: { en: 'date printed with the figure', tc: '數字旁印有日期' },
  context: { en: 'date of the document', tc: '以文件日期為準' },
  inferred: { en: 'no date in the text; our reading', tc: '文中沒有日期，由我們推斷' },
};

const monthNames =
  'January February March April May June July August September October November December'.split(' ');

/** A written date in words, at the precision in which it was written. */
export function dateText(date: WrittenDate): Text {
  const [start, end] = date.split('/');
  if (end !== undefined) {
    const from = dateText(start!);
    const to = dateText(end);
    return { en: `${from.en} to ${to.en}`, tc: `${from.tc}至${to.tc}` };
  }
  const [year, month, day] = date.split('-');
  if (month === undefined) return { en: year!, tc: `${year}年` };
  const name = monthNames[Number(month) - 1]!;
  if (day === undefined) return { en: `${name} ${year}`, tc: `${year}年${Number(month)}月` };
  return { en: `${Number(day)} ${name} ${year}`, tc: `${year}年${Number(month)}月${Number(day)}日` };
}

const qualifierText: Record<Point['qualifier'], (value: string) => Text> = {
  exact: (value) => sameText(value),
  over: (value) => ({ en: `over ${value}`, tc: `超過${value}` }),
  about: (value) => ({ en: `about ${value}`, tc: `約${value}` }),
  'at-most': (value) => ({ en: `at most ${value}`, tc: `最多${value}` }),
  under: (value) => ({ en: `under ${value}`, tc: `少於${value}` }),
};

const isYear = (unit: string) => unit === 'year';

type Step = { from: number; word: string };
const english: Step[] = [
  { from: 1e12, word: ' trillion' },
  { from: 1e9, word: ' billion' },
  { from: 1e6, word: ' million' },
];
const chinese: Step[] = [
  { from: 1e12, word: '萬億' },
  { from: 1e8, word: '億' },
  { from: 1e4, word: '萬' },
];

/** In words of the largest step that keeps every digit in three decimals. */
function stepped(value: number, steps: Step[]): string {
  const step = steps.find(({ from }) => value >= from && value % (from / 1000) === 0);
  return step ? (value / step.from).toLocaleString('en') + step.word : value.toLocaleString('en');
}

/** From a million on in words, when that loses nothing: `14.7 million`, `1,470萬`; else in full. */
function largeNumber(value: number): Text {
  const full = value.toLocaleString('en');
  return value < 1e6 ? { en: full, tc: full } : { en: stepped(value, english), tc: stepped(value, chinese) };
}

const yearText: Record<Point['qualifier'], (year: string) => Text> = {
  exact: (year) => ({ en: year, tc: `${year}年` }),
  over: (year) => ({ en: `from ${year}`, tc: `由${year}年起` }),
  about: (year) => ({ en: `about ${year}`, tc: `約${year}年` }),
  'at-most': (year) => ({ en: `by ${year}`, tc: `${year}年或之前` }),
  under: (year) => ({ en: `before ${year}`, tc: `${year}年前` }),
};

/** The value with the document's own caution, without its unit: `over 230`, `超過230`. */
export function valueText(point: Pick<Point, 'value' | 'qualifier'>, unit: string): Text {
  if (typeof point.value !== 'number' || isYear(unit))
    return qualifierText[point.qualifier](String(point.value));
  const value = largeNumber(point.value);
  const word = qualifierText[point.qualifier];
  return { en: word(value.en).en, tc: word(value.tc).tc };
}

/** The value with caution and unit: `over 37,000 hotspots`, `超過37,000個熱點`. */
export function figureText(register: Register, indicator: Indicator, point: Point): Text {
  const value = valueText(point, indicator.unit);
  const unit = register.unitById.get(indicator.unit)!.name;
  if (indicator.unit === 'percent') return { en: `${value.en}%`, tc: `${value.tc}%` };
  if (isYear(indicator.unit)) return yearText[point.qualifier](String(point.value));
  if (indicator.unit === 'rank') return { en: `rank ${value.en}`, tc: `第${value.tc}位` };
  if (indicator.unit === 'rating') return value;
  return { en: `${value.en} ${unit.en}`, tc: `${value.tc}${unit.tc}` };
}

/** `15 months later`, `at least 2 months later`, `3 months earlier`. */
export function slipText(slip: Slip): Text {
  const days = Math.abs(slip.days);
  const months = Math.abs(slip.months);
  if (days === 0) return { en: 'unchanged', tc: '沒有改變' };
  const amount =
    months > 0 ? `${months} month${months === 1 ? '' : 's'}` : `${days} day${days === 1 ? '' : 's'}`;
  const amountTc = months > 0 ? `${months}個月` : `${days}日`;
  const later = slip.days > 0;
  return {
    en: `${slip.atLeast ? 'at least ' : ''}${amount} ${later ? 'later' : 'earlier'}`,
    tc: `${later ? '延後' : '提早'}${slip.atLeast ? '最少' : ''}${amountTc}`,
  };
}

/** Where it stands, for people: `Document 003, Annex 1 (line 124)`, or the statement. */
export function sourceText(source: Source): Text {
  if ('statement' in source) return source.statement;
  const { document, heading, line } = source;
  const place = heading === undefined ? '' : `, ${heading}`;
  return { en: `Document ${document}${place} (line ${line})`, tc: `文件${document}${place}（第${line}行）` };
}
