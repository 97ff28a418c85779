// Rooms: every module has the same ones, hands never touch each other, and the heart stays in order and pure.

import { type Code, codeOf, isCode, type Node, walk } from '../code.ts';
import { hands, heart, type Place, placeOf, resolveImport, rooms } from '../places.ts';
import type { HouseFile, Law, Violation } from '../tree.ts';

const folders = ['migrations', 'fixtures'];
const roomFile = new RegExp(`^(${[...rooms, 'index'].join('|')})\\.tsx?$`);

function nameProblem(path: string): string | undefined {
  const [, , module, entry, ...rest] = path.split('/') as [string, string, string, string, ...string[]];
  if (rest.length === 0) {
    if (entry === 'README.md' || roomFile.test(entry) || /\.test\.tsx?$/.test(entry)) return undefined;
    return `${entry} is no room of a module`;
  }
  if (entry === 'migrations' && !/^\d{4}-[a-z0-9-]+\.sql$/.test(rest[0]!)) {
    return `${rest[0]} is no migration: name it like 0001-first-tables.sql`;
  }
  if ([...rooms, ...folders].includes(entry)) return undefined;
  return `${entry}/ is no room of module ${module}`;
}

function mayUse(from: string, target: string): string | undefined {
  if (target === 'texts' || from === 'index' || from === target) return undefined;
  if (target === 'index') return `${from} imports its own door`;
  if (from === 'texts') return `texts imports ${target}: words depend on nothing`;
  if (heart.includes(from)) {
    const below = heart.slice(0, heart.indexOf(from));
    return below.includes(target)
      ? undefined
      : `${from} imports ${target}: the heart is schema <- rules <- store <- protocols`;
  }
  if (hands.includes(target)) return `${from} imports ${target}: hands never use each other`;
  return from === 'browser' && target === 'store'
    ? 'browser imports store, which never leaves the server'
    : undefined;
}

const reachesOut =
  /^(node:(fs|fs\/promises|net|https?|http2|dns|tls|child_process|worker_threads|os)|pg|pg-boss|kysely)$/;
const outsideCore = /^src\/core\/(database\/|events\/|http\/|jobs|files|revisions|log|config|house)/;

function ioImports(place: Place, code: Code): Violation[] {
  return code.imports.flatMap((one) => {
    if (one.typeOnly) return [];
    const target = resolveImport(place.path, one.from);
    const bad = target ? outsideCore.test(target) : reachesOut.test(one.from);
    const what = `${place.room} imports ${one.from}: ${place.room} has no input or output`;
    return bad ? [{ path: place.path, line: one.line, what }] : [];
  });
}

function ioCall(node: Node): string | undefined {
  if (node.type === 'NewExpression') {
    return node.callee.name === 'Date' && node.arguments.length === 0 ? 'new Date()' : undefined;
  }
  if (node.type !== 'CallExpression') return undefined;
  const { callee } = node;
  if (callee.type === 'Identifier' && callee.name === 'fetch') return 'fetch';
  if (callee.type !== 'MemberExpression') return undefined;
  const name = `${callee.object.name}.${callee.property.name}`;
  return ['Date.now', 'Math.random', 'console.log'].includes(name) ? name : undefined;
}

function ioCalls(place: Place, code: Code): Violation[] {
  const found: Violation[] = [];
  walk(code.program, (node) => {
    const call = ioCall(node);
    const what = `${place.room} calls ${call}: give it what it needs, it has no input or output`;
    if (call) found.push({ path: place.path, line: code.lineOf(node.start), what });
  });
  return found;
}

function checkRoom(file: HouseFile): Violation[] {
  const place = placeOf(file.path);
  const wrongName = nameProblem(file.path);
  if (wrongName) return [{ path: file.path, line: 1, what: wrongName }];
  if (!isCode(file) || place.test || folders.includes(place.room!)) return [];
  const code = codeOf(file);
  const neighbours = code.imports.flatMap((one) => {
    const target = placeOf(resolveImport(file.path, one.from) ?? '');
    const what = target.module === place.module && mayUse(place.room!, target.room!);
    return what ? [{ path: file.path, line: one.line, what }] : [];
  });
  const pure = place.room === 'rules' || place.room === 'schema';
  return pure ? [...neighbours, ...ioImports(place, code), ...ioCalls(place, code)] : neighbours;
}

function missingParts(paths: string[]): Violation[] {
  const modules = [...new Set(paths.map((path) => path.split('/').slice(0, 3).join('/')))];
  return modules.flatMap((module) =>
    ['README.md', 'index.ts']
      .filter((name) => !paths.includes(`${module}/${name}`))
      .map((name) => ({ path: `${module}/${name}`, line: 1, what: `every module has its ${name}` })),
  );
}

export const roomsLaw: Law = {
  name: 'rooms',
  sentence:
    'the rooms of a module have fixed names; schema <- rules <- store <- protocols; hands use the heart only',
  check(tree) {
    const files = tree.files.filter((file) => placeOf(file.path).module);
    return [...files.flatMap(checkRoom), ...missingParts(files.map((file) => file.path))];
  },
};
