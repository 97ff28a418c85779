// Comments: a first line says what a file is, a door documents what it lets out, an escape gives its reason.

import { posix } from 'node:path';
import { codeOf, type Export, hasDocComment, isCode } from '../code.ts';
import type { HouseFile, Law, Tree, Violation } from '../tree.ts';

const commented = /\.(tsx?|js|mjs|css|sql)$/;
const startOfComment = /^(\/\/|\/\*\*?|--)\s*/;
const sentence = /^["'`(\dA-Z\p{Lo}].*\s.*\s.*[.!?:]$/su;

function firstComment(text: string): string {
  const lines = text.split('\n');
  if (lines[0]?.startsWith('#!')) lines.shift();
  const mark = startOfComment.exec(lines[0] ?? '')?.[1];
  if (!mark) return '';
  const block = mark.startsWith('/*');
  const end = lines.findIndex((line) => (block ? line.includes('*/') : !line.startsWith(mark)));
  const comment = lines.slice(0, block ? end + 1 : end < 0 ? lines.length : end);
  const inner = comment.map((line) => line.replace(startOfComment, '').replace(/^\s*\*(?!\/)\s*/, ''));
  return inner
    .join(' ')
    .replace(/\s*\*\/.*$/, '')
    .trim();
}

function checkFirstLine(file: HouseFile): Violation[] {
  if (!commented.test(file.path) || sentence.test(firstComment(file.text))) return [];
  return [
    { path: file.path, line: 1, what: 'the first line does not say, in one sentence, what this file is' },
  ];
}

function declaration(
  tree: Tree,
  file: HouseFile,
  one: Export,
): { file: HouseFile; export: Export } | undefined {
  if (one.kind !== 're-export') return { file, export: one };
  if (!one.from?.startsWith('.')) return undefined;
  const source = tree.find(posix.join(posix.dirname(file.path), one.from));
  const found = source && codeOf(source).exports.find((other) => other.name === one.name);
  return found && source ? declaration(tree, source, found) : undefined;
}

function mustBeDocumented(file: HouseFile): Export[] {
  const { exports } = codeOf(file);
  if (/^src\/(ui|core\/[^/]+|modules\/[^/]+)\/index\.tsx?$/.test(file.path))
    return exports.filter((one) => one.name !== '*');
  const isCoreRoom = /^src\/core\/[^/]+\.ts$/.test(file.path) && !file.path.endsWith('.test.ts');
  return isCoreRoom ? exports.filter((one) => /^(Function|Class)Declaration$/.test(one.kind)) : [];
}

function checkDoor(tree: Tree, file: HouseFile): Violation[] {
  return mustBeDocumented(file).flatMap((one) => {
    const source = declaration(tree, file, one);
    if (!source || hasDocComment(source.file, source.export.start)) return [];
    const { path } = source.file;
    return [{ path, line: source.export.line, what: `${one.name} leaves by a door without a doc comment` }];
  });
}

function escapeProblem(text: string): string | undefined {
  if (/^\s*@ts-(ignore|nocheck)/.test(text)) return 'the type checker is switched off';
  if (/^\s*@ts-expect-error\s*$/.test(text)) return '@ts-expect-error without its reason';
  const ignored = /^\s*biome-ignore[\w-]*\s[^:]*(?::\s*(.*))?$/s.exec(text);
  if (ignored && !/\w+\s+\w+/.test(ignored[1] ?? '')) return 'biome-ignore without its reason';
  if (/\b(TODO|FIXME|XXX)\b/.test(text) && !/decisions\/\d{4}/.test(text))
    return 'unfinished work without its decision';
  return undefined;
}

function checkEscapes(file: HouseFile): Violation[] {
  return codeOf(file).comments.flatMap((comment) => {
    const what = escapeProblem(comment.text);
    return what ? [{ path: file.path, line: comment.line, what }] : [];
  });
}

export const comments: Law = {
  name: 'comments',
  sentence: 'the first line says what a file is; doors are documented; an escape gives its reason',
  check: (tree) =>
    tree.files.flatMap((file) => [
      ...checkFirstLine(file),
      ...(isCode(file) ? [...checkDoor(tree, file), ...checkEscapes(file)] : []),
    ]),
};
