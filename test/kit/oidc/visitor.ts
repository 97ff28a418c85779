// A browser without a screen: keeps cookies, follows redirects one at a time, says where requests come from.

import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { type Form, formsOf } from './forms.ts';

export type Answer = {
  status: number;
  /** Address that answered. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Absolute, when it redirects. */
  location?: string;
};

export type Sent = {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string;
  /** Instead of the cookies of the jar. */
  cookie?: string;
};

type Cookie = { value: string; path: string };

const isBelow = (path: string, base: string) =>
  path === base || path.startsWith(base.endsWith('/') ? base : `${base}/`);

/** One request by HTTP, nothing added. */
export function send(url: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const said = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
    const asked = request(url, { method, headers: said, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('error', reject).on('end', () => {
        const { location } = response.headers;
        resolve({
          status: response.statusCode ?? 0,
          url,
          headers: response.headers,
          body: text,
          ...(location === undefined ? {} : { location: new URL(location, url).href }),
        });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** A browser of its own; nothing it holds is known to another. */
export class Visitor {
  readonly #hosts = new Map<string, Map<string, Cookie>>();
  /** Every address asked for, in order. */
  readonly visited: string[] = [];

  /** The Cookie header for an address. Ports do not part cookies (RFC 6265, section 8.5). */
  cookieFor(url: string): string {
    const { hostname, pathname } = new URL(url);
    return [...(this.#hosts.get(hostname) ?? new Map<string, Cookie>())]
      .filter(([, { path }]) => isBelow(pathname, path))
      .map(([key, { value }]) => `${key.split(';')[0]}=${value}`)
      .join('; ');
  }

  /** Value of a cookie by its name, whatever its path. */
  cookie(url: string, name: string): string | undefined {
    const jar = this.#hosts.get(new URL(url).hostname) ?? new Map<string, Cookie>();
    return [...jar].find(([key]) => key.startsWith(`${name};`))?.[1].value;
  }

  setCookie(url: string, line: string): void {
    const { hostname } = new URL(url);
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const said = new Map(
      attributes.map((one) => [one.split('=')[0]!.toLowerCase(), one.split('=')[1] ?? '']),
    );
    const path = said.get('path') || '/';
    const jar = this.#hosts.get(hostname) ?? new Map<string, Cookie>();
    this.#hosts.set(hostname, jar);
    const key = `${pair.slice(0, at)};${path}`;
    const expires = said.get('expires');
    const isGone =
      said.get('max-age') === '0' || (expires !== undefined && Date.parse(expires) <= Date.now());
    if (isGone) jar.delete(key);
    else jar.set(key, { value: pair.slice(at + 1), path });
  }

  async ask(url: string, sent: Sent = {}): Promise<Answer> {
    this.visited.push(url);
    const cookie = sent.cookie ?? this.cookieFor(url);
    const answer = await send(url, {
      ...sent,
      headers: {
        accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
        'accept-language': 'en',
        'user-agent': 'Mozilla/5.0 (X11; Linux x64) Gecko/20100101 Firefox/140.0',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
        'sec-fetch-site': 'none',
        ...(cookie === '' ? {} : { cookie }),
        ...sent.headers,
      },
    });
    for (const line of answer.headers['set-cookie'] ?? []) this.setCookie(url, line);
    return answer;
  }

  /** Sends a form of the page that `page` is, with `fields` in place of those of the same name. */
  submit(page: Answer, form: Form, fields: Record<string, string> = {}): Promise<Answer> {
    const target = new URL(form.action || page.url, page.url);
    const { origin } = new URL(page.url);
    const kept = form.fields.filter(([name]) => !(name in fields));
    const body = new URLSearchParams([...kept, ...Object.entries(fields)]).toString();
    return this.ask(target.href, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin,
        'sec-fetch-site': target.origin === origin ? 'same-origin' : 'cross-site',
      },
    });
  }

  /** Goes where an answer sends, until it sends no more or `isEnd` says that the address is the end. */
  async follow(answer: Answer, isEnd: (url: string) => boolean = () => false): Promise<Answer> {
    let current = answer;
    for (let steps = 0; current.location !== undefined && !isEnd(current.location); steps += 1) {
      if (steps > 15) throw new Error(`redirects without an end at ${current.location}`);
      current = await this.ask(current.location);
    }
    return current;
  }
}

export { formsOf };
