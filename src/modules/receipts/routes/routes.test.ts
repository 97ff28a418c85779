// Proves endpoints and pages over HTTP: what they answer and what they refuse.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../../test/kit/house.ts';
import { inTransaction } from '../../../core/database/index.ts';
import {
  checkReceipt,
  entriesIn,
  hashLeaf,
  isConsistent,
  isIncluded,
  isSignedBy,
  parseCheckpoint,
  parseVerifierKey,
  tilePath,
  widthAt,
} from '../rules/index.ts';
import { record, sequenceBatch } from '../store/index.ts';

let city: TestHouse;
beforeAll(async () => {
  city = await openTestHouse({ edition: 'harbour-test' });
  await settle();
});
afterAll(() => city.close());

async function settle() {
  while ((await sequenceBatch(city.house)) > 0);
  await city.house.revisions.refresh();
}

const ask = (url: string) => city.server.fastify.inject({ url });
async function answer(url: string) {
  const response = await ask(url);
  expect([url, response.statusCode]).toEqual([url, 200]);
  return response.json();
}
const sendForm = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  city.server.fastify.inject({
    method: 'POST',
    url: '/en/receipts/check',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', ...headers },
    payload: new URLSearchParams(fields).toString(),
  });
const verify = (payload: object) =>
  city.server.fastify.inject({ method: 'POST', url: '/api/v1/receipts/verify', payload });
const hashes = (proof: string[]) => proof.map((hash) => Buffer.from(hash, 'base64'));
const acts = async (query = '') => (await answer(`/api/v1/receipts?limit=100${query}`)).items;

