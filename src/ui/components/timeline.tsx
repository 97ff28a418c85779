// What happened, in order, each entry with its date and source; an undated entry says so.

import type { ComponentChildren } from 'preact';
import type { Language } from '../../core/texts.ts';
import { formatDate } from '../format.ts';
import { word } from '../texts.ts';
import type { Tone } from './status.tsx';

export type TimelineEntry = {
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; absent when the source gives none. */
  date?: string | undefined;
  /** Replaces the words of the date, e.g. `by the end of 2024`. */
  dateLabel?: string | undefined;
  text: ComponentChildren;
  source?: ComponentChildren;
  tone?: Tone;
};

type TimelineProps = {
  language: Language;
  entries?: TimelineEntry[];
  /** Instead of entries: each a `TimelineStep`. */
  children?: ComponentChildren;
};

export const Timeline = ({ entries = [], language, children }: TimelineProps) => (
  <ol class="timeline">
    {children ?? entries.map((entry) => <TimelineStep entry={entry} language={language} />)}
  </ol>
);

/** One entry, for a list whose entries are kept one by one. */
export const TimelineStep = ({ entry, language }: { entry: TimelineEntry; language: Language }) => (
  <li class={entry.date ? `is-${entry.tone ?? 'plain'}` : 'is-undated'}>
    <span class="when">
      {entry.date ? (
        <time datetime={entry.date}>{entry.dateLabel ?? formatDate(entry.date, language)}</time>
      ) : (
        (entry.dateLabel ?? word('undated', language))
      )}
    </span>
    <div>{entry.text}</div>
    {entry.source ? <div class="source">{entry.source}</div> : null}
  </li>
);
