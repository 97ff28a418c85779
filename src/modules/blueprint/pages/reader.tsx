// What every blueprint page starts from: the register, the reader's language, and the way sources are named.

import type { House } from '../../../core/house.ts';
import { rememberedPart } from '../../../core/markup.ts';
import { type Language, say, type Text } from '../../../core/texts.ts';
import { formatDate, type Link, SourceNote, type StatusKind } from '../../../ui/index.ts';
import type { Register, Source } from '../schema/index.ts';
import { texts } from '../texts/index.ts';

/** The register as one reader sees it. */
export type Reader = {
  register: Register;
  language: Language;
  /** A text in the reader's language. */
  t(text: Text): string;
  /** Address of a page in the reader's language. */
  href(path: string): string;
  /** A written date, also a range such as `2020-07/2020-12`, in words. */
  date(written: string): string;
};

const readers = new WeakMap<Register, Map<Language, Reader>>();

/** One reader for each language, so that pages make no functions of their own. */
export function readerOf(register: Register, language: Language): Reader {
  const known = readers.get(register) ?? new Map<Language, Reader>();
  readers.set(register, known);
  const reader = known.get(language) ?? openReader(register, language);
  known.set(language, reader);
  return reader;
}

function openReader(register: Register, language: Language): Reader {
  const inWords = (written: string) =>
    written
      .split('/')
      .map((part) => formatDate(part, language))
      .join(language === 'en' ? ' to ' : '至');
  return {
    register,
    language,
    t: (text) => say(text, language),
    href: (path) => `/${language}${path === '/' ? '' : path}`,
    date: inWords,
  };
}

/** Home page and further steps, as breadcrumbs. */
export const trail = (reader: Reader, ...steps: [Text, string][]): Link[] => [
  { label: reader.t(texts.home), href: reader.href('/') },
  ...steps.map(([label, path]) => ({ label: reader.t(label), href: reader.href(path) })),
];

type SourcesProps = { reader: Reader; sources: Source[] };

const SourcesOf = ({ reader, sources }: SourcesProps) => (
  <SourceNote language={reader.language} sources={sources.map((source) => sourceItem(reader, source))} />
);

/** A source in one line; documents link to the page that lists them. */
export const Sources = (props: SourcesProps) => {
  const [first, second] = props.sources;
  return first !== undefined && second === undefined ? (
    rememberedPart(first, props.reader.language, () => <SourcesOf {...props} />)
  ) : (
    <SourcesOf {...props} />
  );
};

function sourceItem(reader: Reader, source: Source) {
  if (!('document' in source)) {
    return { label: reader.t(source.statement), ...(source.url ? { href: source.url } : {}) };
  }
  const document = reader.register.documentById.get(source.document);
  const line = reader.language === 'en' ? `line ${source.line}` : `第${source.line}行`;
  return {
    label: document ? reader.t(document.shortTitle) : source.document,
    href: `${reader.href('/sources')}#document-${source.document}`,
    place: line,
  };
}

/** Same source cited for several lines is named once. */
export function distinctSources(sources: Source[]): Source[] {
  const seen = new Set<string>();
  return sources.filter((source) => {
    const key = 'document' in source ? `${source.document}:${source.line}` : JSON.stringify(source.statement);
    return !seen.has(key) && seen.add(key);
  });
}

/** Links one under the other without rules, for the cells of a table. */
export const PlainLinks = ({ items }: { items: Link[] }) => (
  <>
    {items.map((item, index) => (
      <>
        {index > 0 ? <br /> : null}
        <a href={item.href}>{item.label}</a>
      </>
    ))}
  </>
);

/** How a published status is drawn. */
export const statusKind: Record<string, StatusKind> = {
  'completed-or-ongoing': 'done',
  'in-progress': 'in-progress',
  announced: 'planned',
};

export type { House };
