// How often something may be tried: a window that slides, kept as two fixed ones.

/** How often was tried in the fixed window that runs now and in the one before it. */
export type Tries = { now: number; before: number };

/** Start of the fixed window in which an instant lies, in milliseconds since 1970. */
export const windowStartOf = (instantMs: number, windowSeconds: number): number =>
  Math.floor(instantMs / (windowSeconds * 1000)) * windowSeconds * 1000;

/** Tries in the window that slides: those before count for the part of their window that is not yet past. */
export function weighTries({ now, before }: Tries, elapsed: number): number {
  return now + before * (1 - Math.min(Math.max(elapsed, 0), 1));
}

/**
 * The key under which tries from an address are counted: an IPv6 subscriber has a whole /64 to choose from
 * (RFC 6177), an IPv4 address written as IPv6 is that address.
 */
export function addressKey(address: string): string {
  const bare = address.toLowerCase().replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare);
  if (mapped) return mapped[1]!;
  if (!bare.includes(':')) return bare;
  const [head = '', tail] = bare.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
