// Rough widths of text, for deciding where labels fit; the server has no fonts to measure.

const fontSize = 13;
/** The narrowest drawing we design for: a phone of 320 px with its margins. */
export const narrowPx = 288;
/** The drawing on a wide screen. */
export const widePx = 680;

const widthOf = (character: string): number => {
  if (/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f]/u.test(character)) return 1;
  if (/[\s.,:;'|il!]/.test(character)) return 0.3;
  if (/[A-ZMW%@]/.test(character)) return 0.68;
  return 0.54;
};

/** Width in pixels of a text in chart type; errs on the wide side. */
export const textWidthPx = (text: string): number =>
  [...text].reduce((sum, character) => sum + widthOf(character), 0) * fontSize;

const breakable = /(?<=[\s/-])|(?=[\u2e80-\u9fff])/u;

/** The text in lines that fit into `maxPx`; breaks at spaces, and between Chinese characters. */
export function wrapText(text: string, maxPx: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(breakable)) {
    if (line !== '' && textWidthPx(line + piece.trimEnd()) > maxPx) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  lines.push(line.trimEnd());
  return lines;
}
