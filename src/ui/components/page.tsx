// The large parts of a page: its header, its sections, two columns.

import type { ComponentChildren } from 'preact';
import { Phrases } from '../phrases.tsx';

export type PageHeaderProps = {
  title: string;
  /** A few words in the margin: what kind of page this is, its code. */
  kicker?: ComponentChildren;
  /** The answer in one sentence. */
  lede?: ComponentChildren;
  /** Status, tags, dates. */
  meta?: ComponentChildren;
  /** Search, buttons. */
  actions?: ComponentChildren;
};

/** The one `h1` of a page with what belongs to it. */
export const PageHeader = ({ title, kicker, lede, meta, actions }: PageHeaderProps) => (
  <div class="page-header">
    {kicker ? <p class="kicker small">{kicker}</p> : null}
    <h1>
      <Phrases text={title} />
    </h1>
    {lede ? <p class="lede">{lede}</p> : null}
    {meta ? <div class="meta">{meta}</div> : null}
    {actions ? <div class="actions">{actions}</div> : null}
  </div>
);

export type SectionProps = {
  /** Unique on the page; also the anchor. */
  id: string;
  title: string;
  /** A quiet sentence under the heading. */
  note?: ComponentChildren;
  /** Further things for the margin, such as a `FilterForm`. */
  margin?: ComponentChildren;
  children: ComponentChildren;
};

/** A part of the page: heading in the margin (wide) or above (narrow), content in the strong column. */
export const Section = ({ id, title, note, margin, children }: SectionProps) => (
  <section class="section" id={id} aria-labelledby={`${id}-heading`}>
    <div class="section-head">
      <h2 id={`${id}-heading`}>
        <Phrases text={title} />
      </h2>
      {note ? <p class="note">{note}</p> : null}
      {margin ? <div class="margin">{margin}</div> : null}
    </div>
    <div class="section-body">{children}</div>
  </section>
);

/** A main column and a narrower one beside it; one under the other on a phone. */
export const Split = ({ children, aside }: { children: ComponentChildren; aside: ComponentChildren }) => (
  <div class="split">
    <div class="prose">{children}</div>
    <div class="prose">{aside}</div>
  </div>
);

/** Running text: paragraphs and lists at a readable width. */
export const Prose = ({ children }: { children: ComponentChildren }) => <div class="prose">{children}</div>;
