// A view in the layout of the house, as a finished HTML document.

import { renderToString } from 'preact-render-to-string';
import type { View } from '../module.ts';
import { type Language, languageName, languageTag, say } from '../texts.ts';
import type { Frame, Site } from './site.ts';

export type Place = {
  language: Language;
  /** Without the language. */
  path: string;
  search: string;
};

/** The address of a page in a language. */
export const addressOf = (language: Language, path: string) => `/${language}${path === '/' ? '' : path}`;

const isCurrent = (item: string, path: string) =>
  item === path || (item !== '/' && path.startsWith(`${item}/`));

/** What the layout needs around a view at a place. */
export function frameOf(site: Site, { language, path, search }: Place, status: number): Frame {
  const { house, assets, origin, dev, kept } = site;
  const { edition, modules } = house;
  const items = modules.flatMap((module) => module.menu ?? []).sort((a, b) => a.order - b.order);
  return {
    language,
    path,
    search,
    origin,
    siteName: say(edition.siteName, language),
    menu: items.map((item) => ({
      label: say(item.label, language),
      href: addressOf(language, item.path),
      current: isCurrent(item.path, path),
    })),
    languages: edition.languages.map((other) => ({
      language: other,
      label: languageName[other],
      tag: languageTag[other],
      href: `${addressOf(other, path)}${search}`,
      current: other === language,
    })),
    styleHref: assets.find(({ contentType }) => contentType.startsWith('text/css'))?.path ?? '',
    day: kept.today(),
    dev,
    status,
  };
}

/** The whole HTML document of a view. */
export function documentOf(site: Site, view: View, place: Place): string {
  const frame = frameOf(site, place, view.status ?? 200);
  return `<!doctype html>${renderToString(site.layout(view, frame))}`;
}
