// Parts of pages are escaped, rendered once, and told apart by owner and key; texts become UTF-8 exactly.

import { describe, expect, it } from 'vitest';
import { encodeText, rememberedPart, renderHtml } from './markup.ts';

const partOf = (owner: object, key: string, words: string) =>
  renderHtml(
    <main>
      {rememberedPart(owner, key, () => (
        <p title={words}>{words}</p>
      ))}
    </main>,
  );

describe('a remembered part', () => {
  it('is rendered once for an owner and a key', () => {
    const owner = {};
    expect(partOf(owner, 'en', 'first')).toBe('<main><p title="first">first</p></main>');
    expect(partOf(owner, 'en', 'second')).toBe('<main><p title="first">first</p></main>');
    expect(partOf(owner, 'tc', 'third')).toContain('third');
    expect(partOf({}, 'en', 'fourth')).toContain('fourth');
  });

  it('holds no markup that a text brought along, neither when made nor when used again', () => {
    const owner = {};
    const escaped = '<main><p title="&lt;script>&quot;&amp;">&lt;script>"&amp;</p></main>'.replace(
      '>"&',
      '>&quot;&',
    );
    expect(partOf(owner, 'en', '<script>"&')).toBe(escaped);
    expect(partOf(owner, 'en', '<script>"&')).toBe(escaped);
  });

  it('forgets the oldest key when an owner has too many', () => {
    const owner = {};
    for (let key = 0; key <= 256; key += 1) partOf(owner, String(key), 'before');
    expect(partOf(owner, '256', 'after')).toContain('before');
    expect(partOf(owner, '0', 'after')).toContain('after');
  });

  it('is not kept when rendering it fails', () => {
    const owner = {};
    const failing = () =>
      rememberedPart(owner, 'en', () => {
        throw new Error('no');
      });
    expect(failing).toThrow('no');
    expect(partOf(owner, 'en', 'then')).toContain('then');
  });
});

describe('text in UTF-8', () => {
  it.each([
    ['nothing', ''],
    ['plain', 'abc'],
    ['Chinese and what lies beyond the first plane', '智慧城市 𠮷 é'],
    ['half a character', 'a\ud842b'],
    ['more than fits into the scratch memory', '市'.repeat(300_000)],
  ])('%s', (_name, text) => {
    expect(encodeText(text).equals(Buffer.from(text))).toBe(true);
  });

  it('is not overwritten by the next', () => {
    const first = encodeText('一二三');
    encodeText('四五六');
    expect(first.toString()).toBe('一二三');
  });
});
