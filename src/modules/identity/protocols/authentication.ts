// Who asks: the session of the portal's cookie, or a program with an access token of a person.

import type { Actor, Authentication, Visit } from '../../../core/access.ts';
import { LamppostError } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import type { Text } from '../../../core/texts.ts';
import { findActor, sessionSecretOf } from '../store/sessions.ts';
import { findTokenHolder, type TokenHolder } from '../store/token-holders.ts';
import { serviceTexts } from '../texts/services.ts';
import { isProven } from './dpop.ts';
import { apiResource } from './provider/index.ts';

const reads = new Set(['GET', 'HEAD']);
const accountPath = '/api/v1/account';

/** A request with the cookie that changes something must come from a page of this site. */
function refuseForeign(visit: Visit, { config }: House): void {
  if (reads.has(visit.method)) return;
  const from = visit.headers['sec-fetch-site'];
  const isOurs = from === undefined ? visit.headers.origin === config.origin : from === 'same-origin';
  if (!isOurs) throw new LamppostError('forbidden', 'foreign-request', serviceTexts.foreignRequest);
}

const challenge = (kind: string, error: string) => ({
  headers: { 'WWW-Authenticate': `${kind} error="${error}", algs="ES256"` },
});

const refused = (kind: string, error: string, text: Text) =>
  new LamppostError('unauthenticated', 'bad-token', text, challenge(kind, error));

const tooNarrow = (kind: string) =>
  new LamppostError('forbidden', 'scope-missing', serviceTexts.missingScope, {
    ...challenge(kind, 'insufficient_scope'),
  });

const isBelow = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

/** What a program may do for a person: read their account, or act as the officer that they are. */
function checkScopes(visit: Visit, { scopes }: TokenHolder, kind: string): void {
  const { pathname } = new URL(visit.url);
  const isRead = reads.has(visit.method);
  const isAccount = isBelow(pathname, accountPath);
  const allowed = isAccount ? isRead && scopes.includes('account') : isRead || scopes.includes('officer');
  if (!allowed) throw tooNarrow(kind);
}

async function actorOfToken(header: string, visit: Visit, house: House): Promise<Actor> {
  const [, scheme = '', token = ''] = /^(bearer|dpop) ([\w~.+/=-]{1,200})$/i.exec(header) ?? [];
  const kind = scheme.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer';
  const isApi = isBelow(new URL(visit.url).pathname, '/api');
  if (scheme === '' || !isApi) throw refused(kind, 'invalid_token', serviceTexts.badToken);
  const holder = await findTokenHolder(house, token);
  if (holder === undefined || holder.audience !== apiResource(house)) {
    throw refused(kind, 'invalid_token', serviceTexts.badToken);
  }
  const { thumbprint } = holder;
  const isBound = thumbprint !== undefined;
  if (isBound !== (kind === 'DPoP')) throw refused(kind, 'invalid_token', serviceTexts.badToken);
  if (isBound && !(await isProven(house, visit, { token, thumbprint }))) {
    throw refused(kind, 'invalid_dpop_proof', serviceTexts.badProof);
  }
  checkScopes(visit, holder, kind);
  const { id, clientId, scopes, acr, authenticatedAt, roles } = holder;
  return { id, clientId, scopes, acr, authenticatedAt, roles: scopes.includes('officer') ? roles : [] };
}

/** How the house learns who asks. */
export const authentication: Authentication = {
  signInPath: '/sign-in',
  async actorOf(visit, house) {
    const { authorization } = visit.headers;
    if (authorization !== undefined) return actorOfToken(authorization, visit, house);
    if (sessionSecretOf(house, visit.cookies) === undefined) return undefined;
    refuseForeign(visit, house);
    return findActor(house, visit.cookies);
  },
};
