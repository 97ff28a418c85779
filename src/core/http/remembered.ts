// Remembers what a pure function said for the header values seen lately: browsers send the same few all day.

const mostRemembered = 256;
const longestRemembered = 512;

/** The same function, with a small memory of its answers. */
export function remembered<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    if (key.length > longestRemembered) return value;
    if (known.size >= mostRemembered) known.clear();
    known.set(key, value);
    return value;
  };
}
