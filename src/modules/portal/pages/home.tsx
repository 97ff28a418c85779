// The home page: the answer in one sentence, the search, and the parts that every module brings.

import { page } from '../../../core/module.ts';
import { say } from '../../../core/texts.ts';
import { PageHeader, SearchForm } from '../../../ui/index.ts';
import { texts } from '../texts.ts';

export const homePage = page({
  path: '/',
  audience: 'public',
  cache: 'change',
  dependsOn: 'all',
  async render({ house, language, origin }) {
    const lists = await Promise.all(
      house.modules.map((module) => module.frontParts?.(house, language) ?? []),
    );
    const parts = lists.flat().sort((a, b) => a.order - b.order);
    const first = parts.find((part) => part.headline);
    const { edition } = house;
    const siteName = say(edition.siteName, language);
    const description = say(edition.description, language);
    const feeds = house.modules.flatMap(({ dataLinks = [] }) =>
      dataLinks.filter(({ kind }) => kind === 'feed'),
    );
    return {
      title: siteName,
      description,
      alternates: feeds.map(({ label, href }) => ({
        type: 'application/atom+xml',
        href: href(language),
        title: say(label, language),
      })),
      structuredData: [
        {
          '@context': 'https://schema.org',
          '@type': 'WebSite',
          name: siteName,
          description,
          url: `${origin}/${language}`,
          potentialAction: {
            '@type': 'SearchAction',
            target: `${origin}/${language}/search?q={search_term_string}`,
            'query-input': 'required name=search_term_string',
          },
        },
      ],
      main: (
        <>
          <PageHeader
            title={first?.headline ?? siteName}
            meta={first?.headlineNote ? <p class="quiet">{first.headlineNote}</p> : undefined}
            lede={description}
            actions={
              <SearchForm
                id="front-search"
                action={`/${language}/search`}
                language={language}
                placeholder={say(texts.searchHint, language)}
              />
            }
          />
          {parts.map((part) => part.content)}
        </>
      ),
    };
  },
});
