// Tests: each one runs, each one can fail, and none measures time.

import { type Code, codeOf, isTest, type Node, walk } from '../code.ts';
import type { HouseFile, Law, Violation } from '../tree.ts';

const timeWords = /(Ms|Milliseconds?|[dD]uration|[eE]lapsed|[lL]atency|took|performance\.now|Date\.now)\b/;
const comparisons = new Set([
  'toBeLessThan',
  'toBeLessThanOrEqual',
  'toBeGreaterThan',
  'toBeGreaterThanOrEqual',
  'toBeCloseTo',
]);
const testCalls = new Set(['it', 'test', 'describe']);

function rootName(callee: Node): string {
  if (callee.type === 'CallExpression') return rootName(callee.callee);
  return callee.type === 'MemberExpression' ? rootName(callee.object) : String(callee.name);
}

function timedAssertion(node: Node, text: string): string | undefined {
  const { callee } = node;
  if (callee.type !== 'MemberExpression' || !comparisons.has(callee.property.name)) return undefined;
  const measured = text.slice(callee.object.start, callee.object.end);
  return timeWords.test(measured) ? 'an assertion on elapsed time: a slow machine is no defect' : undefined;
}

function modifier(callee: Node): string | undefined {
  if (callee.type !== 'MemberExpression' || !testCalls.has(rootName(callee))) return undefined;
  const name = String(callee.property.name);
  if (name === 'only') return '.only hides every other test';
  return name === 'skip' || name === 'todo' ? `.${name}: a test runs or is deleted` : undefined;
}

function cannotFail(node: Node, text: string): string | undefined {
  if (!['it', 'test'].includes(rootName(node.callee))) return undefined;
  const body = (node.arguments as Node[]).find((one) => /Function/.test(one.type));
  if (!body || /expect|assert|until\(|fc\./i.test(text.slice(body.start, body.end))) return undefined;
  return 'a test without an expectation cannot fail';
}

function titleProblem(node: Node): string | undefined {
  if (!['it', 'test'].includes(rootName(node.callee))) return undefined;
  const title = node.arguments[0] as Node | undefined;
  const text = title?.type === 'Literal' && typeof title.value === 'string' ? title.value.trim() : undefined;
  const short = text !== undefined && !text.includes('%') && text.split(/\s+/).length < 3;
  return short ? `"${text}" is no sentence of behaviour` : undefined;
}

function problemsOf(node: Node, file: HouseFile): string[] {
  if (node.type === 'MemberExpression') return [modifier(node)].filter((one) => one !== undefined);
  if (node.type !== 'CallExpression') return [];
  const found = [timedAssertion(node, file.text), cannotFail(node, file.text), titleProblem(node)];
  return found.filter((one) => one !== undefined);
}

function check(file: HouseFile): Violation[] {
  const code: Code = codeOf(file);
  const found: Violation[] = [];
  walk(code.program, (node) => {
    for (const what of problemsOf(node, file))
      found.push({ path: file.path, line: code.lineOf(node.start), what });
  });
  return found;
}

export const tests: Law = {
  name: 'tests',
  sentence: 'every test runs, can fail, has a sentence as title, and none measures time',
  check: (tree) => tree.files.filter((file) => isTest(file.path)).flatMap(check),
};
