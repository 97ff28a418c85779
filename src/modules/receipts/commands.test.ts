// Proves the commands through the launcher: `verify` needs only the file, `monitor` finds all tampering.

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestHouse, testReceiptsKey } from '../../../test/kit/house.ts';
import { type LittleWitness, openLittleWitness } from '../../../test/kit/little-witness.ts';
import { openReceiptsHouse, type ReceiptsHouse } from '../../../test/kit/receipts-house.ts';
import { sql } from '../../core/database/index.ts';
import { silentLog } from '../../core/log.ts';
import { askWitness } from './feeds/witness.ts';
import { grow, hashLeaf, parseSigner, parseWitnesses, signCheckpoint } from './rules/index.ts';
import { ensureCheckpoint, findReceipt, getSigner, sequenceBatch } from './store/index.ts';

const checkout = new URL('../../../', import.meta.url);
let folder: string;

const put = (path: string, text: string) => {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

/**
 * The launcher itself, in a checkout of its own where nothing can be missing: here it might install packages
 * while tests run. What it starts is loaded from here.
 */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lamppost-commands-'));
  const load = (path: string) => `import '${new URL(path, checkout)}';\n`;
  put('checkout/bin/lamppost.js', readFileSync(new URL('bin/lamppost.js', checkout), 'utf8'));
  put('checkout/package.json', '{ "type": "module" }');
  put('checkout/node_modules/.package-lock.json', '{}');
  put('checkout/node_modules/tsx/package.json', '{ "type": "module", "exports": "./index.js" }');
  put('checkout/node_modules/tsx/index.js', load('node_modules/tsx/dist/loader.mjs'));
  for (const name of ['verify', 'monitor']) put(`checkout/src/${name}.ts`, load(`src/${name}.ts`));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Ended = { code: number; output: string };

/** Runs the launcher from the folder in which the receipts are. */
function lamppost(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const clean = {
    ...{ PATH: process.env.PATH ?? '', HOME: folder, LAMPPOST_DATA: join(folder, 'data') },
    TSX_TSCONFIG_PATH: fileURLToPath(new URL('tsconfig.json', checkout)),
    ...env,
  };
  return new Promise((resolve) => {
    const run = [join(folder, 'checkout/bin/lamppost.js'), ...args];
    execFile(process.execPath, run, { cwd: folder, env: clean }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), output: out + err }),
    );
  });
}

describe('lamppost verify', () => {
  let city: ReceiptsHouse;
  let vkey: string;
  let witness: LittleWitness;
  let stranger: LittleWitness;
  let receipt: Record<string, unknown>;
  beforeAll(async () => {
    city = await openReceiptsHouse();
    await ensureCheckpoint(city.house);
    const [, id = ''] = await city.recordActs(3);
    await sequenceBatch(city.house);
    const signer = await getSigner(city.house);
    witness = await openLittleWitness('witness.example', [signer]);
    stranger = await openLittleWitness('stranger.example', [signer]);
    await askWitness({ ...city.house, log: silentLog }, parseWitnesses(witness.pair)[0]!);
    await Promise.all([witness.close(), stranger.close()]);
    receipt = { ...(await findReceipt(city.house, id)) };
    vkey = (await getSigner(city.house)).vkey;
    await city.close();
    writeFileSync(join(folder, 'receipt.json'), JSON.stringify(receipt));
    writeFileSync(join(folder, 'false.json'), JSON.stringify({ ...receipt, details: { n: 99 } }));
  });

  it('finds a true receipt right when nothing runs, by a path from where it is called', async () => {
    const { code, output } = await lamppost(['verify', 'receipt.json', '--key', vkey]);
    expect([code, output.match(/^ok/gm)?.length]).toEqual([0, 4]);
    expect(output).toContain('test.done');
  });

  it('says what is wrong with a false one', async () => {
    const { code, output } = await lamppost(['verify', 'false.json', '--key', vkey]);
    expect([code, output.match(/^WRONG .*$/gm)]).toEqual([
      1,
      ['WRONG  What it says about the act is not what was sealed.'],
    ]);
  });

  it('refuses a receipt signed by another log, and one without a key to compare', async () => {
    const other = parseSigner('localhost:8080/receipts', Buffer.alloc(32, 1).toString('base64'))!.vkey;
    expect((await lamppost(['verify', 'receipt.json', '--key', other])).code).toBe(1);
    expect((await lamppost(['verify', 'receipt.json'])).code).toBe(3);
  });

  it('demands the cosignature of each witness that is named', async () => {
    const demand = (...vkeys: string[]) =>
      lamppost(['verify', 'receipt.json', '--key', vkey, ...vkeys.flatMap((one) => ['--witness', one])]);
    const right = await demand(witness.vkey);
    expect([right.code, right.output.match(/^ok/gm)?.length]).toEqual([0, 5]);
    expect((await demand(witness.vkey, stranger.vkey)).code).toBe(1);
    expect((await demand(vkey)).code).toBe(2);
  });

  it('tells how it is used when it cannot work', async () => {
    for (const args of [[], ['nowhere.json'], ['receipt.json', '--key', 'x'], ['receipt.json', '--colour']]) {
      expect([args, (await lamppost(['verify', ...args])).code]).toEqual([args, 2]);
    }
  });
});

