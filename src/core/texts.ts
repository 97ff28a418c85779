// Trilingual texts: English and Traditional Chinese are written, Simplified Chinese is derived unless
// overridden.

import { Converter } from 'opencc-js/t2cn';
import { z } from 'zod';

export const languages = ['en', 'tc', 'sc'] as const;
/** Language as it stands in URLs: English, 繁體, 简体. */
export type Language = (typeof languages)[number];

/** BCP 47 tags for `lang` and `hreflang`. */
export const languageTag: Record<Language, string> = { en: 'en', tc: 'zh-Hant-HK', sc: 'zh-Hans' };

export const languageName: Record<Language, string> = { en: 'English', tc: '繁體', sc: '简体' };

/** A text shown to people. `sc` overrides the derived Simplified Chinese. */
export const textSchema = z.strictObject({
  en: z.string().min(1),
  tc: z.string().min(1),
  sc: z.string().min(1).optional(),
});
export type Text = { en: string; tc: string; sc?: string | undefined };

const convert = Converter({ from: 'hk', to: 'cn' });

/** Words that the converter leaves as Hong Kong writes them. */
const mainlandWords: [string, string][] = [
  ['甚么', '什么'],
  ['帐户', '账户'],
  ['帐目', '账目'],
];

const toSimplified = (traditional: string): string =>
  mainlandWords.reduce((text, [from, to]) => text.replaceAll(from, to), convert(traditional));
const simplifiedOf = new Map<string, string>();
const rememberedTexts = 20_000;

/** Simplified Chinese of a Traditional Chinese (Hong Kong) string; remembers what it has converted. */
export function simplify(traditional: string): string {
  const known = simplifiedOf.get(traditional);
  if (known !== undefined) return known;
  const simplified = toSimplified(traditional);
  if (simplifiedOf.size >= rememberedTexts) simplifiedOf.clear();
  simplifiedOf.set(traditional, simplified);
  return simplified;
}

/** The text in one language. */
export function say(text: Text, language: Language): string {
  if (language === 'en') return text.en;
  if (language === 'tc') return text.tc;
  return text.sc ?? simplify(text.tc);
}

/** The text in every language, as the API gives it. */
export const inAllLanguages = (text: Text): Record<Language, string> => ({
  en: text.en,
  tc: text.tc,
  sc: say(text, 'sc'),
});

/** A text that reads the same in every language (a number, a code, a name). */
export const sameText = (value: string): Text => ({ en: value, tc: value, sc: value });

export const isLanguage = (value: string): value is Language => languages.includes(value as Language);
