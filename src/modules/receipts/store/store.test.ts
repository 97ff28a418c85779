// Proves on a real PostgreSQL: acts exist with their transaction, get their places once, and stay.

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReceiptsHouse, type ReceiptsHouse } from '../../../../test/kit/receipts-house.ts';
import { connect, inTransaction, sql } from '../../../core/database/index.ts';
import { auditLog, checkReceipt, isSignedBy, parseCheckpoint } from '../rules/index.ts';
import type { Receipt } from '../schema.ts';
import {
  checkAgainstLog,
  databaseSource,
  ensureCheckpoint,
  findCheckpoint,
  findReceipt,
  getSigner,
  listCheckpoints,
  listKeys,
  listPublicActs,
  record,
  recordAll,
  sequenceBatch,
} from './index.ts';

let city: ReceiptsHouse;
beforeEach(async () => {
  city = await openReceiptsHouse();
  await ensureCheckpoint(city.house);
});
afterEach(() => city.close());

const count = async (table: string) => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
    city.house.database,
  );
  return rows[0]!.n;
};

async function audit(of = city) {
  const { database } = of.house;
  const known = { keys: await listKeys(database), earlier: await listCheckpoints(database) };
  return auditLog(databaseSource(database), known);
}

describe('recording', () => {
  it('leaves nothing behind when the business transaction is rolled back', async () => {
    const act = { topic: 'test.done', details: null };
    const work = inTransaction(city.house.database, async (transaction) => {
      await record(transaction, act);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect([await count('receipts.act'), await count('receipts.pending')]).toEqual([0, 0]);
  });

  it.each([
    ['a topic without a module', { topic: 'done', details: null }],
    ['details that are not JSON', { topic: 'a.b', details: { n: Number.NaN } }],
    ['details without measure', { topic: 'a.b', details: 'x'.repeat(40_000) }],
    ['a subject without measure', { topic: 'a.b', subject: 'x'.repeat(201), details: null }],
  ])('refuses %s', async (_title, act) => {
    const work = inTransaction(city.house.database, (transaction) => record(transaction, act));
    await expect(work).rejects.toThrow(TypeError);
  });

  it('says of an act without a place that it is pending', async () => {
    const [actId = ''] = await city.recordActs(1);
    expect(await findReceipt(city.house, actId)).toMatchObject({ state: 'pending', actId });
    expect(await findReceipt(city.house, '00000000-0000-4000-8000-000000000000')).toBeUndefined();
  });
});

describe('numbering', () => {
  it('gives every act a receipt that holds, now and after the log has grown', async () => {
    const ids = await city.recordActs(5);
    expect(await sequenceBatch(city.house, 3)).toBe(3);
    const early = await findReceipt(city.house, ids[0]!);
    expect(await sequenceBatch(city.house)).toBe(2);
    expect(await sequenceBatch(city.house)).toBe(0);
    const keys = await listKeys(city.house.database);
    for (const [index, id] of ids.entries()) {
      const receipt = (await findReceipt(city.house, id)) as Receipt;
      expect(receipt).toMatchObject({
        index,
        treeSize: 5,
        subject: `S-${index + 1}`,
        details: { n: index + 1 },
      });
      expect(checkReceipt(JSON.stringify(receipt), keys).valid).toBe(true);
    }
    const verdict = await checkAgainstLog(city.house, JSON.stringify(early));
    expect(verdict.steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      ...['written right', 'leaf right', 'included right', 'signed right', 'continued right'],
    ]);
  });

  it('numbers in the order in which a transaction recorded, across many tiles', async () => {
    const acts = Array.from({ length: 700 }, (_, n) => ({ topic: 'test.done', details: n }));
    const ids = await inTransaction(city.house.database, (transaction) => recordAll(transaction, acts));
    for (let moved = 1; moved > 0; ) moved = await sequenceBatch(city.house, 260);
    const receipt = (await findReceipt(city.house, ids[600]!.actId)) as Receipt;
    expect([receipt.index, receipt.treeSize]).toEqual([600, 700]);
    expect(checkReceipt(JSON.stringify(receipt), await listKeys(city.house.database)).valid).toBe(true);
    expect(await audit()).toMatchObject({ findings: [], checked: 700 });
  });

  it('gives receipts that hold as it grows, whatever of the tree is remembered from before', async () => {
    const keys = await listKeys(city.house.database);
    const ids: string[] = [];
    for (const count of [520, 500, 300]) {
      const acts = Array.from({ length: count }, (_, n) => ({ topic: 'test.done', details: n }));
      const recorded = await inTransaction(city.house.database, (transaction) =>
        recordAll(transaction, acts),
      );
      ids.push(...recorded.map(({ actId }) => actId));
      while ((await sequenceBatch(city.house)) > 0);
      for (const index of [0, 511, 512, 1023, ids.length - 1].filter((one) => one < ids.length)) {
        const receipt = await findReceipt(city.house, ids[index]!);
        expect(receipt).toMatchObject({ index, treeSize: ids.length });
        expect(checkReceipt(JSON.stringify(receipt), keys).valid).toBe(true);
      }
    }
  });

  it('leaves no hole where somebody removed an act that was waiting', async () => {
    const ids = await city.recordActs(3);
    await sql`delete from receipts.act where id = ${ids[1]!}`.execute(city.house.database);
    expect(await sequenceBatch(city.house)).toBe(2);
    expect(await findReceipt(city.house, ids[2]!)).toMatchObject({ index: 1, treeSize: 2 });
    expect(await audit()).toMatchObject({ findings: [], checked: 2 });
  });

  it('gives no place twice when many processes number at once', async () => {
    await city.recordActs(30);
    const others = Array.from({ length: 4 }, () => connect(city.url));
    const each = others.map(({ database }) => sequenceBatch({ ...city.house, database }, 4));
    await Promise.all(each);
    await Promise.all(others.map(({ close }) => close()));
    while ((await sequenceBatch(city.house, 4)) > 0);
    expect(await count('receipts.entry')).toBe(30);
    expect(await audit()).toMatchObject({ findings: [], checked: 30 });
  });

  it('leaves a consistent log and loses no act when it is killed half way', async () => {
    await city.recordActs(300);
    await sequenceBatch(city.house, 100);
    const before = await findCheckpoint(city.house.database);
    // The last thing a batch does is to bump the revision: killing the connection there undoes all of it.
    const killed = connect(city.url);
    const revisions = {
      ...city.house.revisions,
      bump: async (transaction: Parameters<typeof city.house.revisions.bump>[0]) => {
        await sql`select pg_terminate_backend(pg_backend_pid())`.execute(transaction);
      },
    };
    await expect(
      sequenceBatch({ ...city.house, database: killed.database, revisions }, 100),
    ).rejects.toThrow();
    await killed.close().catch(() => {});
    expect(await findCheckpoint(city.house.database)).toEqual(before);
    expect(await audit()).toMatchObject({ findings: [], checked: 100 });
    while ((await sequenceBatch(city.house, 90)) > 0);
    expect(await audit()).toMatchObject({ findings: [], checked: 300 });
    expect((await listPublicActs(city.house.database, { limit: 500 })).length).toBe(300);
  });
});

describe('the log', () => {
  it.each([
    ['an entry changed', `update receipts.entry set leaf = '\\x00' where index = 0`],
    ['an entry removed', 'delete from receipts.entry where index = 0'],
    ['all entries removed', 'truncate receipts.entry'],
    ['a checkpoint changed', `update receipts.checkpoint set note = 'x'`],
    ['a checkpoint removed', 'delete from receipts.checkpoint'],
    ['a tile removed', 'delete from receipts.tile'],
    ['a tile rewritten', `update receipts.tile set hashes = decode(repeat('00', 64), 'hex')`],
    ['an act changed', `update receipts.act set details = '1'`],
    ['an act placed again', 'update receipts.act set index = index + 10'],
  ])('refuses to have %s', async (_title, statement) => {
    await city.recordActs(2);
    await sequenceBatch(city.house);
    await expect(sql.raw(statement).execute(city.house.database)).rejects.toThrow(/never changed|only grows/);
  });

  it('holds no word of a person, and stays provable when what is kept of the act is erased', async () => {
    const act = { topic: 'desk.opened', subject: 'person-7', actor: 'officer-3', details: { name: 'Chan' } };
    const { actId } = await inTransaction(city.house.database, (transaction) => record(transaction, act));
    await sequenceBatch(city.house);
    const everybody = await findReceipt(city.house, actId, { for: 'everybody' });
    expect(JSON.stringify(everybody)).not.toMatch(/person-7|officer-3|Chan|salt/);
    expect(await findReceipt(city.house, actId)).toMatchObject({
      subject: 'person-7',
      details: { name: 'Chan' },
    });
    expect(await listPublicActs(city.house.database, { limit: 10 })).toEqual([]);
    await sql`delete from receipts.act where id = ${actId}`.execute(city.house.database);
    expect(await audit()).toMatchObject({ findings: [], checked: 1 });
  });
});

describe('the key', () => {
  it('signs an empty log at the first start and not again at the next', async () => {
    await ensureCheckpoint(city.house);
    expect(await count('receipts.checkpoint')).toBe(1);
    const { note } = (await findCheckpoint(city.house.database))!;
    expect(parseCheckpoint(note)?.size).toBe(0);
    expect(isSignedBy(note, await getSigner(city.house))).toBe(true);
  });

  it('is made once, readable by its owner only, and missed when the log it signed is there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lamppost-receipts-'));
    const other = await openReceiptsHouse({ LAMPPOST_RECEIPTS_KEY: '', LAMPPOST_DATA: folder });
    const path = join(folder, 'receipts-key.pem');
    try {
      await ensureCheckpoint(other.house);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      const first = await getSigner(other.house);
      const restarted = { ...other.house, config: { ...other.house.config } };
      expect((await getSigner(restarted)).vkey).toBe(first.vkey);
      rmSync(path);
      const again = { ...other.house, config: { ...other.house.config } };
      await expect(getSigner(again)).rejects.toThrow(/Set LAMPPOST_RECEIPTS_KEY/);
    } finally {
      await other.close();
      rmSync(folder, { recursive: true });
    }
  });

  it('may be replaced by a new one that is given, and receipts of the old one still hold', async () => {
    const [id = ''] = await city.recordActs(1);
    await sequenceBatch(city.house);
    const old = JSON.stringify(await findReceipt(city.house, id));
    const values = {
      ...city.house.config.values,
      LAMPPOST_RECEIPTS_KEY: Buffer.alloc(32, 8).toString('base64'),
    };
    const renewed = { ...city.house, config: { ...city.house.config, values } };
    await ensureCheckpoint(renewed);
    expect((await listKeys(city.house.database)).length).toBe(2);
    expect((await checkAgainstLog(renewed, old)).valid).toBe(true);
    expect(await audit()).toMatchObject({ findings: [] });
  });
});
