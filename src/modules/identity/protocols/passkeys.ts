// Ceremonies of WebAuthn Level 3, and the one door to the `@simplewebauthn/server` package.

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import type { House } from '../../../core/house.ts';
import { minuteIn } from '../rules/index.ts';
import type { Proven } from '../schema.ts';
import { beginCeremony, type Ceremony, takeCeremony } from '../store/ceremonies.ts';
import {
  findKnownPasskey,
  type KnownPasskey,
  listPasskeys,
  type NewPasskey,
  passkeyRefused,
  touchPasskey,
} from '../store/passkeys.ts';

/** EdDSA, ES256, RS256 (IANA COSE Algorithms). */
const algorithms = [-8, -7, -257];
const timeoutMs = 5 * 60_000;
const longestResponse = 20_000;
const knownTransports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

const rpOf = ({ config }: House) => ({
  expectedOrigin: config.origin,
  expectedRPID: new URL(config.origin).hostname,
});

/** A ceremony that has begun: its id goes into the form, its options to the browser. */
export type Begun = { ceremonyId: string; options: object };

/** For whom a passkey is made: a person that is known, or a new one who may give a name. */
export type Registration = {
  binding: string;
  person?: { id: string; handle: Buffer; name?: string | undefined } | undefined;
  name?: string | undefined;
};

/** Begins to make a passkey: discoverable, with the person verified, and no attestation asked for. */
export async function beginRegistration(house: House, given: Registration): Promise<Begun> {
  const { binding, person } = given;
  const handle = person?.handle ?? randomBytes(32);
  const site = house.edition.siteName.en;
  // Without a name of their own, two accounts are told apart by the day they began.
  const today = minuteIn(house.clock.now(), house.edition.timeZone).slice(0, 10);
  const name = person?.name ?? given.name ?? `${site}, ${today}`;
  const known = person === undefined ? [] : await listPasskeys(house, person.id);
  const options = await generateRegistrationOptions({
    rpName: site,
    rpID: rpOf(house).expectedRPID,
    userName: name,
    userDisplayName: name,
    userID: new Uint8Array(handle),
    timeout: timeoutMs,
    attestationType: 'none',
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  });
  const { challenge } = options;
  const kept: Ceremony = { purpose: 'create', challenge, binding, personId: person?.id, handle };
  return { ceremonyId: await beginCeremony(house, kept), options };
}

/** A form with the answer of a browser: the JSON of PublicKeyCredential (WebAuthn Level 3, section 5.1). */
export type Answer = { ceremonyId: string; binding: string; response: string };

const text = z.string().max(longestResponse);
const base64url = text.regex(/^[A-Za-z0-9_-]*$/);
const credentialSchema = z.object({
  id: base64url.min(1).max(1400),
  rawId: base64url,
  type: z.literal('public-key'),
});
const createdSchema = credentialSchema.extend({
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(40)).max(20).default([]),
  }),
});
const usedSchema = credentialSchema.extend({
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish(),
  }),
});

function parseAnswer<Shape extends z.ZodType>(shape: Shape, answer: string): z.output<Shape> | undefined {
  if (answer.length > longestResponse) return undefined;
  try {
    return shape.safeParse(JSON.parse(answer)).data;
  } catch {
    return undefined;
  }
}

/** Finishes the making of a passkey. Throws invalid `passkey-refused`, whatever is wrong. */
export async function finishRegistration(
  house: House,
  { ceremonyId, binding, response }: Answer,
): Promise<{ handle: Buffer; passkey: NewPasskey }> {
  const created = parseAnswer(createdSchema, response);
  const ceremony = await takeCeremony(house, { id: ceremonyId, purpose: 'create', binding });
  if (created === undefined || ceremony?.handle === undefined) throw passkeyRefused('no-ceremony');
  const checked = await verifyRegistrationResponse({
    response: { ...created, clientExtensionResults: {} } as RegistrationResponseJSON,
    expectedChallenge: ceremony.challenge,
    ...rpOf(house),
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(() => undefined);
  if (!checked?.verified) throw passkeyRefused('not-verified');
  const { credential, credentialDeviceType } = checked.registrationInfo;
  const transports = created.response.transports.filter((one) => knownTransports.includes(one));
  const passkey: NewPasskey = {
    id: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports,
    deviceBound: credentialDeviceType === 'singleDevice',
  };
  return { handle: ceremony.handle, passkey };
}

/** Begins the use of a passkey; `personId` when only that person will do, as when a session is renewed. */
export async function beginAssertion(
  house: House,
  { binding, personId }: { binding: string; personId?: string | undefined },
): Promise<Begun> {
  const known = personId === undefined ? [] : await listPasskeys(house, personId);
  const options = await generateAuthenticationOptions({
    rpID: rpOf(house).expectedRPID,
    userVerification: 'required',
    timeout: timeoutMs,
    allowCredentials: known.map(({ id, transports }) => ({ id, transports: transports as never })),
  });
  const kept: Ceremony = { purpose: 'get', challenge: options.challenge, binding, personId };
  return { ceremonyId: await beginCeremony(house, kept), options };
}

/** COSE key of ES256 (RFC 9053, section 7.1.1) of somebody who is nobody. */
function nobodysKey(): Buffer {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const coordinate = (value?: string) => Buffer.from(value!, 'base64url');
  const head = Buffer.from('a5010203262001215820', 'hex');
  return Buffer.concat([head, coordinate(x), Buffer.from('225820', 'hex'), coordinate(y)]);
}

/** An unknown passkey is checked with as much work as a known one. */
const nobody = { publicKey: nobodysKey(), counter: 0, transports: [] as string[] };

const handleMatches = (given: string | null | undefined, passkey: KnownPasskey, ceremony: Ceremony) =>
  given ? Buffer.from(given, 'base64url').equals(passkey.handle) : ceremony.personId !== undefined;

/**
 * Finishes the use of a passkey: which person, and how well it proves them. Throws invalid `passkey-refused`,
 * whatever is wrong: ceremony used, expired or another's, passkey unknown or revoked, wrong origin, wrong
 * signature, nobody verified, counter that went back.
 */
export async function finishAssertion(house: House, answer: Answer): Promise<Proven> {
  const { ceremonyId, binding, response } = answer;
  const used = parseAnswer(usedSchema, response);
  const [ceremony, passkey] = await Promise.all([
    takeCeremony(house, { id: ceremonyId, purpose: 'get', binding }),
    used && findKnownPasskey(house, used.id),
  ]);
  if (used === undefined || ceremony === undefined) throw passkeyRefused('no-ceremony');
  const { publicKey, counter } = passkey ?? nobody;
  const checked = await verifyAuthenticationResponse({
    response: { ...used, clientExtensionResults: {} } as unknown as AuthenticationResponseJSON,
    expectedChallenge: ceremony.challenge,
    ...rpOf(house),
    requireUserVerification: true,
    credential: { id: used.id, publicKey: new Uint8Array(publicKey), counter },
  }).catch(() => undefined);
  if (passkey === undefined || !checked?.verified) throw passkeyRefused('not-verified');
  const isTheirs = ceremony.personId === undefined || ceremony.personId === passkey.personId;
  if (!isTheirs || !handleMatches(used.response.userHandle, passkey, ceremony)) {
    throw passkeyRefused('another-person');
  }
  if (!(await touchPasskey(house, passkey.id, checked.authenticationInfo.newCounter))) {
    throw passkeyRefused('counter');
  }
  return {
    personId: passkey.personId,
    passkeyId: passkey.id,
    acr: passkey.deviceBound ? 'phrh' : 'phr',
    authenticatedAt: house.clock.now(),
  };
}
