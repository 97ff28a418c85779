// The state of a thing as word, shape and colour together, and tags.

import type { Language } from '../../core/texts.ts';
import { type UiWord, word } from '../texts.ts';

/** Four shapes and colours stand behind all states; `past` is for what no longer counts. */
export type Tone = 'done' | 'going' | 'trouble' | 'unknown' | 'past';

export type StatusKind =
  | 'done'
  | 'completed'
  | 'ongoing'
  | 'works'
  | 'in-progress'
  | 'partly'
  | 'planned'
  | 'not-yet'
  | 'overdue'
  | 'silent'
  | 'unknown'
  | 'superseded';

const kinds: Record<StatusKind, { tone: Tone; word: UiWord }> = {
  done: { tone: 'done', word: 'done' },
  completed: { tone: 'done', word: 'completed' },
  ongoing: { tone: 'done', word: 'ongoing' },
  works: { tone: 'done', word: 'works' },
  'in-progress': { tone: 'going', word: 'inProgress' },
  partly: { tone: 'going', word: 'partly' },
  planned: { tone: 'unknown', word: 'planned' },
  'not-yet': { tone: 'unknown', word: 'notYet' },
  overdue: { tone: 'trouble', word: 'overdue' },
  silent: { tone: 'trouble', word: 'silent' },
  unknown: { tone: 'unknown', word: 'unknown' },
  superseded: { tone: 'past', word: 'superseded' },
};

/** Tone of a kind of status, for bars, timelines and charts. */
export const toneOf = (kind: StatusKind): Tone => kinds[kind].tone;

/** Word of a kind of status. */
export const statusWord = (kind: StatusKind, language: Language): string => word(kinds[kind].word, language);

const shapes = {
  done: <circle cx="6" cy="6" r="6" />,
  going: (
    <>
      <circle class="hollow" cx="6" cy="6" r="5" />
      <path d="M6 0a6 6 0 0 0 0 12z" />
    </>
  ),
  trouble: <path d="M6 0l6 12H0z" />,
  unknown: <circle class="hollow" cx="6" cy="6" r="5" />,
  past: <path d="M0 5h12v2H0z" />,
};

/** The bare shape of a tone; always put a word beside it. */
export const Shape = ({ tone }: { tone: Tone }) => (
  <svg viewBox="0 0 12 12" aria-hidden="true">
    {shapes[tone]}
  </svg>
);

/** `label` replaces the usual word, e.g. `silent for 212 days`. */
export const Status = (props: { kind: StatusKind; language: Language; label?: string }) => (
  <span class={`status tone-${toneOf(props.kind)}`}>
    <Shape tone={toneOf(props.kind)} />
    <span class="word">{props.label ?? statusWord(props.kind, props.language)}</span>
  </span>
);

export type TagItem = { label: string; href?: string; strong?: boolean };

/** A short word that classifies; `strong` for the one that must be seen, such as NEW. */
export const Tag = ({ label, href, strong }: TagItem) => {
  const name = strong ? 'tag tag-strong' : 'tag';
  return href ? (
    <a class={name} href={href}>
      {label}
    </a>
  ) : (
    <span class={name}>{label}</span>
  );
};

export const TagList = ({ items, label }: { items: TagItem[]; label?: string }) => (
  <ul class="tags" aria-label={label}>
    {items.map((item) => (
      <li>
        <Tag {...item} />
      </li>
    ))}
  </ul>
);
