// A city of its own for the logins: its database, people with passkeys, and a service that they have allowed.

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { getEdition } from '../../src/city/index.ts';
import { parseConfig } from '../../src/core/config.ts';
import { connect, sql } from '../../src/core/database/index.ts';
import { silentLog } from '../../src/core/log.ts';
import { openHouse } from '../../src/core/open-house.ts';
import { createService } from '../../src/modules/identity/protocols/index.ts';
import { addConsent } from '../../src/modules/identity/store/service-uses.ts';
import { modules } from '../../src/modules.ts';
import { registerPerson } from '../../test/kit/identity-house.ts';
import type { SoftAuthenticator } from '../../test/kit/passkey.ts';
import { type Child, startChild } from '../child.ts';
import type { Setting } from '../setting.ts';
import { redirectUri } from './walk.ts';

export type LoginSetting = {
  /** The process that answers; acts are recorded and events delivered by another. */
  city: Child;
  port: number;
  passkeys: SoftAuthenticator[];
  close(): Promise<void>;
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

let databases = 0;

async function freshDatabase(url: string): Promise<string> {
  const connection = connect(url);
  databases += 1;
  const name = `bench_logins_${databases}`;
  await sql`create database ${sql.id(name)}`.execute(connection.database);
  await connection.close();
  return url.replace(/^(\w+:\/\/[^/]*)\/[^?]*/, `$1/${name}`);
}

const metadata = {
  redirect_uris: [redirectUri],
  token_endpoint_auth_method: 'none',
  response_types: ['code'],
  grant_types: ['authorization_code'],
};

/** Registers the service and the people in the database that the city will open. */
async function settle(env: Record<string, string>, count: number): Promise<SoftAuthenticator[]> {
  const { DATABASE_URL: databaseUrl = '', ...others } = env;
  const config = parseConfig(
    { ...others, LAMPPOST_ROLES: 'web' },
    modules.map((module) => module.config ?? {}),
  );
  const edition = await getEdition(config.edition);
  const { house, close } = await openHouse({ config, edition, modules, log: silentLog, databaseUrl });
  try {
    const passkeys: SoftAuthenticator[] = [];
    for (let number = 0; number < count; number += 1) {
      const { person, passkey } = await registerPerson(house);
      if (number === 0) {
        await createService(house, person, { id: 'bench', name: { en: 'Bench', tc: '基準' }, metadata });
      }
      const consent = { personId: person.id, clientId: 'bench', scopes: ['openid'], claims: [] };
      await addConsent(house, consent);
      passkeys.push(passkey);
    }
    return passkeys;
  } finally {
    await close();
  }
}

/** Opens the city; two hundred people live there. */
export async function openLoginSetting({ databaseUrl, folder, quick }: Setting): Promise<LoginSetting> {
  const port = await freePort();
  const env = {
    DATABASE_URL: await freshDatabase(databaseUrl),
    PORT: String(port),
    LAMPPOST_DATA: folder,
    LAMPPOST_IDENTITY_KEYS: randomBytes(32).toString('base64'),
    LAMPPOST_RECEIPTS_KEY: randomBytes(32).toString('base64'),
    LAMPPOST_RATE_LIMIT_PER_MINUTE: '1000000',
  };
  const passkeys = await settle(env, quick ? 5 : 200);
  const city = startChild('./logins/city.ts', { ...env, LAMPPOST_ROLES: 'web' });
  const worker = startChild('./logins/city.ts', { ...env, LAMPPOST_ROLES: 'jobs' });
  await Promise.all([city.ask('meet'), worker.ask('meet')]);
  const close = async () => {
    await city.close();
    await worker.close();
  };
  return { city, port, passkeys, close };
}
