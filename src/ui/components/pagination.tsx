// Ways to the next part of a long list, by cursor or by number.

import type { Language } from '../../core/texts.ts';
import { word } from '../texts.ts';

export type PaginationProps = {
  language: Language;
  /** Address of the part before and after; absent at the ends. */
  previousHref?: string | undefined;
  nextHref?: string | undefined;
  /** Address of the start, for lists by cursor that cannot go back one by one. */
  firstHref?: string | undefined;
  /** Numbered pages; `gap` puts an ellipsis before the page. */
  pages?: { number: number; href: string; current?: boolean; gap?: boolean }[];
  /** Such as `1 to 25 of 144`. */
  summary?: string;
  /** Tells it from another one on the page. */
  label?: string;
};

export const Pagination = (props: PaginationProps) => (
  <nav class="pagination" aria-label={props.label ?? word('pages', props.language)}>
    {props.firstHref ? <a href={props.firstHref}>{word('first', props.language)}</a> : null}
    {props.previousHref ? (
      <a href={props.previousHref} rel="prev">
        {word('previous', props.language)}
      </a>
    ) : null}
    {props.pages ? (
      <ol>
        {props.pages.map((page) => (
          <>
            {page.gap ? (
              <li>
                <span>…</span>
              </li>
            ) : null}
            <li>
              <a href={page.href} aria-current={page.current ? 'page' : undefined}>
                {page.number}
              </a>
            </li>
          </>
        ))}
      </ol>
    ) : null}
    {props.nextHref ? (
      <a href={props.nextHref} rel="next">
        {word('next', props.language)}
      </a>
    ) : null}
    {props.summary ? <span class="quiet small">{props.summary}</span> : null}
  </nav>
);
