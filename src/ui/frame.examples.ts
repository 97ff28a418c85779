// A frame for tests: a small site around a page.

import { type Language, languageName, languages, languageTag } from '../core/texts.ts';
import type { Frame } from './layout.tsx';
import { styles } from './styles.ts';

/** The frame of `/progress`, with whatever is given replaced. */
export function frameExample(language: Language, given: Partial<Frame> = {}): Frame {
  const { path = '/progress', search = '' } = given;
  return {
    language,
    path,
    search,
    origin: 'https://city.example',
    siteName: language === 'en' ? 'Smart City Example' : '示例智慧城市',
    menu: [
      { label: language === 'en' ? 'Progress' : '進度', href: `/${language}/progress`, current: true },
      { label: language === 'en' ? 'Systems' : '系統', href: `/${language}/systems`, current: false },
    ],
    languages: languages.map((other) => ({
      language: other,
      label: languageName[other],
      tag: languageTag[other],
      href: `/${other}${path}${search}`,
      current: other === language,
    })),
    styleHref: styles.href,
    day: '2026-11-21',
    dev: false,
    status: 200,
    footer: [{ label: language === 'en' ? 'Data and API' : '數據及API', href: `/${language}/data` }],
    ...given,
  };
}
