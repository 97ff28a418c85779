// Proves against a real little witness: it is asked as the protocol says, and only what is true is kept.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LittleWitness, openLittleWitness } from '../../../../test/kit/little-witness.ts';
import { openReceiptsHouse, type ReceiptsHouse } from '../../../../test/kit/receipts-house.ts';
import { getSetting, parseConfig } from '../../../core/config.ts';
import type { House } from '../../../core/house.ts';
import { silentLog } from '../../../core/log.ts';
import {
  auditLog,
  checkReceipt,
  findCosignature,
  grow,
  parseSigner,
  parseVerifierKey,
  parseWitnesses,
  parseWitnessKey,
  signCheckpoint,
} from '../rules/index.ts';
import { settings } from '../schema.ts';
import {
  ensureCheckpoint,
  findCheckpoint,
  findReceipt,
  getCosignedCheckpoint,
  getSigner,
  openDatabaseLog,
  sequenceBatch,
} from '../store/index.ts';
import { askWitness, configuredWitnesses, witnessLoop } from './witness.ts';

let city: ReceiptsHouse;
let house: House;
let first: LittleWitness;
let second: LittleWitness;
beforeEach(async () => {
  city = await openReceiptsHouse();
  await ensureCheckpoint(city.house);
  const logKeys = [await getSigner(city.house)];
  first = await openLittleWitness('witness.example/one', logKeys);
  second = await openLittleWitness('other.example', logKeys);
  const values = {
    ...city.house.config.values,
    LAMPPOST_RECEIPTS_WITNESSES: `${first.pair}, ${second.pair}`,
  };
  house = { ...city.house, log: silentLog, config: { ...city.house.config, values } };
});
afterEach(async () => {
  await Promise.all([first.close(), second.close()]);
  await city.close();
});

const act = async (count = 1) => {
  const ids = await city.recordActs(count);
  while ((await sequenceBatch(house)) > 0);
  return ids;
};
const ask = (witness: LittleWitness) => askWitness(house, parseWitnesses(witness.pair)[0]!);
const keyOf = (witness: LittleWitness) => parseWitnessKey(witness.vkey)!;
const isCosigned = (note: string, witness: LittleWitness) =>
  findCosignature(note, keyOf(witness)) !== undefined;
const latest = async () => (await findCheckpoint(house.database))!.note;

describe('asking a witness', () => {
  it('brings a cosignature under the checkpoint, for the first time and as the log grows', async () => {
    expect(await ask(first)).toBe('nothing-due');
    for (const count of [1, 5, 300]) {
      await act(count);
      expect(isCosigned(await latest(), first)).toBe(false);
      expect(await ask(first)).toBe('cosigned');
      expect(await ask(first)).toBe('nothing-due');
      expect(isCosigned(await latest(), first)).toBe(true);
    }
    expect(first.seen?.size).toBe(306);
    expect(first.requests.map((request) => request.split('\n')[0])).toEqual(['old 0', 'old 1', 'old 6']);
    expect(await ask(second)).toBe('cosigned');
    const note = await latest();
    expect([isCosigned(note, first), isCosigned(note, second)]).toEqual([true, true]);
  });

  it('goes on from the size that the witness names when it knows another one', async () => {
    await act(3);
    await ask(first);
    first.seen = undefined;
    await act(4);
    expect(await ask(first)).toBe('cosigned');
    expect(first.requests.slice(-2).map((request) => request.split('\n')[0])).toEqual(['old 3', 'old 0']);
  });

  it.each([
    ['lying', 'not-true'],
    ['refusing', 'refused'],
    ['babbling', 'silent'],
  ] as const)('keeps nothing of one that is %s', async (mood, outcome) => {
    await act();
    first.mood = mood;
    expect(await ask(first)).toBe(outcome);
    expect(await latest()).toBe((await getCosignedCheckpoint(house.database)).note);
    expect(isCosigned(await latest(), first)).toBe(false);
  });

  it('keeps nothing of one that is not there', async () => {
    await act();
    await first.close();
    expect(await ask(first)).toBe('silent');
  });

  it('is refused by one that has seen another log under the same name', async () => {
    const signer = parseSigner((await getSigner(house)).name, Buffer.alloc(32, 7).toString('base64'))!;
    const forked = grow({ size: 0, edge: [] }, [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]);
    const fork = { origin: signer.name, size: 2, root: forked.root };
    const request = `old 0\n\n${signCheckpoint(fork, signer)}`;
    const answer = await fetch(`${first.address}/add-checkpoint`, { method: 'POST', body: request });
    expect(answer.status).toBe(200);
    await act(2);
    expect(await ask(first)).toBe('other-size');
    await act(2);
    expect(await ask(first)).toBe('refused');
    first.seen = { size: 9, root: forked.root };
    expect(await ask(first)).toBe('other-size');
    expect(isCosigned(await latest(), first)).toBe(false);
  });
});

