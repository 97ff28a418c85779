// The planned floors of the house, and how src/modules.ts lists the modules that stand on them.

import { parseSync } from 'oxc-parser';

/** Every module that is planned, foundation first; a new one is put between its neighbours of this list. */
export const plannedFloors = [
  'receipts',
  'identity',
  'messages',
  'geo',
  'observations',
  'analytics',
  'catalogue',
  'exchange',
  'payments',
  'credentials',
  'bookings',
  'cases',
  'mobility',
  'tracking',
  'assets',
  'health',
  'disputes',
  'lab',
  'blueprint',
  'assistant',
  'portal',
];

type Spot = { start: number; end: number };
type Element = Spot & { name: string };
type List = { imports: (Spot & { name: string })[]; lastImport: number; elements: Element[]; array: Spot };
type Expression = { type: string; start: number; end: number; name?: string; expression?: Expression };
type ArrayNode = Expression & { elements: Expression[] };

function readList(text: string): List {
  const { program, errors } = parseSync('modules.ts', text);
  if (errors.length > 0) throw new Error('src/modules.ts cannot be parsed.');
  const imports = program.body.filter((one) => one.type === 'ImportDeclaration');
  const declared = program.body.flatMap((one) =>
    one.type === 'ExportNamedDeclaration' && one.declaration?.type === 'VariableDeclaration'
      ? one.declaration.declarations
      : [],
  );
  const list = declared.find((one) => one.id.type === 'Identifier' && one.id.name === 'modules');
  let array = list?.init as Expression | null | undefined;
  while (array && array.type !== 'ArrayExpression') array = array.expression;
  if (!array) throw new Error('src/modules.ts has no exported list "modules".');
  return {
    imports: imports.flatMap((one) => {
      const name = /^\.\/modules\/([^/]+)\/index\.ts$/.exec(one.source.value)?.[1];
      return name ? [{ name, start: one.start, end: one.end }] : [];
    }),
    lastImport: imports.at(-1)?.end ?? 0,
    elements: (array as ArrayNode).elements.map((one) => ({
      name: one.name ?? '',
      start: one.start,
      end: one.end,
    })),
    array: { start: array.start, end: array.end },
  };
}

/** Names of the modules that the list holds, foundation first. */
export const listModules = (text: string): string[] => readList(text).elements.map((one) => one.name);

function insertAt(text: string, offset: number, addition: string): string {
  return text.slice(0, offset) + addition + text.slice(offset);
}

function addElement(text: string, name: string, before: string | undefined): string {
  const { elements, array } = readList(text);
  const next = elements.find((one) => one.name === before);
  const last = elements.at(-1);
  const manyLines = text.slice(array.start, array.end).includes('\n');
  const gap = manyLines ? ',\n  ' : ', ';
  if (next) return insertAt(text, next.start, `${name}${gap}`);
  return last ? insertAt(text, last.end, `${gap}${name}`) : insertAt(text, array.start + 1, name);
}

function addImport(text: string, name: string): string {
  const { imports, lastImport } = readList(text);
  const line = `import { ${name} } from './modules/${name}/index.ts';`;
  const next = imports.find((one) => one.name > name);
  if (next) return insertAt(text, next.start, `${line}\n`);
  return insertAt(text, imports.at(-1)?.end ?? lastImport, `\n${line}`);
}

/** `src/modules.ts` with the module on its floor: below the first listed one planned to stand above it. */
export function register(text: string, name: string): string {
  const above = plannedFloors.slice(plannedFloors.indexOf(name) + 1);
  const before = listModules(text).find((one) => above.includes(one));
  return addImport(addElement(text, name, before), name);
}
