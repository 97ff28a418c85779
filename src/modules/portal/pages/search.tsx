// The search page: everything on the site, in English and Chinese, with slips forgiven.

import { page, type View } from '../../../core/module.ts';
import { bestLine, markMatches, type SearchAnswer } from '../../../core/search.ts';
import { siteSearchIndex } from '../../../core/site-search.ts';
import { type Language, say } from '../../../core/texts.ts';
import {
  EmptyState,
  Notice,
  PageHeader,
  Pagination,
  SearchForm,
  SearchResults,
  Section,
  TagList,
} from '../../../ui/index.ts';
import { resultsPerPage, searchPageQuery } from '../schema.ts';
import { phrases, texts } from '../texts.ts';

type Asked = { q: string; kind: string | undefined; page: number };

export const searchPage = page({
  path: '/search',
  audience: 'public',
  cache: 'change',
  query: searchPageQuery,
  dependsOn: 'all',
  async render({ house, language, query }) {
    const index = await siteSearchIndex(house);
    return searchView(language, { ...query, kind: query.kind }, index.search(query.q));
  },
});

const address = (language: Language, { q, kind, page: number }: Asked) => {
  const pairs = [`q=${encodeURIComponent(q)}`];
  if (kind) pairs.push(`kind=${encodeURIComponent(kind)}`);
  if (number > 1) pairs.push(`page=${number}`);
  return `/${language}/search?${pairs.join('&')}`;
};

function searchView(language: Language, asked: Asked, answer: SearchAnswer): View {
  const t = (text: Parameters<typeof say>[0]) => say(text, language);
  const { q } = asked;
  const found = asked.kind ? answer.hits.filter((hit) => hit.document.kind.en === asked.kind) : answer.hits;
  const title = q === '' ? t(texts.search) : t(phrases.found(found.length, q));
  return {
    title: t(texts.search),
    noIndex: true,
    main: (
      <>
        <PageHeader
          kicker={t(texts.search)}
          title={title}
          lede={q === '' ? t(texts.searchStart) : undefined}
          actions={
            <SearchForm
              id="page-search"
              action={`/${language}/search`}
              language={language}
              value={q}
              placeholder={t(texts.searchHint)}
            />
          }
        />
        {q === '' ? null : found.length === 0 ? (
          <EmptyState title={t(texts.nothingFound)} action={<a href={`/${language}`}>{t(texts.toHome)}</a>}>
            {t(texts.nothingFoundHint)}
          </EmptyState>
        ) : (
          <Found language={language} asked={asked} answer={answer} found={found} />
        )}
      </>
    ),
  };
}

type FoundProps = { language: Language; asked: Asked; answer: SearchAnswer; found: SearchAnswer['hits'] };

function Found({ language, asked, answer, found }: FoundProps) {
  const t = (text: Parameters<typeof say>[0]) => say(text, language);
  const page = Math.min(asked.page, Math.ceil(found.length / resultsPerPage));
  const start = (page - 1) * resultsPerPage;
  const shown = found.slice(start, start + resultsPerPage);
  const kinds = new Map(answer.hits.map((hit) => [hit.document.kind.en, hit.document.kind]));
  const countOf = (kind: string) => answer.hits.filter((hit) => hit.document.kind.en === kind).length;
  const link = (change: Partial<Asked>) => address(language, { ...asked, page: 1, ...change });
  return (
    <Section
      id="results"
      title={t(texts.results)}
      margin={
        <TagList
          label={t(texts.kinds)}
          items={[
            {
              label: `${t(texts.allKinds)} (${answer.hits.length})`,
              href: link({ kind: undefined }),
              strong: !asked.kind,
            },
            ...[...kinds].map(([kind, text]) => ({
              label: `${t(text)} (${countOf(kind)})`,
              href: link({ kind }),
              strong: asked.kind === kind,
            })),
          ]}
        />
      }
    >
      {answer.complete ? null : (
        <Notice kind="information" language={language}>
          {t(texts.nearMatches)}
        </Notice>
      )}
      <SearchResults
        hits={shown.map(({ document }) => ({
          href: `/${language}${document.path}`,
          title: t(document.title),
          kind: t(document.kind),
          excerpt: markMatches(bestLine(t(document.body), asked.q), asked.q)
            .map(([text]) => text)
            .join(''),
        }))}
        terms={matchedWords(
          [
            ...shown.map(({ document }) => t(document.title)),
            ...shown.map(({ document }) => t(document.body)),
          ],
          asked.q,
        )}
      />
      {found.length > resultsPerPage ? (
        <Pagination
          language={language}
          previousHref={page > 1 ? link({ page: page - 1 }) : undefined}
          nextHref={start + resultsPerPage < found.length ? link({ page: page + 1 }) : undefined}
          summary={t(phrases.range(start + 1, start + shown.length, found.length))}
        />
      ) : null}
    </Section>
  );
}

/** The words of the texts that the query matches, as they are written there. */
const matchedWords = (texts: string[], query: string): string[] => [
  ...new Set(
    texts.flatMap((text) =>
      markMatches(text, query, text.length)
        .filter(([, matched]) => matched)
        .map(([piece]) => piece),
    ),
  ),
];
