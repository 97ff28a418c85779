// Proves on a real PostgreSQL: the acts of a person are listed in pages, and forgotten without a scar.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReceiptsHouse, type ReceiptsHouse } from '../../../../test/kit/receipts-house.ts';
import { connect, inTransaction, sql } from '../../../core/database/index.ts';
import { auditLog, parseVerifierKey } from '../rules/index.ts';
import {
  type Act,
  ensureCheckpoint,
  findReceipt,
  forget,
  listActs,
  listPublicActs,
  openDatabaseLog,
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

const write = (...acts: Act[]) =>
  inTransaction(city.house.database, (transaction) => recordAll(transaction, acts));
const erase = (subject: string) =>
  inTransaction(city.house.database, (transaction) => forget(transaction, subject));
const number = async () => {
  while ((await sequenceBatch(city.house)) > 0);
};
const audit = async () => {
  const { source, keys, earlier } = await openDatabaseLog(city.house.database);
  return auditLog(source, { keys: keys.flatMap((key) => parseVerifierKey(key) ?? []), earlier });
};
const rowsOf = async (subject: string) => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from receipts.act
    where subject = ${subject} or details like ${`%${subject}%`}`.execute(city.house.database);
  return rows[0]!.n;
};
const minute = (at: number) => new Date(Date.UTC(2026, 10, 21, 4, at));

describe('the acts of a person', () => {
  const signedIn = (at: number): Act => ({
    topic: 'identity.signed-in',
    subject: 'person-7',
    actor: 'person-7',
    details: { at },
    occurredAt: minute(at),
  });
  const looked: Act = {
    topic: 'desk.looked-up',
    subject: 'person-7',
    actor: 'officer-3',
    details: { purpose: 'renewal' },
    occurredAt: minute(30),
  };

  it('are shown whole, the latest first, those without a place among them', async () => {
    await write(signedIn(1), { ...signedIn(2), subject: 'person-8', actor: 'person-8' });
    await number();
    await write(looked);
    const { items, next } = await listActs(city.house, { subject: 'person-7', limit: 10 });
    expect(next).toBeNull();
    expect(items).toMatchObject([
      { topic: 'desk.looked-up', actor: 'officer-3', details: { purpose: 'renewal' }, index: null },
      { topic: 'identity.signed-in', index: 0, occurredAt: minute(1).toISOString() },
    ]);
    expect(await findReceipt(city.house, items[1]!.id)).toMatchObject({ state: 'recorded', index: 0 });
  });

  it('are narrowed by who acted, by topics and by the beginning of a topic', async () => {
    await write(signedIn(1), looked, { ...looked, subject: 'person-8' });
    const topicsOf = async (listing: Omit<Parameters<typeof listActs>[1], 'limit'>) =>
      (await listActs(city.house, { ...listing, limit: 10 })).items.map(({ topic }) => topic);
    expect(await topicsOf({ actor: 'officer-3' })).toEqual(['desk.looked-up', 'desk.looked-up']);
    expect(await topicsOf({ actor: 'officer-3', subject: 'person-8' })).toEqual(['desk.looked-up']);
    expect(await topicsOf({ subject: 'person-7', topics: ['identity.signed-in'] })).toEqual([
      'identity.signed-in',
    ]);
    expect(await topicsOf({ subject: 'person-7', topics: [] })).toEqual([]);
    expect(await topicsOf({ subject: 'person-7', topicPrefix: 'desk.' })).toEqual(['desk.looked-up']);
    expect(await topicsOf({ subject: 'person-7', topicPrefix: 'desk_' })).toEqual([]);
  });

  it('are paged without losing or repeating any, though many share an instant and more arrive', async () => {
    await write(...Array.from({ length: 11 }, (_, at) => signedIn(at % 3)));
    const seen: string[] = [];
    for (let before: string | undefined; ; ) {
      const page = await listActs(city.house, { subject: 'person-7', before, limit: 4 });
      seen.push(...page.items.map(({ id }) => id));
      await write(signedIn(59));
      await number();
      if (page.next === null) break;
      before = page.next;
    }
    expect([seen.length, new Set(seen).size]).toEqual([11, 11]);
  });

  it('are not listed for nobody, and not from a cursor that was made up', async () => {
    await expect(listActs(city.house, { limit: 1 })).rejects.toThrow(TypeError);
    for (const before of ['', 'x', Buffer.from('1 2').toString('base64url')]) {
      const listing = listActs(city.house, { subject: 'person-7', before, limit: 1 });
      await expect(listing).rejects.toMatchObject({ code: 'unknown-cursor' });
    }
  });
});

describe('forgetting', () => {
  const about = (subject: string): Act => ({ topic: 'desk.opened', subject, details: { whose: subject } });

  it('erases what is kept about a person and nothing else, and the log stays whole', async () => {
    const [gone, kept] = await write(about('person-7'), about('person-8'));
    await number();
    await erase('person-7');
    expect([await rowsOf('person-7'), await rowsOf('person-8')]).toEqual([0, 1]);
    expect(await findReceipt(city.house, gone!.actId)).toBeUndefined();
    expect(await findReceipt(city.house, kept!.actId)).toMatchObject({ details: { whose: 'person-8' } });
    expect(await audit()).toMatchObject({ findings: [], checked: 2 });
  });

  it('shows an act without a place to nobody from then on, and erases it with its place', async () => {
    const [gone] = await write(about('person-7'), about('person-8'));
    await erase('person-7');
    await erase('person-7');
    expect((await listActs(city.house, { subject: 'person-7', limit: 9 })).items).toEqual([]);
    expect(await findReceipt(city.house, gone!.actId)).toBeUndefined();
    await number();
    expect([await rowsOf('person-7'), await rowsOf('person-8')]).toEqual([0, 1]);
    expect(await audit()).toMatchObject({ findings: [], checked: 2 });
  });

  it('is undone with its transaction, and spares what is recorded after it', async () => {
    await write(about('person-7'));
    const work = inTransaction(city.house.database, async (transaction) => {
      await forget(transaction, 'person-7');
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    await number();
    expect(await rowsOf('person-7')).toBe(1);
    await inTransaction(city.house.database, async (transaction) => {
      await forget(transaction, 'person-7');
      await record(transaction, { topic: 'identity.erased', subject: 'person-7', details: null });
    });
    await number();
    const { items } = await listActs(city.house, { subject: 'person-7', limit: 9 });
    expect(items.map(({ topic }) => topic)).toEqual(['identity.erased']);
  });

  it('is carried out later when the act got its place in the very moment of forgetting', async () => {
    await write(about('person-7'));
    const marked = Promise.withResolvers<void>();
    const numbered = Promise.withResolvers<void>();
    const forgetting = inTransaction(city.house.database, async (transaction) => {
      await forget(transaction, 'person-7');
      marked.resolve();
      await numbered.promise;
    });
    // Another process numbers before that transaction commits, and does not see the mark yet.
    await marked.promise;
    await number();
    numbered.resolve();
    await forgetting;
    expect(await rowsOf('person-7')).toBe(1);
    expect((await listActs(city.house, { subject: 'person-7', limit: 9 })).items).toEqual([]);
    await number();
    expect(await rowsOf('person-7')).toBe(0);
    expect(await audit()).toMatchObject({ findings: [], checked: 1 });
  });

  it('survives a crash of the process that numbers, wherever it happens', async () => {
    await write(about('person-7'), about('person-8'));
    await erase('person-7');
    const killed = connect(city.url);
    const revisions = {
      ...city.house.revisions,
      bump: async (transaction: Parameters<typeof city.house.revisions.bump>[0]) => {
        await sql`select pg_terminate_backend(pg_backend_pid())`.execute(transaction);
      },
    };
    await expect(sequenceBatch({ ...city.house, database: killed.database, revisions })).rejects.toThrow();
    await killed.close().catch(() => {});
    expect((await listActs(city.house, { subject: 'person-7', limit: 9 })).items).toEqual([]);
    await number();
    expect([await rowsOf('person-7'), await rowsOf('person-8')]).toEqual([0, 1]);
    expect(await audit()).toMatchObject({ findings: [], checked: 2 });
    const { rows } = await sql`select from receipts.erasure`.execute(city.house.database);
    expect(rows).toEqual([]);
    expect(await listPublicActs(city.house.database, { limit: 9 })).toEqual([]);
  });
});
