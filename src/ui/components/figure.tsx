// A chart with what makes it honest: the sentence, the table, the source, the age, the data to take away.

import type { ComponentChildren } from 'preact';
import type { Language } from '../../core/texts.ts';
import { word } from '../texts.ts';
import { Disclosure } from './disclosure.tsx';

export type FigureProps = {
  id: string;
  language: Language;
  /** What to see, as a headline; an `h3` inside a section. */
  title?: string;
  /** The one sentence that says what the chart shows. */
  summary: ComponentChildren;
  /** The chart. */
  children: ComponentChildren;
  /** The same figures as a `DataTable`. */
  table?: ComponentChildren;
  source?: ComponentChildren;
  age?: ComponentChildren;
  download?: { href: string; label?: string };
};

export const Figure = (props: FigureProps) => (
  <figure class="figure" id={props.id}>
    <figcaption>
      {props.title ? <h3>{props.title}</h3> : null}
      <p class={props.title ? 'quiet' : undefined}>{props.summary}</p>
    </figcaption>
    {props.children}
    {props.age || props.source || props.download ? (
      <div class="foot-line">
        {props.age}
        {props.source}
        {props.download ? (
          <a class="no-print" href={props.download.href}>
            {props.download.label ?? word('download', props.language)}
          </a>
        ) : null}
      </div>
    ) : null}
    {props.table ? <Disclosure summary={word('showTable', props.language)}>{props.table}</Disclosure> : null}
  </figure>
);
