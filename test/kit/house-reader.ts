// A reader of the house for tests: opens pages and sends forms as a person, and reads what they say.

import type { TestHouse } from './house.ts';
import type { Member } from './identity-house.ts';
import { createSoftAuthenticator } from './passkey.ts';

type Answer = { statusCode: number; body: string; headers: Record<string, unknown> };

/** Opens pages and sends forms; without a member as a stranger. */
export type HouseReader = {
  open(url: string, member?: Member): Promise<Answer>;
  send(url: string, fields: Record<string, string>, headers: Record<string, string>): Promise<Answer>;
  post(url: string, fields: Record<string, string>, member: Member): Promise<Answer>;
};

const html = { accept: 'text/html' };

export function readerOfHouse({ server }: TestHouse): HouseReader {
  const send: HouseReader['send'] = (url, fields, headers) =>
    server.fastify.inject({
      method: 'POST',
      url,
      headers: { ...html, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(fields).toString(),
    });
  return {
    open: (url, member) => server.fastify.inject({ url, headers: { ...html, ...(member?.headers ?? {}) } }),
    send,
    post: (url, fields, member) => send(url, fields, member.headers),
  };
}

/** What the reader is told in the main part, without the marks of HTML. */
export function wordsOf(body: string): string {
  const [, main = body] = /<main[^>]*>([\s\S]*)<\/main>/.exec(body) ?? [];
  return main.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

/** Answers the form of a page that asks for a passkey, with one that is made for it. */
export async function answerCeremony(
  { body }: { body: string },
  origin: string,
): Promise<{ ceremonyId: string; response: string }> {
  const [, ceremonyId] = /name="ceremonyId" value="([^"]+)"/.exec(body)!;
  const [, text] = /data-options="([^"]+)"/.exec(body)!;
  const options = JSON.parse(text!.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as object;
  return { ceremonyId: ceremonyId!, response: await createSoftAuthenticator(origin).create(options) };
}
