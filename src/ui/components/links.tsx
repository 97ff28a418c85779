// Ways from here to elsewhere: breadcrumbs, lists of links, lists of documents.

import type { ComponentChildren } from 'preact';
import { type Language, languageTag } from '../../core/texts.ts';
import { formatDate } from '../format.ts';
import { word } from '../texts.ts';

export type Link = { label: string; href: string };

/** The way from the home page down to, but without, this page. */
export const Breadcrumbs = ({ items, language }: { items: Link[]; language: Language }) => (
  <nav class="breadcrumbs" aria-label={word('breadcrumbs', language)}>
    <ol>
      {items.map((item) => (
        <li>
          <a href={item.href}>{item.label}</a>
        </li>
      ))}
    </ol>
  </nav>
);

export type LinkListItem = Link & {
  /** A second, quiet line. */
  note?: ComponentChildren;
  /** Stands after the link, such as a `Status`. */
  after?: ComponentChildren;
};

/** One link of a list, for lists whose links are kept one by one. */
export const ListedLink = ({ item }: { item: LinkListItem }) => (
  <li>
    <a href={item.href}>{item.label}</a>
    {item.after ? <> {item.after}</> : null}
    {item.note ? <span class="note">{item.note}</span> : null}
  </li>
);

/** Links one under the other, with rules between; `children` instead of items: each a `ListedLink`. */
export const LinkList = ({
  items = [],
  children,
}: {
  items?: LinkListItem[];
  children?: ComponentChildren;
}) => <ul class="links">{children ?? items.map((item) => <ListedLink item={item} />)}</ul>;

export type DocumentItem = {
  title: string;
  href?: string;
  publisher?: string;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  date?: string;
  /** Such as `PDF, 1.2 MB`. */
  format?: string;
  /** Language of the document when it is not the page's. */
  language?: Language;
  note?: ComponentChildren;
};

/** Papers and files, each with publisher, date and format. */
export const DocumentList = ({ items, language }: { items: DocumentItem[]; language: Language }) => (
  <ul class="links documents">
    {items.map((item) => {
      const tag = item.language ? languageTag[item.language] : undefined;
      const facts = [item.publisher, item.date && formatDate(item.date, language), item.format];
      return (
        <li class="document">
          {item.href ? (
            <a href={item.href} hreflang={tag} lang={tag}>
              {item.title}
            </a>
          ) : (
            <span lang={tag}>{item.title}</span>
          )}
          <span class="document-meta">{facts.filter(Boolean).join(' · ')}</span>
          {item.note ? <span class="note">{item.note}</span> : null}
        </li>
      );
    })}
  </ul>
);
