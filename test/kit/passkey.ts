// An authenticator made of software: answers the options of passkey ceremonies as a browser would.

import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

/** Holds one passkey at a time; what it says can be bent, to see that it is refused. */
export type SoftAuthenticator = {
  /** Makes a passkey (ES256, attestation none); gives the JSON text of the credential. */
  create(options: object): Promise<string>;
  /** Uses it; gives the JSON text of the assertion. */
  get(options: object): Promise<string>;
  /** Base64url, once there is one. */
  readonly credentialId: string | undefined;
  /** Grows with each use; set it to go back. */
  counter: number;
  /** What it says of whether it saw a finger or a PIN. */
  userVerified: boolean;
  /** What the browser says where it is. */
  origin: string;
  /** What stands for the person; null leaves it out. */
  userHandle: string | null;
};

export type SoftAuthenticatorOptions = {
  /** The passkey may be copied to other devices; default false. */
  backedUp?: boolean;
};

type Options = { challenge: string; rpId?: string; rp?: { id: string }; user?: { id: string } };

const flagBits = { present: 0x01, verified: 0x04, eligible: 0x08, backedUp: 0x10, attested: 0x40 };
const hash = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest();
const encode = (value: string | Buffer) => Buffer.from(value).toString('base64url');

/** A head of CBOR (RFC 8949, section 3) for lengths up to 65 535. */
function cborHead(major: number, length: number): Buffer {
  const type = major << 5;
  if (length < 24) return Buffer.of(type | length);
  return length < 256 ? Buffer.of(type | 24, length) : Buffer.of(type | 25, length >> 8, length & 255);
}

const cborText = (text: string) => Buffer.concat([cborHead(3, text.length), Buffer.from(text)]);
const cborBytes = (bytes: Buffer) => Buffer.concat([cborHead(2, bytes.length), bytes]);

/** COSE key of ES256: kty 2, alg -7, crv 1, x, y (RFC 9053, section 7.1.1). */
function coseKey(key: KeyObject): Buffer {
  const { x, y } = key.export({ format: 'jwk' });
  const part = (label: string, value?: string) =>
    Buffer.concat([Buffer.from(label, 'hex'), cborBytes(Buffer.from(value!, 'base64url'))]);
  return Buffer.concat([Buffer.from('a5010203262001', 'hex'), part('21', x), part('22', y)]);
}

const attestationOf = (authenticatorData: Buffer) =>
  Buffer.concat([
    Buffer.from('a3', 'hex'),
    cborText('fmt'),
    cborText('none'),
    cborText('attStmt'),
    Buffer.from('a0', 'hex'),
    cborText('authData'),
    cborBytes(authenticatorData),
  ]);

/** An authenticator in a browser that shows `origin`. */
export function createSoftAuthenticator(
  origin: string,
  { backedUp = false }: SoftAuthenticatorOptions = {},
): SoftAuthenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credential = randomBytes(32);
  let credentialId: string | undefined;

  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: soft.origin, crossOrigin: false }));
  const authenticatorData = (rpId: string, extra: Buffer) => {
    const flags =
      flagBits.present |
      (soft.userVerified ? flagBits.verified : 0) |
      (backedUp ? flagBits.eligible | flagBits.backedUp : 0) |
      (extra.length > 0 ? flagBits.attested : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(soft.counter);
    return Buffer.concat([hash(rpId), Buffer.of(flags), counter, extra]);
  };
  const answer = (response: object) =>
    JSON.stringify({
      id: encode(credential),
      rawId: encode(credential),
      type: 'public-key',
      authenticatorAttachment: 'platform',
      clientExtensionResults: {},
      response,
    });

  const soft: SoftAuthenticator = {
    get credentialId() {
      return credentialId;
    },
    counter: 0,
    userVerified: true,
    origin,
    userHandle: null,
    create: async (options) => {
      const { challenge, rp, user } = options as Options;
      const length = Buffer.of(credential.length >> 8, credential.length & 255);
      const attested = Buffer.concat([Buffer.alloc(16), length, credential, coseKey(publicKey)]);
      soft.userHandle = user!.id;
      credentialId = encode(credential);
      return answer({
        clientDataJSON: encode(clientData('webauthn.create', challenge)),
        attestationObject: encode(attestationOf(authenticatorData(rp!.id, attested))),
        transports: ['internal', 'hybrid'],
      });
    },
    get: async (options) => {
      const { challenge, rpId } = options as Options;
      soft.counter += 1;
      const data = authenticatorData(rpId!, Buffer.alloc(0));
      const client = clientData('webauthn.get', challenge);
      const signature = createSign('sha256')
        .update(Buffer.concat([data, hash(client)]))
        .sign(privateKey);
      return answer({
        clientDataJSON: encode(client),
        authenticatorData: encode(data),
        signature: encode(signature),
        ...(soft.userHandle === null ? {} : { userHandle: soft.userHandle }),
      });
    },
  };
  return soft;
}
