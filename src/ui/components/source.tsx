// Where a value comes from, and how old it is.

import type { ComponentChildren } from 'preact';
import type { Language } from '../../core/texts.ts';
import { formatDate } from '../format.ts';
import { colon, word } from '../texts.ts';

export type SourceItem = {
  label: ComponentChildren;
  href?: string;
  /** Place inside the document: page, paragraph, line. */
  place?: string;
  date?: string;
};

/** `Source: label, place, date`, as a link when there is one; several are listed one after the other. */
export const SourceNote = ({ sources, language }: { sources: SourceItem[]; language: Language }) => {
  const comma = language === 'en' ? ', ' : '，';
  return (
    <p class="source">
      {word(sources.length > 1 ? 'sources' : 'source', language)}
      {colon(language)}
      {sources.map((source, index) => (
        <>
          {index > 0 ? (language === 'en' ? '; ' : '；') : null}
          {source.href ? <a href={source.href}>{source.label}</a> : source.label}
          {source.place ? comma + source.place : null}
          {source.date ? (
            <>
              {comma}
              <time datetime={source.date}>{formatDate(source.date, language)}</time>
            </>
          ) : null}
        </>
      ))}
    </p>
  );
};

export type AgeKind = 'live' | 'late' | 'recorded' | 'simulated';

const shapes: Record<AgeKind, string> = {
  live: 'M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z',
  late: 'M6 0l6 12H0z',
  recorded: 'M1 1h10v10H1z',
  simulated: 'M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z',
};

export type AgeNoteProps = {
  kind: AgeKind;
  language: Language;
  /** When the value was observed: a date or a local date and time, `2024-06-30T14:05`. */
  at?: string | undefined;
  /** Further words, e.g. `9 car parks silent for over an hour`. */
  children?: ComponentChildren;
};

/** Says whether a value is live, late, recorded or simulated, and of when. Only `live` has the lamp. */
export const AgeNote = ({ kind, language, at, children }: AgeNoteProps) => {
  const comma = language === 'en' ? ', ' : '，';
  return (
    <span class={`age age-${kind}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d={shapes[kind]} />
      </svg>
      <span>
        <span class="word">{word(kind, language)}</span>
        {at ? (
          <>
            {comma}
            <time datetime={at}>{formatDate(at, language)}</time>
          </>
        ) : null}
        {children ? (
          <>
            {comma}
            {children}
          </>
        ) : null}
      </span>
    </span>
  );
};
