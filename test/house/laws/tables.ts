// Tables: one PostgreSQL schema per module, and only its own store names its tables.

import { type Code, codeOf, isCode, type Node, walk } from '../code.ts';
import { moduleFolders, type Place, placeOf } from '../places.ts';
import type { HouseFile, Law, Violation } from '../tree.ts';

const builderCalls = new Set([
  'selectFrom',
  'insertInto',
  'updateTable',
  'deleteFrom',
  'mergeInto',
  'innerJoin',
  'leftJoin',
  'rightJoin',
  'fullJoin',
  'withSchema',
]);
const sqlWords =
  /\b(?:select\s[\s\S]*\sfrom|insert\s+into|update\s+[\w".]+\s+set|delete\s+from|copy\s+[\w".]+\s*\()/i;
const sqlName =
  /\b(?:from|join|into|update|table|references|copy|on|exists|sequence|schema|nextval\(')\s+"?([a-z_]+)"?(?=\.)/gi;

type Words = { text: string; start: number; builder: boolean; tagged: boolean };

function isBuilder(call: Node | undefined): boolean {
  return call?.type === 'CallExpression' && builderCalls.has(String(call.callee.property?.name));
}

function wordsOf(code: Code): Words[] {
  const found: Words[] = [];
  walk(code.program, (node, parents) => {
    const parent = parents.at(-1);
    if (node.type === 'Literal' && typeof node.value === 'string') {
      const builder = isBuilder(parent) && parent!.arguments[0] === node;
      found.push({ text: node.value, start: node.start, builder, tagged: false });
    }
    if (node.type === 'TemplateLiteral') {
      const text = (node.quasis as Node[]).map((one) => one.value.cooked ?? '').join('?');
      const tag = parent?.type === 'TaggedTemplateExpression' ? (parent.tag as Node) : undefined;
      const tagged = (tag?.name ?? tag?.object?.name) === 'sql';
      found.push({ text, start: node.start, builder: false, tagged });
    }
  });
  return found;
}

function schemasIn(words: Words): string[] {
  if (words.builder) return words.text.includes('.') ? [words.text.split('.')[0]!] : [];
  return [...words.text.matchAll(sqlName)].map((match) => match[1]!.toLowerCase());
}

function ownerOf(place: Place): string {
  return place.module ?? place.floor;
}

function checkCode(file: HouseFile, modules: string[]): Violation[] {
  const place = placeOf(file.path);
  const code = codeOf(file);
  const mayHaveSql = place.floor === 'core' || place.room === 'store';
  return wordsOf(code).flatMap((words) => {
    const line = code.lineOf(words.start);
    const hasSql = words.builder || words.tagged || sqlWords.test(words.text);
    if (hasSql && !mayHaveSql) {
      return [{ path: file.path, line, what: 'SQL outside a store: only store names tables' }];
    }
    return schemasIn(words)
      .filter((schema) => schema !== ownerOf(place) && modules.includes(schema))
      .map((schema) => ({ path: file.path, line, what: `${ownerOf(place)} names a table of ${schema}` }));
  });
}

function checkMigration(file: HouseFile, modules: string[]): Violation[] {
  const owner = ownerOf(placeOf(file.path));
  const others = modules.filter((name) => name !== owner);
  return file.text.split('\n').flatMap((text, index) => {
    const bare = text.replace(/--.*$/, '').replace(/'[^']*'/g, "''");
    const other = others.find((name) => new RegExp(`(^|[\\s("])${name}"?\\.`).test(bare));
    return other
      ? [{ path: file.path, line: index + 1, what: `migration of ${owner} names a table of ${other}` }]
      : [];
  });
}

export const tables: Law = {
  name: 'tables',
  sentence: 'one PostgreSQL schema per module; only its own store names its tables',
  check(tree) {
    const schemas = [...moduleFolders(tree), 'core'];
    return tree.files.flatMap((file) => {
      if (!file.path.startsWith('src/') || placeOf(file.path).test) return [];
      if (file.path.endsWith('.sql')) return checkMigration(file, schemas);
      return isCode(file) ? checkCode(file, schemas) : [];
    });
  },
};
