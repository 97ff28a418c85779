// Reads expressions out of words: or, and, not, comparison, sums, products, signs, brackets, calls, paths.

import type { Expression, Literal, Operator } from './ast.ts';
import { functions, isFunction } from './functions.ts';
import { badQuery, echo } from './query-error.ts';
import { type Token, tokensOf } from './tokens.ts';

type Words = { en: string; tc: string };

const deepest = 40;
const mostParts = 600;

/** Binary operators, the loosest first; those of one row are read from the left. */
const levels: readonly (readonly Operator[])[] = [
  ['or'],
  ['and'],
  ['eq', 'ne', 'gt', 'ge', 'lt', 'le'],
  ['add', 'sub'],
  ['mul', 'div', 'mod'],
];
/** `not` takes a comparison whole. */
const comparison = 2;

const constants: Readonly<Record<string, Literal>> = {
  null: { kind: 'null' },
  true: { kind: 'boolean', value: true },
  false: { kind: 'boolean', value: false },
};

/** Goes through the words of one option. */
export class Parser {
  private readonly tokens: Token[];
  private place = 0;
  private depth = 0;
  private parts = 0;

  constructor(
    readonly option: string,
    text: string,
  ) {
    this.tokens = tokensOf(option, text);
  }

  get current(): Token {
    return this.tokens[this.place]!;
  }

  fail(message: Words, at = this.current.at): never {
    throw badQuery({ option: this.option, at }, message);
  }

  next(): Token {
    const token = this.current;
    if (token.type !== 'end') this.place += 1;
    return token;
  }

  isMark(text: string): boolean {
    return this.current.type === 'mark' && this.current.text === text;
  }

  takeMark(text: string): boolean {
    const is = this.isMark(text);
    if (is) this.place += 1;
    return is;
  }

  expectMark(text: string): void {
    if (!this.takeMark(text)) {
      const found = this.current.type === 'end' ? '' : ` (${echo(this.current.text)})`;
      this.fail({ en: `Expected ${text} here${found}.`, tc: `此處應為 ${text}${found}。` });
    }
  }

  takeName(): string | undefined {
    if (this.current.type !== 'name') return undefined;
    return this.next().text;
  }

  expectName(): string {
    return this.takeName() ?? this.fail({ en: 'Expected a name here.', tc: '此處應為名稱。' });
  }

  takeWord(...words: readonly string[]): string | undefined {
    if (this.current.type !== 'name' || !words.includes(this.current.text)) return undefined;
    return this.next().text;
  }

  expectEnd(): void {
    if (this.current.type === 'end') return;
    const found = echo(this.current.text);
    this.fail({ en: `Did not expect ${found} here.`, tc: `此處不應有 ${found}。` });
  }

  /** Runs `work` one level deeper; nothing may be nested without end. */
  deeper<Result>(work: () => Result): Result {
    this.depth += 1;
    if (this.depth > deepest) this.fail({ en: 'This is nested too deeply.', tc: '巢狀層數過多。' });
    const result = work();
    this.depth -= 1;
    return result;
  }

  private made<Made extends Expression>(expression: Made): Made {
    this.parts += 1;
    if (this.parts > mostParts) this.fail({ en: 'This has too many parts.', tc: '內容的部分過多。' });
    return expression;
  }

  expression(): Expression {
    return this.deeper(() => this.level(0));
  }

  private level(index: number): Expression {
    const row = levels[index];
    if (row === undefined) return this.sign();
    if (index === comparison && this.current.type === 'name' && this.current.text === 'not') {
      const { at } = this.next();
      return this.made({ type: 'not', of: this.deeper(() => this.level(comparison)), at });
    }
    let left = this.level(index + 1);
    for (;;) {
      const { at } = this.current;
      const operator = this.takeWord(...row) as Operator | undefined;
      if (operator === undefined) return left;
      left = this.made({ type: 'binary', operator, left, right: this.level(index + 1), at });
    }
  }

  private sign(): Expression {
    const { at } = this.current;
    if (!this.takeMark('-')) return this.primary();
    const of = this.deeper(() => this.sign());
    if (of.type === 'literal' && of.literal.kind === 'number') {
      return { ...of, literal: { kind: 'number', value: 0 - of.literal.value }, at };
    }
    return this.made({ type: 'negate', of, at });
  }

  private primary(): Expression {
    const token = this.current;
    if (token.type === 'literal') {
      this.next();
      return this.made({ type: 'literal', literal: token.literal, at: token.at });
    }
    if (this.takeMark('(')) {
      const inner = this.expression();
      this.expectMark(')');
      return inner;
    }
    if (token.type !== 'name') {
      this.fail({
        en: 'Expected a property, a value or a function here.',
        tc: '此處應為屬性、數值或函數。',
      });
    }
    this.next();
    if (this.isMark('(')) return this.call(token);
    const literal = Object.hasOwn(constants, token.text) ? constants[token.text] : undefined;
    if (literal !== undefined && !this.isMark('/'))
      return this.made({ type: 'literal', literal, at: token.at });
    return this.made({ type: 'path', steps: this.stepsAfter(token.text), at: token.at });
  }

  /** The rest of a path such as `properties/rooms/0`. */
  stepsAfter(first: string): string[] {
    const steps = [first];
    while (this.takeMark('/')) {
      const token = this.next();
      const isStep = token.type === 'name' || (token.type === 'literal' && /^\d+$/.test(token.text));
      if (!isStep) this.fail({ en: 'Expected a name after the slash.', tc: '斜線後應為名稱。' }, token.at);
      steps.push(token.text);
      if (steps.length > 20) this.fail({ en: 'The path is too long.', tc: '路徑過長。' }, token.at);
    }
    return steps;
  }

  private call({ text: written, at }: Token): Expression {
    const name = written.toLowerCase();
    if (!isFunction(name)) {
      const shown = echo(written);
      this.fail({ en: `There is no function ${shown}.`, tc: `沒有函數 ${shown}。` }, at);
    }
    this.expectMark('(');
    const given: Expression[] = [];
    while (!this.isMark(')')) {
      if (given.length > 0) this.expectMark(',');
      given.push(this.expression());
    }
    this.expectMark(')');
    const [least, most] = functions[name]!;
    if (given.length < least || given.length > most) {
      const wanted = least === most ? `${least}` : `${least}-${most}`;
      this.fail({ en: `${name} takes ${wanted} values.`, tc: `${name} 需要${wanted}個數值。` }, at);
    }
    return this.made({ type: 'call', name, given, at });
  }
}

/** An expression that is the whole of an option. Throws invalid `invalid-query`. */
export function parseExpression(option: string, text: string): Expression {
  const parser = new Parser(option, text);
  const expression = parser.expression();
  parser.expectEnd();
  return expression;
}
