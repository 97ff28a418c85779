// A little witness of C2SP tlog-witness, written from the specification; it can also misbehave on request.

import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  isConsistent,
  isSignedBy,
  parseCheckpoint,
  type Verifier,
} from '../../src/modules/receipts/rules/index.ts';

export type LittleWitness = {
  vkey: string;
  address: string;
  /** The two as the setting takes them. */
  pair: string;
  /** The largest checkpoint that it has cosigned. */
  seen: { size: number; root: Buffer } | undefined;
  /** What it was sent, the latest last. */
  requests: string[];
  /** `hanging` takes a request and never answers; `lying` signs another text; `refusing` answers 403. */
  mood: 'well' | 'hanging' | 'lying' | 'refusing' | 'babbling';
  close(): Promise<void>;
};

const seedPrefix = Buffer.from('302e020100300506032b657004220420', 'hex');

function makeKey(name: string, seed: number) {
  const der = Buffer.concat([seedPrefix, Buffer.alloc(32, seed)]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const raw = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  const typed = Buffer.concat([Buffer.from([4]), raw]);
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4);
  return { name, privateKey, id, vkey: `${name}+${id.toString('hex')}+${typed.toString('base64')}` };
}

type Key = { name: string; id: Buffer; privateKey: KeyObject };

/** A cosignature line for the text of a note, as tlog-cosignature writes it. */
function cosign({ name, id, privateKey }: Key, body: string, seconds: number): string {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(seconds));
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${body}`), privateKey);
  return `\u2014 ${name} ${Buffer.concat([id, time, signature]).toString('base64')}\n`;
}

const second = 1_795_200_000;

/** Opens a witness that knows logs by these keys. */
export async function openLittleWitness(name: string, logKeys: readonly Verifier[]): Promise<LittleWitness> {
  const key = makeKey(name, name.length);
  const held = new Set<ServerResponse>();
  const answerOf = (body: string): [number, string] => {
    const split = body.indexOf('\n\n');
    const [first = '', ...lines] = body.slice(0, split).split('\n');
    const note = body.slice(split + 2);
    const checkpoint = parseCheckpoint(note);
    const old = /^old (0|[1-9]\d*)$/.exec(first)?.[1];
    if (checkpoint === undefined || old === undefined || lines.length > 63) return [400, ''];
    if (witness.mood === 'refusing' || !logKeys.some((one) => isSignedBy(note, one))) return [403, ''];
    const { size, root } = checkpoint;
    const { size: from, root: fromRoot } = witness.seen ?? { size: 0, root: Buffer.alloc(32) };
    if (Number(old) > size) return [400, ''];
    if (Number(old) !== from) return [409, `${from}\n`];
    if (from === size && !fromRoot.equals(root)) return [409, `${from}\n`];
    const proof = lines.map((line) => Buffer.from(line, 'base64'));
    const continues =
      from === 0 ? proof.length === 0 : isConsistent({ from, to: size, fromRoot, toRoot: root, proof });
    if (!continues) return [422, ''];
    witness.seen = { size, root };
    const signed = note.slice(0, note.indexOf('\n\n') + 1);
    if (witness.mood === 'babbling') return [200, 'x'.repeat(200_000)];
    const stranger = cosign(makeKey('stranger.example', 77), signed, second);
    return [200, stranger + cosign(key, witness.mood === 'lying' ? `${signed}x\n` : signed, second)];
  };
  const server = createServer(async (request, response) => {
    const body = await text(request);
    witness.requests.push(body);
    if (witness.mood === 'hanging') return void held.add(response);
    const isCall = request.method === 'POST' && request.url === '/w/add-checkpoint';
    const [status, answer] = isCall ? answerOf(body) : ([404, ''] as const);
    response.writeHead(status, { 'content-type': status === 409 ? 'text/x.tlog.size' : 'text/plain' });
    response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/w`;
  const witness: LittleWitness = {
    vkey: key.vkey,
    address,
    pair: `${key.vkey} ${address}/`,
    seen: undefined,
    requests: [],
    mood: 'well',
    close: async () => {
      for (const response of held) response.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return witness;
}
