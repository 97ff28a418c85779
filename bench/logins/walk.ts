// One complete login as a browser and a service do it: authorization, interaction, code, tokens.

import { createHash, randomBytes } from 'node:crypto';
import { type Answer, Connection, cookiesOf, formOf, headerOf, requestOf } from '../client.ts';

export const redirectUri = 'https://service.example/return';

/** Where a login takes place, and how the person is proven there. */
export type LoginSite = {
  port: number;
  /** Prefix of the provider, e.g. `/oidc`, or empty. */
  prefix: string;
  /** Leads from the interaction's address to the address that resumes; may ask several pages. */
  prove(browser: Browser, path: string): Promise<string>;
};

const pathOf = (address: string) => address.replace(/^https?:\/\/[^/]+/, '');

/** A browser with cookies of its own, over one connection. */
export class Browser {
  readonly #connection: Connection;
  readonly #cookies = new Map<string, string>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  #headers(): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return cookie === '' ? {} : { Cookie: cookie };
  }

  async #ask(request: Buffer): Promise<Answer> {
    const answer = await this.#connection.ask(request);
    for (const [name, value] of cookiesOf(answer)) this.#cookies.set(name, value);
    return answer;
  }

  get(path: string): Promise<Answer> {
    return this.#ask(requestOf(path, { Accept: 'text/html', ...this.#headers() }));
  }

  send(path: string, fields: Record<string, string>): Promise<Answer> {
    return this.#ask(formOf(path, fields, this.#headers()));
  }

  /** Where an answer leads. Throws when it leads nowhere. */
  static target(answer: Answer): string {
    const location = headerOf(answer, 'location');
    if (location === undefined) {
      throw new Error(`answered ${answer.status} in place of a redirect: ${answer.body.subarray(0, 400)}`);
    }
    return location;
  }
}

const toPath = (answer: Answer) => pathOf(Browser.target(answer));

/** One login from nothing to an ID token; throws when any step goes wrong. */
export async function logIn(connection: Connection, { prefix, prove }: LoginSite): Promise<void> {
  const browser = new Browser(connection);
  const verifier = randomBytes(32).toString('base64url');
  const asked = new URLSearchParams({
    client_id: 'bench',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: redirectUri,
    state: randomBytes(8).toString('base64url'),
    nonce: randomBytes(8).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const interaction = toPath(await browser.get(`${prefix}/auth?${asked}`));
  const resume = await prove(browser, interaction);
  let address = Browser.target(await browser.get(pathOf(resume)));
  while (!address.startsWith(redirectUri)) address = Browser.target(await browser.get(pathOf(address)));
  const code = new URL(address).searchParams.get('code');
  if (code === null) throw new Error(`no code: ${address}`);
  const fields = {
    grant_type: 'authorization_code',
    client_id: 'bench',
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
  };
  const answer = await connection.ask(formOf(`${prefix}/token`, fields));
  const { id_token: token } = JSON.parse(answer.body.toString()) as { id_token?: string };
  if (token === undefined) throw new Error(`no ID token: ${answer.body}`);
}

/** Logs in over some connections until the time is over; gives how many logins were completed. */
export async function logInFor(site: LoginSite, seconds: number, connections = 8): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let done = 0;
  const one = async () => {
    const connection = await Connection.open(site.port);
    try {
      while (performance.now() < end) {
        await logIn(connection, site);
        done += 1;
      }
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  return done;
}

/** Begins `perSecond` logins each second, whether or not others ended; gives the time of each in ms */
export async function logInAtRate(
  site: LoginSite,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<{ ms: number[]; failed: number }> {
  const ms: number[] = [];
  let failed = 0;
  const running: Promise<void>[] = [];
  const idle: Connection[] = [];
  const start = performance.now();
  const one = async (due: number) => {
    const connection = idle.pop() ?? (await Connection.open(site.port));
    try {
      await logIn(connection, site);
      // From the moment it was due, so that a server that lags cannot slow down what is asked of it.
      ms.push(performance.now() - due);
      idle.push(connection);
    } catch {
      failed += 1;
      connection.close();
    }
  };
  for (let number = 0; number < perSecond * seconds; number += 1) {
    const due = start + (number * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    running.push(one(due));
  }
  await Promise.all(running);
  for (const connection of idle) connection.close();
  return { ms, failed };
}
