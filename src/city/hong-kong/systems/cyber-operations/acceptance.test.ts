// Acceptance of system 130: the audit log only grows, and the command finds an entry that was changed.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReceiptsHouse, type ReceiptsHouse } from '../../../../../test/kit/receipts-house.ts';
import { inTransaction, sql } from '../../../../core/database/index.ts';
import { receipts, record } from '../../../../modules/receipts/index.ts';

const root = new URL('../../../../../', import.meta.url).pathname;

describe('cyber-operations', () => {
  let city: ReceiptsHouse;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lamppost-audit-'));
    city = await openReceiptsHouse();
    await receipts.prepare?.(city.house);
    await city.recordActs(3);
    await number();
  });
  afterAll(async () => {
    await city.close();
    rmSync(folder, { recursive: true });
  });

  /** Gives every act its place, as the jobs of the house do. */
  async function number(): Promise<void> {
    for (const loop of receipts.loops ?? []) while (await loop.step(city.house));
  }

  const size = async () => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from receipts.entry`.execute(
      city.house.database,
    );
    return rows[0]!.n;
  };

  const monitor = () =>
    new Promise<{ code: number; output: string }>((resolve) => {
      const run = ['--import', 'tsx', 'src/monitor.ts', '--state', join(folder, 'state.json')];
      const env = { PATH: process.env.PATH ?? '', DATABASE_URL: city.url, LAMPPOST_DATA: folder };
      execFile(process.execPath, run, { cwd: root, env }, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), output: out + err }),
      );
    });

  it('refuses to change, remove or empty what stands in the audit log, and goes on growing', async () => {
    for (const statement of [
      `update receipts.entry set leaf = '\\x00' where index = 1`,
      'delete from receipts.entry where index = 1',
      'truncate receipts.entry',
      'delete from receipts.checkpoint',
      `update receipts.act set details = '0' where index = 1`,
    ]) {
      await expect(sql.raw(statement).execute(city.house.database)).rejects.toThrow('never changed');
    }
    const before = await size();
    const act = { topic: 'security.log-opened', actor: 'officer-3', details: { incident: 'CERT-7' } };
    await inTransaction(city.house.database, (transaction) => record(transaction, act));
    await number();
    expect(await size()).toBe(before + 1);
  });

  it('finds a changed entry with the command, also when the triggers were passed', async () => {
    expect((await monitor()).code).toBe(0);
    await city.tamper(`update receipts.entry set leaf = '\\x7b7d' where index = 1`);
    const { code, output } = await monitor();
    expect([code, output]).toEqual([1, expect.stringContaining('entry 1 was changed')]);
  });
});
