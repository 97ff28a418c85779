// Tests of the style sheet: contrast of the tokens, weight, nothing undefined.

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { assets, compactCss, styles } from './styles.ts';

const tokens = readFileSync(new URL('./styles/tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = tokens.split('@media (prefers-color-scheme: dark)');

const colour = (css: string, name: string): string => {
  const found = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(css)?.[1];
  if (!found) throw new Error(`no colour ${name}`);
  return found;
};

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ['light', light],
  ['dark', dark],
])('colours in %s mode', (_mode, css) => {
  it.each(['ink', 'ink-2', 'link', 'lamp', 'jade', 'clay'])(
    '%s is readable as text on paper and surface',
    (name) => {
      expect(contrast(colour(css, name), colour(css, 'paper'))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(colour(css, name), colour(css, 'surface'))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('ink is readable on marked words', () => {
    expect(contrast(colour(css, 'ink'), colour(css, 'mark'))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['edge', 'water', 'jade', 'clay'])('%s is visible as a shape on paper', (name) => {
    expect(contrast(colour(css, name), colour(css, 'paper'))).toBeGreaterThanOrEqual(3);
  });
});

describe('the style sheet', () => {
  it('weighs less than 10 KB compressed', () => {
    expect(gzipSync(styles.css).length).toBeLessThan(10_000);
  });

  it('uses no variable that is not defined', () => {
    const defined = new Set([...styles.css.matchAll(/(--[\w-]+):/g)].map((match) => match[1]));
    const used = [...styles.css.matchAll(/var\((--[\w-]+)/g)].map((match) => match[1]);
    expect(used.filter((name) => !defined.has(name))).toEqual([]);
  });

  it('has as many opening as closing braces, and no comment left', () => {
    expect(styles.css.split('{').length).toBe(styles.css.split('}').length);
    expect(styles.css).not.toContain('/*');
  });

  it('is served under a name that carries its content', () => {
    expect(styles.href).toMatch(/^\/assets\/lamppost\.[\w-]{10}\.css$/);
    expect(assets.map((asset) => asset.path)).toContain(styles.href);
  });
});

describe('compactCss', () => {
  it('keeps quoted text and the blanks that mean something', () => {
    expect(compactCss('/* a */\na  b > c {\n  content: " ; {  ";\n  margin: 0 auto;\n}\n')).toBe(
      'a b>c{content: " ; {  ";margin: 0 auto}',
    );
  });
});
