// Parsed source files: imports, exports, comments and a walk over the syntax tree.

import { type Program, parseSync, visitorKeys } from 'oxc-parser';
import type { HouseFile } from './tree.ts';

/** A node of the syntax tree (ESTree), read loosely: the laws only look at a few of its fields. */
// biome-ignore lint/suspicious/noExplicitAny: one field name has another type in every kind of node
export type Node = { type: string; start: number; end: number; [field: string]: any };

export type Import = { from: string; typeOnly: boolean; line: number };
export type Export = { name: string; line: number; start: number; kind: string; from?: string };
export type Comment = { text: string; start: number; end: number; line: number; block: boolean };

export type Code = {
  program: Node;
  imports: Import[];
  exports: Export[];
  comments: Comment[];
  lineOf(offset: number): number;
};

const parsed = new WeakMap<HouseFile, Code>();

/** Calls `visit` for every node, parents first; `parents` runs from the root to the parent. */
export function walk(node: Node, visit: (node: Node, parents: Node[]) => void, parents: Node[] = []): void {
  visit(node, parents);
  const inner = [...parents, node];
  for (const key of visitorKeys[node.type] ?? []) {
    for (const child of [node[key]].flat()) if (child) walk(child as Node, visit, inner);
  }
}

export const isCode = (file: HouseFile) => /\.(tsx?|mts|js|mjs)$/.test(file.path);
export const isTest = (path: string) => /\.test\.tsx?$/.test(path);

function lineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

function declaredNames(declaration: Node): string[] {
  if (declaration.type === 'VariableDeclaration') {
    return (declaration.declarations as Node[]).map((one) => String(one.id.name ?? ''));
  }
  return [String(declaration.id?.name ?? 'default')];
}

function exportsOf(statement: Node, line: number): Export[] {
  const { start } = statement;
  const from = statement.source?.value as string | undefined;
  const at = { line, start, ...(from ? { from } : {}) };
  if (statement.type === 'ExportAllDeclaration') return [{ name: '*', kind: 'all', ...at }];
  if (statement.type === 'ExportDefaultDeclaration') return [{ name: 'default', kind: 'default', ...at }];
  if (statement.type !== 'ExportNamedDeclaration') return [];
  if (statement.declaration) {
    const kind = String(statement.declaration.type);
    return declaredNames(statement.declaration).map((name) => ({ name, kind, ...at }));
  }
  return (statement.specifiers as Node[]).map((one) => ({
    name: String(one.local.name ?? one.local.value),
    kind: 're-export',
    ...at,
  }));
}

function importsOf(program: Node, lineOf: (offset: number) => number): Import[] {
  const imports: Import[] = [];
  walk(program, (node) => {
    const from = node.source?.value;
    if (typeof from !== 'string') return;
    const kind = node.importKind ?? node.exportKind;
    const specifiers = (node.specifiers ?? []) as Node[];
    const allTypes = specifiers.length > 0 && specifiers.every((one) => one.importKind === 'type');
    imports.push({ from, typeOnly: kind === 'type' || allTypes, line: lineOf(node.start) });
  });
  return imports;
}

/** The parsed file; a file that cannot be parsed throws with its first error. */
export function codeOf(file: HouseFile): Code {
  const known = parsed.get(file);
  if (known) return known;
  const result = parseSync(file.path, file.text);
  const error = result.errors[0];
  if (error) throw new Error(`${file.path} cannot be parsed: ${error.message}`);
  const lineOf = lineFinder(file.text);
  const program = result.program as Program as unknown as Node;
  const code: Code = {
    program,
    imports: importsOf(program, lineOf),
    exports: (program.body as Node[]).flatMap((statement) => exportsOf(statement, lineOf(statement.start))),
    comments: result.comments.map((one) => ({
      text: one.value,
      start: one.start,
      end: one.end,
      line: lineOf(one.start),
      block: one.type === 'Block',
    })),
    lineOf,
  };
  parsed.set(file, code);
  return code;
}

/** Whether the export that starts at `start` has a doc comment straight above it. */
export function hasDocComment(file: HouseFile, start: number): boolean {
  const before = codeOf(file).comments.findLast((one) => one.end <= start);
  return Boolean(
    before?.block && before.text.startsWith('*') && file.text.slice(before.end, start).trim() === '',
  );
}
