// Chinese headings that break between words, and never between a figure and its measure word.

import { rememberedPart } from '../core/markup.ts';

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const chinese = /\p{Script=Han}/u;

const known = new Map<string, string[]>();
const remembered = 5_000;

/** The pieces of a text that should stay whole; joined again they are the text. */
export function phrasesOf(text: string): string[] {
  const before = known.get(text);
  if (before) return before;
  const pieces: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const last = pieces.at(-1);
    if (last !== undefined && belongTogether(last, segment)) pieces[pieces.length - 1] = last + segment;
    else pieces.push(segment);
  }
  if (known.size >= remembered) known.clear();
  known.set(text, pieces);
  return pieces;
}

const opens = /[（「『《〈“‘([]$/u;
const closes = /^[）」』》〉”’，。、；：？！,.;:?!)\]%％]/u;

const belongTogether = (last: string, next: string): boolean =>
  opens.test(last) || closes.test(next) || /\d$/.test(last);

/** A heading; a text without Chinese comes back as it is. */
export function Phrases({ text }: { text: string }) {
  if (!chinese.test(text)) return <>{text}</>;
  const pieces = phrasesOf(text);
  return rememberedPart(pieces, '', () => <Pieces pieces={pieces} />);
}

const Pieces = ({ pieces }: { pieces: string[] }) => (
  <span class="phrases">
    {pieces.map((piece, index) => (
      <>
        {index > 0 ? <wbr /> : null}
        {piece}
      </>
    ))}
  </span>
);
