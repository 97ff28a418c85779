// The language in which the provider speaks: what the service asks for, else what the browser prefers.

import type { House } from '../../../../core/house.ts';
import { preferredLanguage } from '../../../../core/http/index.ts';
import type { Language } from '../../../../core/texts.ts';
import type { KoaContextWithOIDC } from './engine.ts';

/** `ui_locales` (OpenID Connect Core 1.0, 3.1.2.1) has the best first, like a header with no weights. */
export function languageOf({ edition }: House, ctx: KoaContextWithOIDC): Language {
  const wished = ctx.oidc?.params?.ui_locales ?? ctx.query.ui_locales;
  const spoken = ctx.get('accept-language') || undefined;
  const header = typeof wished === 'string' ? wished.slice(0, 100).trim().split(/\s+/).join(',') : spoken;
  return preferredLanguage(header, edition.languages);
}
