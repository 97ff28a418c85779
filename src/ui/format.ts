// How dates and numbers are written for people in each language.

import type { Language } from '../core/texts.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const datePattern = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2}).*)?)?)?$/;

/**
 * A date as exact as it was given: `2024`, `2024-06`, `2024-06-30` or `2024-06-30T14:05`.
 * The time is written as it stands; no zone is applied. What is not such a date comes back as it is.
 */
export function formatDate(date: string, language: Language): string {
  const parts = datePattern.exec(date);
  if (!parts) return date;
  const [, year, month, day, time] = parts;
  const clock = time ? (language === 'en' ? `, ${time}` : ` ${time}`) : '';
  if (language === 'en') {
    const name = month ? (months[Number(month) - 1] ?? month) : '';
    return [day ? String(Number(day)) : '', name, year].filter(Boolean).join(' ') + clock;
  }
  return `${year}年${month ? `${Number(month)}月` : ''}${day ? `${Number(day)}日` : ''}${clock}`;
}

/** As `formatDate`, shortened for tables and charts: `Jun 2024`, `30 Jun 2024`; Chinese is short already. */
export function formatShortDate(date: string, language: Language): string {
  const long = formatDate(date, language);
  return language === 'en' ? long.replace(/([A-Z][a-z]{2})[a-z]+/, '$1') : long;
}

const numberFormats = new Map<number, Intl.NumberFormat>();

/** A number with thousands separators, at most `decimals` places (default 2). */
export function formatNumber(value: number, decimals = 2): string {
  let format = numberFormats.get(decimals);
  if (!format) {
    format = new Intl.NumberFormat('en', { maximumFractionDigits: decimals });
    numberFormats.set(decimals, format);
  }
  return format.format(value);
}

type Step = { from: number; en: string; tc: string; sc: string };
const steps: Step[] = [
  { from: 1e9, en: ' billion', tc: '', sc: '' },
  { from: 1e8, en: '', tc: '億', sc: '亿' },
  { from: 1e6, en: ' million', tc: '', sc: '' },
  { from: 1e4, en: '', tc: '萬', sc: '万' },
];

/**
 * A large number in words of its language: `14.7 million`, `1,470萬`; small ones in full.
 * `like` gives the number whose size decides the word, so that a whole scale reads alike.
 */
export function formatCompact(value: number, language: Language, like = value): string {
  const step = steps.find((candidate) => Math.abs(like) >= candidate.from && candidate[language] !== '');
  return step ? formatNumber(value / step.from) + step[language] : formatNumber(value);
}

/** A share of 0 to 1 in whole per cent, never rounding an unfinished whole up to 100 %. */
export function formatShare(share: number): string {
  const percent = share * 100;
  const rounded = percent < 100 ? Math.min(99, Math.round(percent)) : Math.round(percent);
  return `${percent > 0 && rounded === 0 ? 1 : rounded}%`;
}
