// Numbers: file <= 300 lines, function <= 70, parameters <= 3, line <= 110, door <= 20 exports.

import { codeOf, isCode, isTest, type Node, walk } from '../code.ts';
import type { HouseFile, Law, Violation } from '../tree.ts';

export const limits = { fileLines: 300, functionLines: 70, parameters: 3, lineLength: 110, doorExports: 20 };

const measured = /\.(tsx?|css|sql)$/;
const door = /^src\/(ui|core\/[^/]+|modules\/[^/]+)\/index\.tsx?$/;
const literal = /(['"`])(?:\\.|(?!\1).)*\1/g;
const isComment = /^\s*(\/\/|\/?\*|--)/;
const isAddress = /^\s*(\/\/|\/?\*|--)\s*https?:\S+$/;

/** Characters of a line that somebody could break: a long string is left whole, so that a search finds it. */
function breakableLength(text: string): number {
  if (isAddress.test(text)) return 0;
  return [...(isComment.test(text) ? text : text.replace(literal, "''"))].length;
}

function checkLines(file: HouseFile): Violation[] {
  const lines = file.text.replace(/\n$/, '').split('\n');
  const found: Violation[] = lines.flatMap((text, index) => {
    const length = [...text].length;
    if (length <= limits.lineLength || breakableLength(text) <= limits.lineLength) return [];
    const what = `line of ${length} characters, at most ${limits.lineLength}`;
    return [{ path: file.path, line: index + 1, what }];
  });
  if (lines.length > limits.fileLines) {
    const what = `file of ${lines.length} lines, at most ${limits.fileLines}: make it a folder`;
    found.push({ path: file.path, line: 1, what });
  }
  return found;
}

const isFunction = (node: Node) =>
  /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type) && Boolean(node.body);

function isDescribe(node?: Node): boolean {
  if (node?.type !== 'CallExpression') return false;
  const { callee } = node;
  return isDescribe(callee) || (callee.name ?? callee.object?.name) === 'describe';
}

function nameOf(node: Node, parent: Node | undefined): string {
  return String(node.id?.name ?? parent?.id?.name ?? parent?.key?.name ?? 'function');
}

function checkFunctions(file: HouseFile): Violation[] {
  const code = codeOf(file);
  const found: Violation[] = [];
  walk(code.program, (node, parents) => {
    const parent = parents.at(-1);
    if (!isFunction(node)) return;
    const name = nameOf(node, parent);
    const line = code.lineOf(node.start);
    const lines = code.lineOf(node.end) - line + 1;
    const parameters = (node.params as Node[]).filter((one) => one.name !== 'this').length;
    const tooLong = lines > limits.functionLines && !(isTest(file.path) && isDescribe(parent));
    if (tooLong)
      found.push({
        path: file.path,
        line,
        what: `${name} has ${lines} lines, at most ${limits.functionLines}`,
      });
    // `it.each` gives each column of its table as a parameter.
    const isTestBody = isTest(file.path) && parent?.type === 'CallExpression';
    if (parameters > limits.parameters && !isTestBody) {
      const what = `${name} has ${parameters} parameters, at most ${limits.parameters}: take one object`;
      found.push({ path: file.path, line, what });
    }
  });
  return found;
}

function checkDoor(file: HouseFile): Violation[] {
  if (!door.test(file.path)) return [];
  const { exports } = codeOf(file);
  const all = exports.find((one) => one.name === '*');
  if (all) return [{ path: file.path, line: all.line, what: 'export *: a door names what it lets out' }];
  const what = `door with ${exports.length} exports, at most ${limits.doorExports}`;
  return exports.length > limits.doorExports ? [{ path: file.path, line: 1, what }] : [];
}

export const numbers: Law = {
  name: 'numbers',
  sentence: 'file <= 300 lines, function <= 70, parameters <= 3, line <= 110, door <= 20 exports',
  check: (tree) =>
    tree.files
      .filter((file) => measured.test(file.path))
      .flatMap((file) => [
        ...checkLines(file),
        ...(isCode(file) ? [...checkFunctions(file), ...checkDoor(file)] : []),
      ]),
};
