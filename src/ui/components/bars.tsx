// Bars that show parts of a whole: height and outline tell them apart, not colour alone.

import type { Language } from '../../core/texts.ts';
import { formatNumber } from '../format.ts';
import { colon, word } from '../texts.ts';
import { Shape, type Tone } from './status.tsx';

export type Segment = { tone: Tone; value: number; label: string };

const height = 12;
/** Full for done, half for what is under way, hollow for trouble, a line for the rest. */
const look: Record<Tone, { y: number; height: number }> = {
  done: { y: 0, height },
  going: { y: height / 2, height: height / 2 },
  trouble: { y: 1, height: height - 2 },
  unknown: { y: height - 2, height: 2 },
  past: { y: height - 2, height: 2 },
};

export const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;

/** Rectangles of the parts of a whole, from left to right over the whole width of the drawing. */
export function SegmentRects({ segments, y = 0 }: { segments: Segment[]; y?: number }) {
  const total = segments.reduce((sum, segment) => sum + segment.value, 0);
  let start = 0;
  return (
    <>
      {segments.map(({ tone, value }) => {
        const x = start / total;
        start += value;
        return value > 0 ? (
          <rect
            class={`fill-${tone}`}
            x={percent(x)}
            y={y + look[tone].y}
            width={percent(value / total)}
            height={look[tone].height}
          />
        ) : null;
      })}
    </>
  );
}

/** `complete: 28, in progress: 4`; says so when there is nothing. */
export const segmentWords = (segments: Segment[], language: Language): string =>
  segments
    .filter((segment) => segment.value > 0)
    .map((segment) => segment.label + colon(language) + formatNumber(segment.value))
    .join(language === 'en' ? ', ' : '，') || word('noData', language);

export type StackedBarProps = {
  segments: Segment[];
  language: Language;
  /** What the whole is. */
  label: string;
  /** Print the words and numbers under the bar; leave out in a table that has them in columns. */
  labelled?: boolean;
};

export function StackedBar({ segments, language, label, labelled }: StackedBarProps) {
  const shown = segments.filter((segment) => segment.value > 0);
  return (
    <>
      <svg class="bar" role="img" aria-label={label + colon(language) + segmentWords(shown, language)}>
        <SegmentRects segments={shown} />
      </svg>
      {labelled ? (
        <div class="bar-labels" aria-hidden="true">
          {shown.map((segment) => (
            <span class={`status tone-${segment.tone}`}>
              <Shape tone={segment.tone} />
              {`${formatNumber(segment.value)} ${segment.label}`}
            </span>
          ))}
        </div>
      ) : null}
    </>
  );
}

export type ProgressBarProps = {
  value: number;
  max: number;
  /** What is counted, e.g. `Targets reached`. */
  label: string;
  language: Language;
};

/** How much of something is done: `12 of 20`. */
export function ProgressBar({ value, max, label, language }: ProgressBarProps) {
  const text = language === 'en' ? `${value} of ${max}` : `${value}／${max}`;
  return (
    <svg class="bar" role="img" aria-label={label + colon(language) + text}>
      <rect class="fill-track" x="0" y={height - 2} width="100%" height="2" />
      <rect class="fill-done" x="0" y="0" width={percent(max > 0 ? value / max : 0)} height={height} />
    </svg>
  );
}
