// A view in the layout of the house, as a finished HTML document.

import type { House } from '../house.ts';
import { encodeText, renderHtml } from '../markup.ts';
import type { MenuItem, View } from '../module.ts';
import { type Language, languageName, languageTag, say } from '../texts.ts';
import type { Frame, Site } from './site.ts';

export type Place = {
  language: Language;
  /** Without the language. */
  path: string;
  search: string;
  /** Its address in another language, where the language is not the beginning of the path. */
  hrefIn?(language: Language): string;
};

/** The address of a page in a language. */
export const addressOf = (language: Language, path: string) => `/${language}${path === '/' ? '' : path}`;

const isCurrent = (item: string, path: string) =>
  item === path || (item !== '/' && path.startsWith(`${item}/`));

type Menus = { items: MenuItem[]; known: Map<string, Frame['menu']> };
const menus = new WeakMap<House, Menus>();

/** The same list for every page of one part of the site, so that what is made of it can be kept. */
function menuOf(house: House, language: Language, path: string): Frame['menu'] {
  let own = menus.get(house);
  if (own === undefined) {
    const items = house.modules.flatMap((module) => module.menu ?? []).sort((a, b) => a.order - b.order);
    own = { items, known: new Map() };
    menus.set(house, own);
  }
  const key = own.items.reduce(
    (text, item) => text + (isCurrent(item.path, path) ? '1' : '0'),
    language as string,
  );
  const before = own.known.get(key);
  if (before !== undefined) return before;
  const menu = own.items.map((item) => ({
    label: say(item.label, language),
    href: addressOf(language, item.path),
    current: isCurrent(item.path, path),
  }));
  own.known.set(key, menu);
  return menu;
}

/** What the layout needs around a view at a place. */
export function frameOf(site: Site, place: Place, status: number): Frame {
  const { language, path, search, hrefIn } = place;
  const { house, assets, origin, dev, kept } = site;
  const { edition } = house;
  return {
    language,
    path,
    search,
    origin,
    siteName: say(edition.siteName, language),
    menu: menuOf(house, language, path),
    languages: edition.languages.map((other) => ({
      language: other,
      label: languageName[other],
      tag: languageTag[other],
      href: hrefIn?.(other) ?? `${addressOf(other, path)}${search}`,
      current: other === language,
    })),
    styleHref: assets.find(({ contentType }) => contentType.startsWith('text/css'))?.path ?? '',
    day: kept.today(),
    dev,
    status,
  };
}

/** The whole HTML document of a view, in UTF-8. */
export function documentOf(site: Site, view: View, place: Place): Buffer {
  const frame = frameOf(site, place, view.status ?? 200);
  return encodeText(`<!doctype html>${renderHtml(site.layout(view, frame))}`);
}
