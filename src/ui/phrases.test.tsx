// Tests of Chinese headings: words stay whole, nothing is lost.

import fc from 'fast-check';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { Phrases, phrasesOf } from './phrases.tsx';

describe('phrases', () => {
  it('keeps a figure with its measure word and punctuation with what it closes', () => {
    const pieces = phrasesOf('131項措施中，五項（約4%）進行中。');
    expect(pieces.some((piece) => piece.startsWith('131項'))).toBe(true);
    expect(pieces.every((piece) => !/^[，。）]/u.test(piece))).toBe(true);
    expect(pieces.every((piece) => !/（$/u.test(piece))).toBe(true);
  });

  it('loses nothing of any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => phrasesOf(text).join('') === text));
  });

  it('leaves Latin headings alone', () => {
    expect(renderToString(<Phrases text="The city now" />)).toBe('The city now');
  });

  it('offers a break between Chinese words', () => {
    expect(renderToString(<Phrases text="持續推行" />)).toBe('<span class="phrases">持續<wbr/>推行</span>');
  });
});
