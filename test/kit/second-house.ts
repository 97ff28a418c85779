// Another process on the database of a test house: its own connections, its own settings, nothing remembered.

import { inject } from 'vitest';
import { parseConfig } from '../../src/core/config.ts';
import { connect, sql } from '../../src/core/database/index.ts';
import type { House } from '../../src/core/house.ts';
import { modules } from '../../src/modules.ts';
import { testIdentityKeys, testReceiptsKey } from './house.ts';

export type SecondHouse = { house: House; close(): Promise<void> };

/** Shares clock, events and edition with the first, and the database, over connections of its own. */
export async function openSecondHouse(first: House, env: Record<string, string> = {}): Promise<SecondHouse> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(first.database);
  const { serverUrl } = inject('testDatabase');
  const { database, close } = connect(serverUrl.replace(/^(\w+:\/\/[^/]*)\/[^?]*/, `$1/${rows[0]!.name}`));
  const config = parseConfig(
    {
      PORT: '8080',
      LAMPPOST_RATE_LIMIT_PER_MINUTE: '1000000',
      LAMPPOST_RECEIPTS_KEY: testReceiptsKey,
      LAMPPOST_IDENTITY_KEYS: testIdentityKeys,
      ...env,
    },
    modules.map((module) => module.config ?? {}),
  );
  return { house: { ...first, database, config }, close };
}