describe('the loop over the witnesses', () => {
  it('waits for nobody: one that never answers delays neither the other nor the log', async () => {
    second.mood = 'hanging';
    for (let round = 1; round <= 3; round += 1) {
      await act();
      await witnessLoop.step(house);
      await expect.poll(async () => isCosigned(await latest(), first), { timeout: 10_000 }).toBe(true);
    }
    expect(second.requests.length).toBe(1);
    expect(await findCheckpoint(house.database)).toMatchObject({ size: 3 });
  });

  it('pauses after a failure, and asks nobody when nobody is named', async () => {
    await act();
    first.mood = 'refusing';
    await witnessLoop.step(house);
    await expect.poll(() => first.requests.length).toBe(1);
    await expect.poll(async () => isCosigned(await latest(), second)).toBe(true);
    await witnessLoop.step(house);
    expect(first.requests.length).toBe(1);
    expect(await witnessLoop.step(city.house)).toBe(false);
    expect(configuredWitnesses(city.house)).toEqual([]);
  });

  it('refuses a setting that is not written as pairs, or whose key is not one of a witness', () => {
    const read = (text: string) => parseConfig({ LAMPPOST_RECEIPTS_WITNESSES: text }, [settings]);
    for (const text of [first.vkey, `${first.pair} ${second.pair}`, `${first.vkey} ftp://x`]) {
      expect(() => read(text)).toThrow('LAMPPOST_RECEIPTS_WITNESSES');
    }
    const broken = read(first.pair.replace(/\+[0-9a-f]{8}\+/, '+00000000+'));
    expect(getSetting(broken, settings, 'LAMPPOST_RECEIPTS_WITNESSES')).toContain('+00000000+');
    expect(() => configuredWitnesses({ config: broken })).toThrow('is not the key of a witness');
  });
});

describe('a cosigned log', () => {
  it('gives receipts that hold for who demands the witness, also before it has cosigned the latest', async () => {
    const [id = ''] = await act();
    await ask(first);
    const [newest = ''] = await act();
    const key = await getSigner(house);
    const stepsOf = async (of: string, ...witnesses: LittleWitness[]) => {
      const receipt = JSON.stringify(await findReceipt(house, of));
      const { valid, steps } = checkReceipt(receipt, [key], witnesses.map(keyOf));
      return [valid, steps.at(-1)?.name, steps.at(-1)?.outcome];
    };
    expect(await stepsOf(id, first)).toEqual([true, 'witnessed', 'right']);
    expect(await stepsOf(id)).toEqual([true, 'signed', 'right']);
    expect(await stepsOf(id, first, second)).toEqual([false, 'witnessed', 'wrong']);
    expect(await stepsOf(newest, first)).toEqual([false, 'witnessed', 'wrong']);
    await ask(first);
    expect(await stepsOf(newest, first)).toEqual([true, 'witnessed', 'right']);
  });

  it('passes the audit of who demands the witness, and fails it without the cosignature', async () => {
    const audit = async () => {
      const { source, keys, earlier } = await openDatabaseLog(house.database);
      const trusted = keys.flatMap((vkey) => parseVerifierKey(vkey) ?? []);
      return (await auditLog(source, { keys: trusted, earlier, witnesses: [keyOf(first)] })).findings;
    };
    await act(3);
    expect(await audit()).toEqual([{ kind: 'witness', name: 'witness.example/one' }]);
    await ask(first);
    expect(await audit()).toEqual([]);
    await act(3);
    expect(await audit()).toEqual([]);
    await city.tamper(`update receipts.checkpoint set signed_at = signed_at - interval '2 minutes'
      where size < 6`);
    expect(await audit()).toEqual([{ kind: 'witness', name: 'witness.example/one' }]);
  });

  it('is cosigned only as it stands, by the key of a witness and no other', async () => {
    await act();
    await ask(first);
    const note = await latest();
    const signature = note.trimEnd().split(' ').at(-1)!;
    const wrong = [
      note.replace('\n1\n', '\n2\n'),
      note.replace(signature, signature.replace(/.{12}$/, 'AAAAAAAAAAAA')),
      note.replace(first.vkey.split('+')[0]!, 'witness.example/two'),
      note.trimEnd(),
      '',
    ];
    expect(wrong.map((one) => isCosigned(one, first))).toEqual(wrong.map(() => false));
    const { vkey } = await getSigner(house);
    expect([parseVerifierKey(first.vkey), parseWitnessKey(vkey)]).toEqual([undefined, undefined]);
  });
});
