// Cuts the text of a query option into words: names, values, marks.

import { parseInstant, parseTime } from '../times.ts';
import type { Literal } from './ast.ts';
import { parseGeometry } from './geometry.ts';
import { badQuery, echo, notSupported } from './query-error.ts';

export type Token =
  | { type: 'name'; text: string; at: number }
  | { type: 'literal'; literal: Literal; text: string; at: number }
  | { type: 'mark'; text: string; at: number }
  | { type: 'end'; text: ''; at: number };

export const longestOption = 16_000;

const zone = '(?:Z|[+-]\\d\\d(?::?\\d\\d)?)';
const instant = `\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d{1,9})?)?${zone}`;
const shapes = {
  space: /[ \t\r\n]+/y,
  interval: new RegExp(`${instant}/${instant}`, 'iy'),
  time: new RegExp(instant, 'iy'),
  date: /\d{4}-\d\d-\d\d(?![\dT])/y,
  timeOfDay: /\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?![\d:])/y,
  number: /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\d_])/uy,
  quoted: /'(?:[^']|'')*'/y,
  typed: /(geography|geometry|duration|datetimeoffset|datetime)('(?:[^']|'')*')/iy,
  name: /[\p{L}_$@][\p{L}\p{M}\p{N}_$@.]*(?:-[\p{L}\p{N}][\p{L}\p{M}\p{N}_$@.]*)*/uy,
  mark: /[(),;=/*:-]/y,
} as const;

const unquoted = (text: string) => text.slice(1, -1).replaceAll("''", "'");
const days = '(?:\\d{1,6}Y)?(?:\\d{1,6}M)?(?:\\d{1,6}W)?(?:\\d{1,6}D)?';
const hours = '(?:T(?=\\d)(?:\\d{1,6}H)?(?:\\d{1,6}M)?(?:\\d{1,9}(?:\\.\\d{1,6})?S)?)?';
const duration = new RegExp(`^-?P(?=[\\dT])${days}${hours}$`);

const words = {
  string: { en: 'This text has no end. Close it with a single quote.', tc: '文字未有結束，請以單引號結束。' },
  mark: { en: 'This cannot be understood here.', tc: '未能理解此處的內容。' },
  time: { en: 'There is no such time.', tc: '沒有此時間。' },
  number: { en: 'The number is too large.', tc: '數字過大。' },
  duration: { en: "Write a duration like duration'PT1H30M'.", tc: "時段須寫成duration'PT1H30M'的形式。" },
  geometry: {
    en: "Write a geometry in degrees like geography'POINT (114.17 22.28)'; rings must close.",
    tc: "幾何須以度數寫成geography'POINT (114.17 22.28)'的形式，環須閉合。",
  },
  long: { en: 'This is too long.', tc: '內容過長。' },
};

class Lexer {
  place = 0;
  readonly tokens: Token[] = [];
  constructor(
    private readonly option: string,
    private readonly text: string,
  ) {}

  private fail(message: { en: string; tc: string }): never {
    throw badQuery({ option: this.option, at: this.place + 1 }, message);
  }

  private match(shape: keyof typeof shapes): RegExpExecArray | undefined {
    const pattern = shapes[shape];
    pattern.lastIndex = this.place;
    return pattern.exec(this.text) ?? undefined;
  }

  private literal(text: string, literal: Literal): void {
    this.tokens.push({ type: 'literal', literal, text, at: this.place + 1 });
    this.place += text.length;
  }

  private typed([text, type = '', quoted = '']: RegExpExecArray): void {
    const value = unquoted(quoted);
    if (/^duration$/i.test(type)) {
      if (!duration.test(value)) this.fail(words.duration);
      this.literal(text, { kind: 'duration', value });
      return;
    }
    if (/^datetime/i.test(type)) {
      if (parseInstant(value) === undefined) this.fail(words.time);
      this.literal(text, { kind: 'time', value });
      return;
    }
    if (/^\s*(GEOMETRYCOLLECTION|CURVE|SURFACE|CIRCULARSTRING)/i.test(value)) {
      const what = { en: 'This kind of geometry is not supported.', tc: '不支援此類幾何。' };
      throw notSupported({ option: this.option, at: this.place + 1 }, what);
    }
    const geometry = parseGeometry(value);
    if (geometry === undefined) this.fail(words.geometry);
    this.literal(text, { kind: 'geometry', value: geometry });
  }

  private temporal(): boolean {
    const [interval] = this.match('interval') ?? [];
    if (interval !== undefined) {
      if (parseTime(interval) === undefined) this.fail(words.time);
      this.literal(interval, { kind: 'interval', value: interval });
      return true;
    }
    const [time] = this.match('time') ?? [];
    if (time !== undefined) {
      if (parseInstant(time) === undefined) this.fail(words.time);
      this.literal(time, { kind: 'time', value: time });
      return true;
    }
    const [date] = this.match('date') ?? [];
    if (date !== undefined) {
      if (parseInstant(`${date}T00:00:00Z`) === undefined) this.fail(words.time);
      this.literal(date, { kind: 'date', value: date });
      return true;
    }
    const [ofDay] = this.match('timeOfDay') ?? [];
    if (ofDay === undefined) return false;
    if (parseInstant(`2000-01-01T${ofDay}Z`) === undefined) this.fail(words.time);
    this.literal(ofDay, { kind: 'timeOfDay', value: ofDay });
    return true;
  }

  private value(): boolean {
    const typed = this.match('typed');
    if (typed !== undefined) {
      this.typed(typed);
      return true;
    }
    if (this.temporal()) return true;
    const [number] = this.match('number') ?? [];
    if (number !== undefined) {
      if (!Number.isFinite(Number(number))) this.fail(words.number);
      this.literal(number, { kind: 'number', value: Number(number) });
      return true;
    }
    if (this.text[this.place] !== "'") return false;
    const [quoted] = this.match('quoted') ?? [];
    // PostgreSQL keeps no NUL in a text, so nothing can be equal to one.
    if (quoted === undefined || quoted.includes('\0')) this.fail(words.string);
    this.literal(quoted, { kind: 'text', value: unquoted(quoted) });
    return true;
  }

  run(): Token[] {
    if (this.text.length > longestOption) this.fail(words.long);
    while (this.place < this.text.length) {
      const [space] = this.match('space') ?? [];
      if (space !== undefined) {
        this.place += space.length;
        continue;
      }
      if (this.value()) continue;
      const [name] = this.match('name') ?? [];
      const text = name ?? this.match('mark')?.[0];
      if (text === undefined) {
        const shown = echo(this.text.slice(this.place, this.place + 1));
        this.fail({ en: `${shown} ${words.mark.en}`, tc: `${shown} ${words.mark.tc}` });
      }
      this.tokens.push({ type: name === undefined ? 'mark' : 'name', text, at: this.place + 1 });
      this.place += text.length;
    }
    this.tokens.push({ type: 'end', text: '', at: this.text.length + 1 });
    return this.tokens;
  }
}

/** The words of an option, with an end. Throws invalid `invalid-query`. */
export const tokensOf = (option: string, text: string): Token[] => new Lexer(option, text).run();
