// What of the provider's state opens a door to whoever holds it, and what is written in its place.

import { createHmac, hash } from 'node:crypto';

/** State of the provider as it makes it. */
export type Payload = Record<string, unknown>;

/**
 * Grants are known by their ids to nobody outside, and no address takes one. All else is found by what a
 * client or a browser holds, so its id is written as a digest; ids are drawn by chance and cannot be guessed.
 */
export const keyOfArtifact = (model: string, id: string): string =>
  model === 'Grant' ? id : hash('sha256', id, 'base64url');

/** A code that a person types is short: all could be tried, so it is written under a key. */
export const keyOfUserCode = (key: Buffer, code: string): string =>
  createHmac('sha256', key).update(code).digest('base64url');

/**
 * What is needed again when the one who asks does not hold it, by model. It is written sealed: a person
 * confirms the code of a device or a request made elsewhere, a sign-in goes on from what was pushed, and a
 * form of the provider carries the secret of its session.
 */
const sealedFields: Record<string, readonly string[]> = {
  Session: ['state'],
  Interaction: ['parJti', 'deviceCode'],
  DeviceCode: ['jti', 'userCode'],
  BackchannelAuthenticationRequest: ['jti', 'notificationToken'],
};

/** A payload in two parts: what may be read, and what is to be sealed. */
export type Parted = { open: Payload; secrets: Payload | undefined };

/** Models that need no sealing are most of the work; nothing is copied for them but the payload. */
export function partPayload(model: string, id: string, payload: Payload): Parted {
  if (model === 'Grant') return { open: payload, secrets: undefined };
  const open: Payload = model === 'Interaction' ? partInteraction(id, payload) : { ...payload };
  const all = model === 'BackchannelAuthenticationRequest' ? partRequest(open) : open;
  let secrets: Payload | undefined;
  for (const field of sealedFields[model] ?? []) {
    if (all[field] !== undefined) secrets = { ...secrets, [field]: all[field] };
    open[field] = undefined;
  }
  open.jti = undefined;
  return { open, secrets };
}

/** The address that goes on ends with the id; of its session the uid alone is used. */
function partInteraction(id: string, payload: Payload): Payload {
  const { returnTo, session } = payload as { returnTo?: string; session?: Payload };
  return {
    ...payload,
    ...(returnTo?.endsWith(id) ? { returnTo: returnTo.slice(0, -id.length) } : {}),
    ...(session === undefined ? {} : { session: { ...session, cookie: undefined } }),
  };
}

/** With the token for notifications a service knows that it is we who tell it. */
function partRequest(open: Payload): Payload {
  const { client_notification_token: notificationToken, ...params } = (open.params ?? {}) as Payload;
  open.params = params;
  return { ...open, notificationToken };
}

/** What the provider wrote; `id` as whoever asks holds it, absent when they found it another way. */
export function joinPayload(model: string, id: string | undefined, { open, secrets }: Parted): Payload {
  const { notificationToken, ...rest } = secrets ?? {};
  const payload = Object.assign(open, rest);
  if (id !== undefined) payload.jti = id;
  if (notificationToken !== undefined) {
    payload.params = { ...(open.params as Payload), client_notification_token: notificationToken };
  }
  if (model === 'Interaction') payload.returnTo = `${payload.returnTo}${id}`;
  return payload;
}
