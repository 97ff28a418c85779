// Query options of a request: $filter, $orderby, $select, $expand with its own, $top, $skip, $count and more.

import type { Expansion, Options, Order } from './ast.ts';
import { type Kind, linkOf, model } from './model.ts';
import { Parser } from './parser.ts';
import { badQuery, echo } from './query-error.ts';

const deepestExpand = 6;
const mostExpansions = 40;
const mostItems = 50;

const emptyOptions = (): Options => ({ orderby: [], expand: [] });

const twice = { en: 'This option is given twice.', tc: '此選項重複出現。' };

/** Expansions of one request, counted over all levels. */
type Around = { kind: Kind; depth: number; budget: { left: number } };

function parseWhole(parser: Parser): number {
  const token = parser.next();
  const value = token.type === 'literal' && /^\d{1,15}$/.test(token.text) ? Number(token.text) : Number.NaN;
  if (!Number.isSafeInteger(value)) {
    parser.fail({ en: 'Expected a whole number here.', tc: '此處應為整數。' }, token.at);
  }
  return value;
}

function parseOrders(parser: Parser): Order[] {
  const orders: Order[] = [];
  do {
    const by = parser.expression();
    const direction = parser.takeWord('asc', 'desc');
    orders.push({ by, descending: direction === 'desc' });
    if (orders.length > 10) parser.fail({ en: 'Too many orders.', tc: '排序項目過多。' });
  } while (parser.takeMark(','));
  return orders;
}

function parseSelection(parser: Parser): string[][] | undefined {
  if (parser.takeMark('*')) return undefined;
  const selection: string[][] = [];
  do {
    selection.push(parser.stepsAfter(parser.expectName()));
    if (selection.length > mostItems) parser.fail({ en: 'Too many properties.', tc: '屬性過多。' });
  } while (parser.takeMark(','));
  return selection;
}

/** One option by its name, into `options`. */
const readers: Readonly<Record<string, (parser: Parser, options: Options, around: Around) => void>> = {
  $filter: (parser, options) => {
    options.filter = parser.expression();
  },
  $orderby: (parser, options) => {
    options.orderby = parseOrders(parser);
  },
  $select: (parser, options) => {
    const select = parseSelection(parser);
    if (select !== undefined) options.select = select;
  },
  $expand: (parser, options, around) => {
    options.expand = parseExpansions(parser, around);
  },
  $top: (parser, options) => {
    options.top = parseWhole(parser);
  },
  $skip: (parser, options) => {
    options.skip = parseWhole(parser);
  },
  $count: (parser, options) => {
    const word = parser.takeWord('true', 'false');
    if (word === undefined) parser.fail({ en: 'Expected true or false.', tc: '此處應為true或false。' });
    options.count = word === 'true';
  },
};

function parseInner(parser: Parser, around: Around): Options {
  const options = emptyOptions();
  const seen = new Set<string>();
  do {
    const { at } = parser.current;
    const name = parser.expectName();
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
    const shown = echo(name);
    if (read === undefined) {
      parser.fail({ en: `${shown} is no option inside $expand.`, tc: `$expand內沒有選項 ${shown}。` }, at);
    }
    if (seen.has(name)) parser.fail(twice, at);
    seen.add(name);
    parser.expectMark('=');
    read(parser, options, around);
  } while (parser.takeMark(';'));
  return options;
}

/** The same link named twice, as in `Thing/Locations,Thing/Datastreams`, is one expansion. */
function addExpansion(list: Expansion[], one: Expansion): Expansion {
  const there = list.find(({ link }) => link === one.link);
  if (there === undefined) {
    list.push(one);
    return one;
  }
  for (const inner of one.options.expand) addExpansion(there.options.expand, inner);
  const { expand, ...rest } = one.options;
  if (rest.orderby.length === 0) rest.orderby = there.options.orderby;
  Object.assign(there.options, rest);
  return there;
}

function parseExpansion(parser: Parser, around: Around, list: Expansion[]): void {
  let into = list;
  let { kind, depth } = around;
  for (;;) {
    const { at } = parser.current;
    const name = parser.expectName();
    const link = linkOf(kind, name);
    if (link === undefined) {
      const [shown, links] = [echo(name), Object.keys(model[kind].links).join(', ')];
      const en = `${kind} has no link ${shown}. It has ${links}.`;
      parser.fail({ en, tc: `${kind}沒有連結${shown}，只有${links}。` }, at);
    }
    depth += 1;
    around.budget.left -= 1;
    if (depth > deepestExpand || around.budget.left < 0) {
      parser.fail({ en: 'Too much is expanded at once.', tc: '一次展開的內容過多。' }, at);
    }
    kind = link.kind;
    if (!parser.takeMark('/')) {
      const inside = { kind, depth, budget: around.budget };
      let options = emptyOptions();
      if (parser.takeMark('(')) {
        options = parser.deeper(() => parseInner(parser, inside));
        parser.expectMark(')');
      }
      addExpansion(into, { link: name, ...link, options });
      return;
    }
    into = addExpansion(into, { link: name, ...link, options: emptyOptions() }).options.expand;
  }
}

function parseExpansions(parser: Parser, around: Around): Expansion[] {
  const list: Expansion[] = [];
  do {
    parseExpansion(parser, around, list);
  } while (parser.takeMark(','));
  return list;
}

const unknownOption = { en: 'There is no such option.', tc: '沒有此選項。' };
const longestToken = 2000;

/** The options of a request for entities of one kind. Throws invalid `invalid-query`. */
export function parseOptions(kind: Kind, pairs: readonly (readonly [string, string])[]): Options {
  const options = emptyOptions();
  const seen = new Set<string>();
  const around: Around = { kind, depth: 0, budget: { left: mostExpansions } };
  for (const [name, text] of pairs) {
    const spot = { option: echo(name), at: 1 };
    if (seen.has(name)) throw badQuery(spot, twice);
    seen.add(name);
    if (name === '$skiptoken' && text.length <= longestToken) {
      options.skiptoken = text;
    } else if (name === '$resultFormat') {
      const only = { en: 'Only dataArray is known.', tc: '只接受dataArray。' };
      if (text !== 'dataArray') throw badQuery(spot, only);
      options.resultFormat = 'dataArray';
    } else {
      const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
      if (read === undefined) throw badQuery(spot, unknownOption);
      const parser = new Parser(name, text);
      read(parser, options, around);
      parser.expectEnd();
    }
  }
  return options;
}

/** A plus is a space, as forms write it, but in the offset of a time it is itself. */
const offset = /(\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\+(?=\d\d(?::?\d\d)?)/g;

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replace(offset, '$1%2B').replaceAll('+', ' '));
  } catch {
    throw badQuery({ option: 'URL', at: 1 }, { en: 'Check the percent signs.', tc: '請檢查百分號。' });
  }
}

/** Names and values of a query string, without its question mark. Throws invalid `invalid-query`. */
export function pairsOf(search: string): [string, string][] {
  return search
    .split('&')
    .filter((pair) => pair !== '')
    .slice(0, 50)
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
    });
}
