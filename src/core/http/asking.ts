// Who asks: the request as an endpoint may see it, and the person behind it when the audience needs one.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, signInFirst, type Visit } from '../access.ts';
import type { House } from '../house.ts';
import type { Audience, CachePolicy } from '../module.ts';

const mostCookies = 50;

/** Cookies by name, as RFC 6265 section 5.4 sends them; of a name that is sent twice, the first. */
export function parseCookies(header: string | undefined): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null);
  for (const pair of (header ?? '').split(';').slice(0, mostCookies)) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, Math.max(at, 0)).trim();
    if (name !== '' && cookies[name] === undefined) cookies[name] = pair.slice(at + 1).trim();
  }
  return cookies;
}

/** The request as an endpoint may see it. */
export const visitOf = (request: FastifyRequest, reply: FastifyReply, origin: string): Visit => ({
  method: request.method,
  cookies: parseCookies(request.headers.cookie),
  headers: request.headers,
  ip: request.ip,
  url: `${origin}${request.raw.url ?? '/'}`,
  raw: { request: request.raw, response: reply.raw },
});

/** What is for some people only is never kept. */
export const policyFor = (audience: Audience, policy: CachePolicy | undefined): CachePolicy | undefined =>
  audience === 'public' ? policy : 'none';

/** The actor that the audience asks for. Throws unauthenticated or forbidden. */
async function admit(audience: Exclude<Audience, 'public'>, visit: Visit, house: House): Promise<Actor> {
  const { access, clock } = house;
  const actor = await access.authentication?.actorOf(visit, house);
  if (actor === undefined) throw signInFirst();
  if (typeof audience === 'object' && 'signedInWithin' in audience) {
    const ageSeconds = (clock.now().getTime() - actor.authenticatedAt.getTime()) / 1000;
    if (ageSeconds > audience.signedInWithin) throw signInFirst();
  }
  if (typeof audience === 'object' && 'may' in audience) access.require(actor, audience.may);
  return actor;
}

/** What a handler is told of who asks. `actor` throws where nobody was asked. */
export async function askingOf(audience: Audience, visit: Visit, house: House) {
  if (audience === 'public') {
    return {
      visit,
      get actor(): Actor {
        throw new TypeError('an endpoint for everybody has no actor');
      },
    };
  }
  return { visit, actor: await admit(audience, visit, house) };
}