describe('lamppost monitor', () => {
  let city: ReceiptsHouse;
  let run = 0;
  beforeEach(async () => {
    run += 1;
    city = await openReceiptsHouse();
    await ensureCheckpoint(city.house);
    await city.recordActs(300);
    await sequenceBatch(city.house, 200);
    await sequenceBatch(city.house, 200);
  });
  afterEach(() => city.close());

  const monitor = () => lamppost(['monitor', '--state', `state-${run}.json`], { DATABASE_URL: city.url });
  const leafAt = async (index: number) => {
    const { rows } = await sql<{ leaf: Buffer }>`select leaf from receipts.entry
      where index = ${index}`.execute(city.house.database);
    return rows[0]!.leaf;
  };

  it.each([
    ['changed', [`update receipts.entry set leaf = '\\x7b7d' where index = 270`], 'entry 270 was changed'],
    ['removed', ['delete from receipts.entry where index = 4'], 'entry 4 was removed'],
    [
      'moved',
      [
        'update receipts.entry set index = -1 where index = 4',
        'update receipts.entry set index = 4 where index = 9',
        'update receipts.entry set index = 9 where index = -1',
      ],
      'entry 9 was moved to place 4',
    ],
    [
      'removed and the gap closed',
      [
        'delete from receipts.entry where index = 298',
        'update receipts.entry set index = 298 where index = 299',
      ],
      'entry 298 was removed',
    ],
    ['added', [`insert into receipts.entry values (300, '\\x7b7d')`], 'entry 300 was added'],
    [
      'kept act changed',
      [`update receipts.act set details = '{"n":0}' where index = 7`],
      'the act of entry 7',
    ],
    [
      'tile changed',
      [`update receipts.tile set hashes = decode(repeat('00', 32), 'hex') where level = 1`],
      'tile 1/0',
    ],
  ])('passes a whole log and finds one with an entry %s', async (_title, statements, words) => {
    expect(await monitor()).toMatchObject({ code: 0, output: expect.stringContaining('300 entries') });
    await city.tamper(...statements);
    const { code, output } = await monitor();
    expect(code).toBe(1);
    expect(output).toContain(words);
  });

  it('finds an entry that was changed together with the hash over it', async () => {
    await city.tamper(
      `update receipts.entry set leaf = '\\x7b7d' where index = 270`,
      `update receipts.tile set hashes = overlay(hashes placing sha256('\\x007b7d') from ${14 * 32 + 1})
        where level = 0 and number = 1`,
    );
    const { code, output } = await monitor();
    expect([code, output]).toEqual([
      1,
      expect.stringContaining('300 entries is not the one that was signed'),
    ]);
  });

  it('finds a log written anew and signed with the true key, by what it has seen before', async () => {
    expect((await monitor()).code).toBe(0);
    const leaves = await Promise.all([0, 1, 2].map(leafAt));
    const fresh = grow({ size: 0, edge: [] }, leaves.map(hashLeaf));
    const signer = parseSigner('localhost:8080/receipts', testReceiptsKey)!;
    const note = signCheckpoint({ origin: signer.name, size: 3, root: fresh.root }, signer);
    await city.tamper(
      'delete from receipts.entry where index > 2',
      'delete from receipts.act where index > 2',
      'delete from receipts.tile where level > 0 or number > 0',
      `update receipts.tile set hashes = substring(hashes from 1 for 96)`,
      'delete from receipts.checkpoint',
      `insert into receipts.checkpoint (size, root, note)
        values (3, '\\x${fresh.root.toString('hex')}', '${note}')`,
    );
    const { code, output } = await monitor();
    expect([code, output]).toEqual([1, expect.stringContaining('not a continuation of what it was at 300')]);
  });

  it('demands that the witnesses named have cosigned', async () => {
    const witness = await openLittleWitness('witness.example', [await getSigner(city.house)]);
    const args = ['monitor', '--state', 'witnessed.json', '--witness', witness.vkey];
    const alone = await lamppost(args, { DATABASE_URL: city.url });
    expect([alone.code, alone.output]).toEqual([
      1,
      expect.stringContaining('not cosigned by witness.example'),
    ]);
    await askWitness({ ...city.house, log: silentLog }, parseWitnesses(witness.pair)[0]!);
    await witness.close();
    expect((await lamppost(args, { DATABASE_URL: city.url })).code).toBe(0);
    expect((await lamppost(['monitor', '--witness', 'x'], { DATABASE_URL: city.url })).code).toBe(2);
  }, 60_000);

  it('tells what it needs when it is given no log, and that one cannot be reached', async () => {
    expect((await lamppost(['monitor'])).code).toBe(2);
    expect((await lamppost(['monitor', '--url', 'http://127.0.0.1:9'])).code).toBe(2);
  });

  it('reads the log of a running city over HTTP, tile by tile', async () => {
    const site = await openTestHouse({ edition: 'harbour-test' });
    try {
      while ((await sequenceBatch(site.house)) > 0);
      const url = await site.server.start();
      const args = ['monitor', '--url', url, '--state', 'http.json'];
      const { code, output } = await lamppost(args);
      expect([code, output]).toEqual([0, expect.stringMatching(/^ok {5}[1-9]\d* entries/)]);
    } finally {
      await site.close();
    }
  });
});
