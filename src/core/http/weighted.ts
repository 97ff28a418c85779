// Reads a header of weighted choices such as `br;q=1, gzip;q=0.5` (RFC 9110, 12.4.2).

export type Choice = { value: string; weight: number };

const mostChoices = 32;

/** Choices with a weight above zero, best first; equal weights keep their order. */
export const weighted = (header: string): Choice[] =>
  allChoices(header)
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);

/** Every choice as written, those refused with `q=0` included. */
export function allChoices(header: string): Choice[] {
  return header
    .split(',', mostChoices)
    .map((part) => {
      const [value = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const quality = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2);
      const weight = quality === undefined ? 1 : Number(quality);
      return { value: value.toLowerCase(), weight: weight >= 0 && weight <= 1 ? weight : 0 };
    })
    .filter(({ value }) => value !== '');
}
