// Where a person goes after signing in: an address of this site, whatever was written into the request.

const base = 'http://local.invalid';
const longest = 2_000;

/** The path and query, if the text is an address within this site; otherwise the fallback. */
export function localPath(text: string | undefined, fallback: string): string {
  if (text === undefined || text.length > longest || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return fallback;
  const url = URL.parse(text, base);
  if (url === null || url.origin !== base || url.pathname.startsWith('//')) return fallback;
  return `${url.pathname}${url.search}`;
}