describe('the log over HTTP', () => {
  const log = async () => {
    const note = (await ask('/checkpoint')).body;
    const { current } = await answer('/api/v1/receipts/keys');
    return { note, checkpoint: parseCheckpoint(note)!, key: parseVerifierKey(current)! };
  };

  it('shows a checkpoint signed with the key it publishes', async () => {
    const { note, checkpoint, key } = await log();
    expect(isSignedBy(note, key)).toBe(true);
    expect(checkpoint.size).toBeGreaterThan(30);
    expect((await ask('/checkpoint')).headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  it('serves tiles and bundles that a reader may keep for ever and that agree with each other', async () => {
    const { checkpoint } = await log();
    const width = widthAt(checkpoint.size, { level: 0, number: 0 });
    const tile = await ask(tilePath({ level: 0, number: 0, width }));
    const bundle = await ask(tilePath({ level: 'entries', number: 0, width }));
    expect(tile.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const entries = entriesIn(bundle.rawPayload)!;
    expect(Buffer.concat(entries.map(hashLeaf))).toEqual(tile.rawPayload);
    expect((await ask(tilePath({ level: 0, number: 0, width: width - 1 }))).rawPayload.length).toBe(
      32 * (width - 1),
    );
  });

  it.each([
    ['/tile/0/000', 404],
    ['/tile/0/001.p/1', 404],
    ['/tile/entries/x001/000', 404],
    ['/tile/5/000.p/1', 404],
    ['/tile/0/000.p/0', 400],
    ['/tile/0/000.p/256', 404],
    ['/tile/0/00', 400],
    ['/tile/64/000', 404],
    ['/tile/0/000?x=1', 400],
    ['/api/v1/receipts/proof/inclusion?index=0&size=1000000', 400],
    ['/api/v1/receipts/proof/inclusion?index=5&size=5', 400],
    ['/api/v1/receipts/proof/inclusion?index=-1&size=5', 400],
    ['/api/v1/receipts/proof/inclusion?size=5', 400],
    ['/api/v1/receipts/proof/consistency?from=6&to=5', 400],
    ['/api/v1/receipts/proof/consistency?from=0&to=1e99', 400],
    ['/api/v1/receipts/not-an-id', 400],
    ['/api/v1/receipts/00000000-0000-4000-8000-000000000000', 404],
    ['/api/v1/receipts?limit=101', 400],
    ['/api/v1/receipts?cursor=x', 400],
  ])('refuses %s with %i', async (url, status) => {
    const response = await ask(url);
    expect(response.statusCode).toBe(status);
    if (url.startsWith('/api/')) expect(response.headers['content-type']).toMatch(/problem\+json/);
  });

  it('proves by its endpoints that a leaf is in and that the log only grew', async () => {
    const { checkpoint } = await log();
    const { size } = checkpoint;
    const one = await answer(`/api/v1/receipts/proof/inclusion?index=7&size=${size}`);
    const leafHash = Buffer.from(one.leafHash, 'base64');
    expect(isIncluded({ leafHash, index: 7, size, proof: hashes(one.proof), root: checkpoint.root })).toBe(
      true,
    );
    await inTransaction(city.house.database, (transaction) =>
      record(transaction, { topic: 'test.grown', details: null }),
    );
    await settle();
    const after = (await log()).checkpoint;
    const grown = await answer(`/api/v1/receipts/proof/consistency?from=${size}&to=${after.size}`);
    const both = { from: size, to: after.size, fromRoot: checkpoint.root, toRoot: after.root };
    expect(isConsistent({ ...both, proof: hashes(grown.proof) })).toBe(true);
  });

  it('pages through public acts without losing or repeating any', async () => {
    const seen: number[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page = await answer(`/api/v1/receipts?limit=7${next === '' ? '' : `&cursor=${next}`}`);
      seen.push(...page.items.map(({ index }: { index: number }) => index));
      next = page.next as string | null;
    }
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
    expect(seen.length).toBeGreaterThan(30);
  });
});

describe('a receipt', () => {
  it('of an act that is not public shows neither salt nor details to everybody, and still proves its place', async () => {
    const act = { topic: 'desk.opened', subject: 'person-7', details: { name: 'Chan' } };
    const { actId } = await inTransaction(city.house.database, (transaction) => record(transaction, act));
    const pending = await answer(`/api/v1/receipts/${actId}`);
    await settle();
    const receipt = await answer(`/api/v1/receipts/${actId}`);
    expect(JSON.stringify([pending, receipt])).not.toMatch(/person-7|Chan|"salt"/);
    const { current } = await answer('/api/v1/receipts/keys');
    expect(checkReceipt(JSON.stringify(receipt), [parseVerifierKey(current)!]).valid).toBe(true);
    expect((await ask('/en/receipts')).body).not.toContain('desk.opened');
  });

  it('that was changed is found out by the endpoint, step by step', async () => {
    const [{ actId }] = await acts();
    const receipt = await answer(`/api/v1/receipts/${actId}`);
    const wrong = (await verify({ ...receipt, subject: 'X' })).json();
    expect(wrong.valid).toBe(false);
    expect(wrong.steps.filter((step: { outcome: string }) => step.outcome === 'wrong')).toMatchObject([
      { name: 'leaf', words: { en: expect.stringContaining('not what was sealed') } },
    ]);
    expect((await verify({ ...receipt, more: 1 })).statusCode).toBe(400);
    expect((await verify({ ...receipt, leaf: 'x'.repeat(70_000) })).statusCode).toBe(413);
  });
});

describe('the pages', () => {
  it.each(['en', 'tc', 'sc'])('show the size of the log and the latest acts in %s', async (language) => {
    const { body, statusCode } = await ask(`/${language}/receipts`);
    expect(statusCode).toBe(200);
    expect(body).toContain('blueprint.');
    expect(body).toContain('npx lamppost verify');
  });

  it('check a receipt that is pasted into the form, in words, and keep nothing of it in the address', async () => {
    const [{ actId }] = await acts();
    const text = JSON.stringify(await answer(`/api/v1/receipts/${actId}`), null, 2);
    const right = await sendForm({ receipt: text }, { 'sec-fetch-site': 'same-origin' });
    expect(right.statusCode).toBe(200);
    expect(right.body).toContain('This receipt is true.');
    expect(right.headers['cache-control']).toBe('no-store');
    const wrong = await sendForm({ receipt: text.replace('"version": 1', '"version": 2') });
    expect(wrong.body).toContain('This receipt is not true.');
    expect((await ask('/en/receipts/check')).body).toContain('method="post"');
    expect((await ask('/en/receipts/check?receipt=x')).statusCode).toBe(400);
  });

  it('refuse a form that is empty, too large, unknown, from another site, or no form', async () => {
    const status = async (sent: ReturnType<typeof sendForm>) => (await sent).statusCode;
    expect(await status(sendForm({}))).toBe(400);
    expect(await status(sendForm({ receipt: 'x'.repeat(300_000) }))).toBe(413);
    expect(await status(sendForm({ receipt: 'x', more: '1' }))).toBe(400);
    expect(await status(sendForm({ receipt: 'x' }, { 'sec-fetch-site': 'cross-site' }))).toBe(403);
    expect(await status(sendForm({ receipt: 'x' }, { origin: 'https://evil.example' }))).toBe(403);
    expect(await status(sendForm({ receipt: 'x' }, { 'content-type': 'application/json' }))).toBe(415);
    const elsewhere = { method: 'POST' as const, url: '/en/receipts', payload: 'a=b' };
    expect((await city.server.fastify.inject(elsewhere)).statusCode).toBe(405);
  });
});
