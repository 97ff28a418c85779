// Words and markup: every text is in English and Traditional Chinese; no inline style, script or raw HTML.

import { codeOf, isCode, isTest, type Node, walk } from '../code.ts';
import type { HouseFile, Law, Violation } from '../tree.ts';

function checkText(node: Node): string | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  const properties = node.properties as Node[];
  const keys = properties.map((one) => String(one.key?.name ?? one.key?.value));
  if (!keys.includes('en') && !keys.includes('tc')) return undefined;
  if (!keys.every((key) => ['en', 'tc', 'sc'].includes(key))) return undefined;
  const missing = ['en', 'tc'].find((key) => !keys.includes(key));
  if (missing) return `a text without ${missing}`;
  const empty = properties.find(
    (one) => typeof one.value?.value === 'string' && one.value.value.trim() === '',
  );
  return empty ? `a text with an empty ${empty.key.name}` : undefined;
}

function checkAttribute(node: Node): string | undefined {
  if (node.type !== 'JSXAttribute') return undefined;
  const name = String(node.name.name);
  if (name === 'style') return 'inline style: the content security policy refuses it; use a class';
  if (name === 'dangerouslySetInnerHTML') return 'raw HTML: words must pass through the renderer';
  if (/^on[a-z]+$/i.test(name) && node.value?.type === 'Literal')
    return `${name}: an inline script never runs`;
  return undefined;
}

function check(file: HouseFile): Violation[] {
  const code = codeOf(file);
  const found: Violation[] = [];
  walk(code.program, (node) => {
    const what = checkText(node) ?? checkAttribute(node);
    if (what) found.push({ path: file.path, line: code.lineOf(node.start), what });
  });
  return found;
}

export const words: Law = {
  name: 'words',
  sentence: 'every text has English and Traditional Chinese; no inline style, script or raw HTML',
  check: (tree) =>
    tree.files
      .filter((file) => file.path.startsWith('src/') && isCode(file) && !isTest(file.path))
      .flatMap(check),
};
