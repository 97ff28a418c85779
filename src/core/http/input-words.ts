// What is wrong with a value, in plain English and Chinese, from the issues Zod reports.

import type { z } from 'zod';
import { sameText, type Text } from '../texts.ts';

type Issue = z.core.$ZodIssue;

const longestEcho = 40;
const mostListed = 30;

/** A value from outside, cut short and without control characters, fit to be repeated to its sender. */
export function echo(value: string): string {
  const clean = [...value.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, '\u{fffd}')];
  return clean.length > longestEcho ? `${clean.slice(0, longestEcho - 1).join('')}…` : clean.join('');
}

const text = (en: string, tc: string): Text => ({ en, tc });

export const words = {
  required: text('This is required.', '必須提供。'),
  empty: text('This is empty. Give it a value or leave it out.', '此項留空。請填寫，或不要送出此項。'),
  repeated: text('This is given more than once. Give it once.', '此項重複出現。請只提供一次。'),
  control: text('This has a character that is not allowed.', '含有不准使用的字元。'),
  number: text('Must be a number.', '必須是數字。'),
  boolean: text('Must be true or false.', '必須是 true 或 false。'),
  unacceptable: text('This value is not accepted.', '此值不獲接受。'),
  unknownField: text('This is not known here. Leave it out.', '不認識此項，請刪去。'),
  unknown: (known: readonly string[]): Text =>
    known.length === 0
      ? text('This is not known here. Nothing may be given.', '不認識此項。這裏不接受任何參數。')
      : text(`This is not known here. Known: ${list(known)}.`, `不認識此項。可用：${listChinese(known)}。`),
};

const list = (values: readonly unknown[]) => values.slice(0, mostListed).map(String).join(', ');
const listChinese = (values: readonly unknown[]) => values.slice(0, mostListed).map(String).join('、');

const kinds: Record<string, Text> = {
  string: text('Must be text.', '必須是文字。'),
  number: words.number,
  int: text('Must be a whole number.', '必須是整數。'),
  bigint: text('Must be a whole number.', '必須是整數。'),
  boolean: words.boolean,
  date: text('Must be a date.', '必須是日期。'),
  array: text('Must be a list.', '必須是清單。'),
  object: text('Must be an object.', '必須是物件。'),
  record: text('Must be an object.', '必須是物件。'),
  null: text('Must be null.', '必須是 null。'),
};

const formats: Record<string, Text> = {
  date: text('Must be a date such as 2024-06-30.', '必須是日期，例如 2024-06-30。'),
  datetime: text(
    'Must be a date and time such as 2024-06-30T09:00:00Z.',
    '必須是日期及時間，例如 2024-06-30T09:00:00Z。',
  ),
  time: text('Must be a time such as 09:00:00.', '必須是時間，例如 09:00:00。'),
  duration: text('Must be a length of time such as P1DT2H.', '必須是時段，例如 P1DT2H。'),
  email: text('Must be an e-mail address.', '必須是電郵地址。'),
  url: text('Must be a web address.', '必須是網址。'),
  uuid: text('Must be a UUID.', '必須是 UUID。'),
};

const wrongFormat = text('This is not written in the right way.', '格式不正確。');

/** Units of a size: characters of text, items of a list, or none for a number. */
const units: Record<string, Text> = {
  string: text(' characters', ' 個字元'),
  array: text(' items', ' 項'),
  set: text(' items', ' 項'),
  file: text(' bytes', ' 個位元組'),
};

type Bound = { origin: string; limit: number | bigint | Date; inclusive: boolean; side: 'least' | 'most' };

function boundWords({ origin, limit, inclusive, side }: Bound): Text {
  const value = limit instanceof Date ? limit.toISOString().slice(0, 10) : String(limit);
  const unit = units[origin];
  if (unit !== undefined) {
    const [en, tc] =
      side === 'least' ? ['Must have at least', '最少要有'] : ['Must have at most', '最多只可有'];
    return text(
      `${en} ${value}${value === '1' ? unit.en.replace(/s$/, '') : unit.en}.`,
      `${tc} ${value}${unit.tc}。`,
    );
  }
  if (origin === 'date') {
    return side === 'least'
      ? text(`Must be ${value} or later.`, `必須是 ${value} 或之後。`)
      : text(`Must be ${value} or earlier.`, `必須是 ${value} 或之前。`);
  }
  const least = inclusive ? text('at least', '最小是') : text('more than', '必須大於');
  const most = inclusive ? text('at most', '最大是') : text('less than', '必須小於');
  const { en, tc } = side === 'least' ? least : most;
  return text(`Must be ${en} ${value}.`, `${tc} ${value}。`);
}

/** Says one Zod issue in words. `given` is the value at its path, as the client sent it. */
export function issueWords(issue: Issue, given: unknown): Text {
  switch (issue.code) {
    case 'invalid_type':
      return given === undefined ? words.required : (kinds[issue.expected] ?? words.unacceptable);
    case 'invalid_value':
      if (given === undefined) return words.required;
      return text(
        `Must be one of: ${list(issue.values)}.`,
        `必須是以下其中一項：${listChinese(issue.values)}。`,
      );
    case 'too_small':
      return boundWords({
        ...issue,
        limit: issue.minimum,
        inclusive: issue.inclusive !== false,
        side: 'least',
      });
    case 'too_big':
      return boundWords({
        ...issue,
        limit: issue.maximum,
        inclusive: issue.inclusive !== false,
        side: 'most',
      });
    case 'invalid_format':
      return formats[issue.format] ?? wrongFormat;
    case 'not_multiple_of':
      return text(`Must be a multiple of ${issue.divisor}.`, `必須是 ${issue.divisor} 的倍數。`);
    case 'custom':
      return customWords(issue);
    default:
      return words.unacceptable;
  }
}

/** A refinement may carry its words as `params: { message: Text }`, or as a plain message. */
function customWords(issue: Extract<Issue, { code: 'custom' }>): Text {
  const own: unknown = issue.params?.message;
  if (typeof own === 'object' && own !== null && 'en' in own && 'tc' in own) return own as Text;
  return issue.message === 'Invalid input' ? words.unacceptable : sameText(issue.message);
}
