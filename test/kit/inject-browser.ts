// A browser made of software: cookies with their paths, over a server that listens nowhere.

import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { LightMyRequestResponse } from 'fastify';
import type { Visit } from '../../src/core/access.ts';
import type { TestHouse } from './house.ts';

type Cookie = { name: string; value: string; path: string };

const covers = (folder: string, path: string) =>
  folder === path || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

/** Asks the server of a test house, and keeps cookies as browsers do. */
export class InjectBrowser {
  readonly #open: TestHouse;
  cookies: Cookie[] = [];

  constructor(open: TestHouse) {
    this.#open = open;
  }

  #pathOf(address: string): string {
    return new URL(address, this.#open.house.config.origin).pathname;
  }

  /** The header Cookie for an address. */
  cookieFor(address: string): string {
    const path = this.#pathOf(address);
    const sent = this.cookies.filter((one) => covers(one.path, path));
    return sent.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  #keep(answer: LightMyRequestResponse): void {
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      const name = pair.slice(0, at);
      const value = pair.slice(at + 1);
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
      this.cookies = this.cookies.filter((one) => one.name !== name || one.path !== path);
      const isOver = attributes.some((one) => /^max-age=0$/i.test(one) || /^expires=.*1970/i.test(one));
      if (!isOver && value !== '') this.cookies.push({ name, value, path });
    }
  }

  async ask(address: string, form?: Record<string, string>): Promise<LightMyRequestResponse> {
    const { server, house } = this.#open;
    const url = address.startsWith(house.config.origin) ? address.slice(house.config.origin.length) : address;
    const cookie = this.cookieFor(address);
    const headers = {
      accept: 'text/html',
      ...(cookie === '' ? {} : { cookie }),
      ...(form === undefined
        ? {}
        : { 'content-type': 'application/x-www-form-urlencoded', origin: house.config.origin }),
    };
    const payload = form === undefined ? undefined : new URLSearchParams(form).toString();
    const answer = await server.fastify.inject({
      url,
      method: form === undefined ? 'GET' : 'POST',
      headers,
      ...(payload === undefined ? {} : { payload }),
    });
    this.#keep(answer);
    return answer;
  }

  /** Follows redirects within the site until `stop` says that the address is the goal; gives that address. */
  async follow(address: string, stop: (address: string) => boolean): Promise<string> {
    let next = address;
    for (let step = 0; step < 12; step += 1) {
      if (stop(next)) return next;
      const answer = await this.ask(next);
      const { location } = answer.headers;
      if (typeof location !== 'string') {
        throw new Error(
          `${next} answered ${answer.statusCode}: ${answer.body.replace(/<[^>]*>/g, ' ').slice(0, 600)}`,
        );
      }
      next = new URL(location, new URL(next, this.#open.house.config.origin)).href;
    }
    throw new Error('too many redirects');
  }

  /** The visit of a page, for functions that take one. */
  visit(address: string): Visit {
    const { origin } = this.#open.house.config;
    const url = new URL(address, origin);
    const cookie = this.cookieFor(address);
    const request = new IncomingMessage(new Socket());
    request.method = 'GET';
    request.url = `${url.pathname}${url.search}`;
    request.headers = { host: url.host, cookie };
    const cookies = Object.fromEntries(
      cookie.split('; ').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    );
    const raw = { request, response: new ServerResponse(request) };
    return { method: 'GET', cookies, headers: request.headers, ip: '127.0.0.1', url: url.href, raw };
  }
}
