// Endpoints of the portal: the search of the whole site, the sitemap and the rules for robots.

import { LamppostError } from '../../core/errors.ts';
import { type Route, route } from '../../core/module.ts';
import { siteSearchIndex } from '../../core/site-search.ts';
import { inAllLanguages, languageTag } from '../../core/texts.ts';
import { escapeXml } from '../../core/xml.ts';
import { searchAnswer, searchQuery } from './schema.ts';

const search = route({
  method: 'GET',
  path: '/api/v1/search',
  summary: 'Search everything on the site',
  description: 'English by word, Chinese by sub-word; slips of typing are forgiven. Best results first.',
  audience: 'public',
  cache: 'change',
  query: searchQuery,
  response: searchAnswer,
  dependsOn: 'all',
  async handle({ house, query }) {
    const index = await siteSearchIndex(house);
    const { hits, complete } = index.search(query.q);
    const found = query.kind ? hits.filter((hit) => hit.document.kind.en === query.kind) : hits;
    const start = Number(query.cursor ?? 0);
    const end = start + query.limit;
    const items = found.slice(start, end).map(({ document, score }) => ({
      id: document.id,
      kind: inAllLanguages(document.kind),
      title: inAllLanguages(document.title),
      path: document.path,
      score: Math.round(score * 1000) / 1000,
    }));
    return { total: found.length, complete, items, next: end < found.length ? String(end) : null };
  },
});

const sitemap = route({
  method: 'GET',
  path: '/sitemap.xml',
  summary: 'Every public page in its languages',
  description: 'Sitemaps protocol 0.9 with xhtml:link alternates.',
  audience: 'public',
  cache: 'change',
  response: { contentType: 'application/xml; charset=utf-8', description: 'Sitemap' },
  dependsOn: 'all',
  async handle({ house, origin }) {
    const lists = await Promise.all(house.modules.map((module) => module.sitemap?.(house) ?? []));
    const entries = lists.flat();
    if (entries.length > 16_000) {
      throw new LamppostError('bug', 'sitemap-too-large', {
        en: 'The sitemap is too large.',
        tc: '網站地圖過大。',
      });
    }
    const href = (language: string, path: string) =>
      escapeXml(`${origin}/${language}${path === '/' ? '' : path}`);
    const { languages } = house.edition;
    const urls = entries.flatMap(({ path, changedAt }) => {
      const alternates = languages
        .map(
          (language) =>
            `<xhtml:link rel="alternate" hreflang="${languageTag[language]}" href="${href(language, path)}"/>`,
        )
        .join('');
      const changed = changedAt ? `<lastmod>${escapeXml(changedAt)}</lastmod>` : '';
      return languages.map(
        (language) => `<url><loc>${href(language, path)}</loc>${changed}${alternates}</url>`,
      );
    });
    const head =
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">';
    return {
      contentType: 'application/xml; charset=utf-8',
      body: `${head}\n${urls.join('\n')}\n</urlset>\n`,
    };
  },
});

const robots = route({
  method: 'GET',
  path: '/robots.txt',
  summary: 'What robots may read',
  audience: 'public',
  cache: 'change',
  response: { contentType: 'text/plain; charset=utf-8', description: 'Robots Exclusion Protocol (RFC 9309)' },
  async handle({ origin }) {
    const body = `User-agent: *\nDisallow: /*/search\nAllow: /\n\nSitemap: ${origin}/sitemap.xml\n`;
    return { contentType: 'text/plain; charset=utf-8', body };
  },
});

export const routes: Route[] = [search, sitemap, robots];
