// What a credential may write: datastreams whose keys match its patterns.

/** Letters stand for themselves, a star for any number of them. */
export function matches(pattern: string, key: string): boolean {
  const parts = pattern.split('*');
  const [first = ''] = parts;
  const last = parts.at(-1)!;
  if (parts.length === 1) return pattern === key;
  if (!key.startsWith(first) || key.length < first.length + last.length || !key.endsWith(last)) return false;
  const end = key.length - last.length;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = key.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** Whether a credential may write the datastream with this key; one without a key is nobody's. */
export const mayWrite = ({ patterns }: { patterns: readonly string[] }, key: string | null): boolean =>
  key !== null && patterns.some((pattern) => matches(pattern, key));
