// Who writes: a device or program with a credential of its own, or an officer; and what each may write.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Actor, signInFirst } from '../../../../core/access.ts';
import { LamppostError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { parseCookies } from '../../../../core/http/index.ts';
import { mayWrite } from '../../rules/credentials.ts';
import { type Credential, checkCredential, findDatastream } from '../../store/index.ts';
import { departmentsOf, type Reference } from '../../store/query/index.ts';

type Writer = { credential: Credential } | { actor: Actor };

export type Who = {
  /** Throws unauthenticated, or forbidden where the writer may not write observations of the datastream. */
  mayObserve(datastreamId: number): Promise<void>;
  /**
   * Throws unauthenticated, or forbidden where the writer may not change what belongs to these entities, nor
   * to the departments named.
   */
  mayEdit(references: readonly Reference[], departments?: readonly string[]): Promise<void>;
};

const wrongSecret = () =>
  new LamppostError(
    'unauthenticated',
    'wrong-credential',
    { en: 'This credential is not known, or was revoked.', tc: '此憑證不明或已被撤銷。' },
    { headers: { 'WWW-Authenticate': 'Basic realm="observations"' } },
  );

const notYours = () =>
  new LamppostError('forbidden', 'not-your-datastream', {
    en: 'This credential may write observations of its own datastreams only.',
    tc: '此憑證只可寫入所屬數據流的觀測值。',
  });

const ownToken = /^([0-9a-z]{8,40})\.([\w-]{16,100})$/;

type Proof = { id: string; secret: string };

/** What a device proves itself with: Basic `id:secret`, or Bearer `id.secret`. */
function proofIn(authorization: string): Proof | undefined {
  const [scheme = '', given = ''] = authorization.split(' ', 2);
  if (/^basic$/i.test(scheme)) {
    const text = Buffer.from(given, 'base64').toString('utf8');
    const at = text.indexOf(':');
    return { id: text.slice(0, Math.max(at, 0)), secret: text.slice(at + 1) };
  }
  const [, id, secret] = (/^bearer$/i.test(scheme) && ownToken.exec(given)) || [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

async function writerOf(house: House, request: IncomingMessage, response: ServerResponse): Promise<Writer> {
  const proof = proofIn(request.headers.authorization ?? '');
  if (proof !== undefined) {
    const credential = await checkCredential(house, proof.id, proof.secret);
    if (credential === undefined) throw wrongSecret();
    return { credential };
  }
  const actor = await house.access.authentication?.actorOf(
    {
      method: request.method ?? 'GET',
      cookies: parseCookies(request.headers.cookie),
      headers: request.headers,
      ip: request.socket.remoteAddress ?? '',
      url: `${house.config.origin}${request.url ?? '/'}`,
      raw: { request, response },
    },
    house,
  );
  if (actor === undefined) throw signInFirst();
  return { actor };
}

const action = 'observations.edit';

/** The writer behind a request; asked for once, and only when something is written. */
export function openWho(house: House, request: IncomingMessage, response: ServerResponse): Who {
  let asked: Promise<Writer> | undefined;
  const writer = () => {
    asked ??= writerOf(house, request, response);
    return asked;
  };
  const mayEdit: Who['mayEdit'] = async (references, departments = []) => {
    const found = await writer();
    if ('credential' in found) throw notYours();
    house.access.require(found.actor, action);
    const owners = new Set([...departments, ...(await departmentsOf(house.database, references))]);
    for (const department of owners) house.access.require(found.actor, action, { department });
  };
  return {
    mayEdit,
    mayObserve: async (datastreamId) => {
      const found = await writer();
      if (!('credential' in found)) return mayEdit([{ kind: 'Datastream', id: datastreamId }]);
      const datastream = await findDatastream(house, datastreamId);
      if (datastream === undefined || !mayWrite(found.credential, datastream.key)) throw notYours();
    },
  };
}
