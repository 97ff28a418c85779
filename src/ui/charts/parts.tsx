// What all charts share: the named drawing, values with qualifiers, dates as numbers, the scale of years.

import { scaleLinear, scaleUtc } from 'd3-scale';
import type { ComponentChildren } from 'preact';
import type { Language } from '../../core/texts.ts';
import { word } from '../texts.ts';

/** How exactly a figure is known. */
export type Qualifier = 'exact' | 'over' | 'under' | 'about';

export type ChartProps = {
  /** Unique on the page. */
  id: string;
  language: Language;
  /** Short name of the drawing. */
  title: string;
  /** The sentence that says what it shows; read out in place of the drawing. */
  description: string;
};

/** As wide as its column, `height` in pixels; positions inside are in per cent and pixels. */
export const Drawing = (props: ChartProps & { height: number; children: ComponentChildren }) => (
  <svg
    class="chart"
    role="img"
    aria-labelledby={`${props.id}-title ${props.id}-description`}
    width="100%"
    height={Math.round(props.height)}
  >
    <title id={`${props.id}-title`}>{props.title}</title>
    <desc id={`${props.id}-description`}>{props.description}</desc>
    {props.children}
  </svg>
);

/** The value as it is written, with `over`, `under` or `about` before it. */
export function qualified(text: string, qualifier: Qualifier | undefined, language: Language): string {
  if (!qualifier || qualifier === 'exact') return text;
  return word(qualifier, language) + (language === 'en' ? ' ' : '') + text;
}

/** Position from the left, as an attribute. */
export const at = (percent: number): string => `${Math.round(percent * 100) / 100}%`;

/** Milliseconds of a date; of a year or month its last day, because figures are given for its end. */
export function dateMs(date: string): number {
  const [year = 1970, month, day] = date.slice(0, 10).split('-').map(Number);
  if (month === undefined) return Date.UTC(year, 11, 31);
  return day === undefined ? Date.UTC(year, month, 0) : Date.UTC(year, month - 1, day);
}

const dayMs = 86_400_000;

/** Ticks at the first of January; at most `most`, so that their words never touch on a phone. */
export function yearTicks(fromMs: number, toMs: number, most: number): { ms: number; label: string }[] {
  const from = new Date(fromMs - dayMs).getUTCFullYear() + 1;
  const to = new Date(toMs).getUTCFullYear();
  const step = Math.max(1, Math.ceil((to - from + 1) / most));
  const years = [];
  for (let year = from; year <= to; year += step)
    years.push({ ms: Date.UTC(year, 0, 1), label: String(year) });
  return years;
}

/** Dates to per cent of the width. */
export const dateScale = (fromMs: number, toMs: number, range: [number, number]) =>
  scaleUtc()
    .domain(toMs > fromMs ? [fromMs, toMs] : [fromMs - 183 * dayMs, toMs + 183 * dayMs])
    .range(range);

/** Values to per cent of the width, or to pixels of the height. */
export const valueScale = (domain: [number, number], range: [number, number]) =>
  scaleLinear().domain(domain).range(range);
