// The language in which the provider speaks: as asked for, of the account, or as the browser prefers.

import type { House } from '../../../../core/house.ts';
import { preferredLanguage } from '../../../../core/http/index.ts';
import { isLanguage, type Language, languageTag } from '../../../../core/texts.ts';
import { findPerson } from '../../store/index.ts';
import type { KoaContextWithOIDC } from './engine.ts';

const wishOf = (ctx: KoaContextWithOIDC): string | undefined => {
  const wished = ctx.oidc?.params?.ui_locales ?? ctx.query.ui_locales;
  return typeof wished === 'string' && wished !== '' ? wished.slice(0, 100) : undefined;
};

/** `ui_locales` (OpenID Connect Core 1.0, 3.1.2.1) has the best first, like a header with no weights. */
export function languageOf({ edition }: House, ctx: KoaContextWithOIDC): Language {
  const spoken = ctx.get('accept-language') || undefined;
  const header = wishOf(ctx)?.trim().split(/\s+/).join(',') ?? spoken;
  return preferredLanguage(header, edition.languages);
}

/** As `languageOf`; who is signed in and wishes nothing is spoken to as in their account. */
export async function languageFor(house: House, ctx: KoaContextWithOIDC): Promise<Language> {
  const id = ctx.oidc?.session?.accountId;
  const person = id === undefined || wishOf(ctx) !== undefined ? undefined : await findPerson(house, id);
  const own = person?.language;
  return own !== undefined && isLanguage(own) && house.edition.languages.includes(own)
    ? own
    : languageOf(house, ctx);
}

const inLanguage = (address: string, language: Language): string => {
  const url = new URL(address, 'http://localhost');
  url.searchParams.set('ui_locales', languageTag[language]);
  return url.pathname + url.search;
};

/** Where a form of the provider goes so that its answer keeps the language that was wished. */
export const sameLanguage = (address: string, ctx: KoaContextWithOIDC, language: Language): string => {
  if (wishOf(ctx) === undefined) return address;
  const url = new URL(address);
  return url.origin + inLanguage(address, language);
};

/** The page that is shown, in another language; what a form has answered begins again at its page. */
export function hrefIn(ctx: KoaContextWithOIDC, language: Language): string {
  const { originalUrl = '/' } = ctx.req as { originalUrl?: string };
  const isForm = ctx.method === 'POST';
  return inLanguage(isForm ? originalUrl.split('?', 1)[0]! : originalUrl, language);
}
