// Names: kebab-case files and folders that say what is inside.

import { codeOf, isCode } from '../code.ts';
import type { HouseFile, Law, Violation } from '../tree.ts';

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const emptyWords = new Set([
  'utils',
  'util',
  'helpers',
  'helper',
  'manager',
  'managers',
  'misc',
  'common',
  'stuff',
]);
const emptyEnding = /(Utils?|Helpers?|Manager|Misc)$/;
const exempt = /(^|\/)(README\.md|fixtures\/.*)$/;

function checkPath(path: string): Violation[] {
  if (exempt.test(path)) return [];
  return path.split('/').flatMap((part) => {
    const name = part.replace(/^\./, '').replace(/(\.(test|examples|config|d))*\.[a-z0-9]+$/, '');
    if (!kebab.test(name)) return [{ path, line: 1, what: `${part} is not kebab-case` }];
    const empty = name.split('-').find((word) => emptyWords.has(word));
    return empty ? [{ path, line: 1, what: `"${empty}" says nothing: name the thing itself` }] : [];
  });
}

function checkExports(file: HouseFile): Violation[] {
  return codeOf(file)
    .exports.filter((one) => emptyEnding.test(one.name))
    .map((one) => ({
      path: file.path,
      line: one.line,
      what: `${one.name} says nothing: name the thing itself`,
    }));
}

export const names: Law = {
  name: 'names',
  sentence: 'kebab-case files; no utils, helpers, manager, misc or common',
  check: (tree) =>
    tree.files.flatMap((file) => [...checkPath(file.path), ...(isCode(file) ? checkExports(file) : [])]),
};
