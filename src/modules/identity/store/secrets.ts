// Keys that seal personal data, and secrets of the house that are kept sealed in the database.

import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, getSetting } from '../../../core/config.ts';
import { type Database, query } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { open, parseSealingKeys, type SealingKeys, seal } from '../rules/sealing.ts';
import { settings } from '../schema.ts';

const fileName = 'identity-keys';

type Place = Pick<House, 'config' | 'database'>;

async function readKeyFile(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a new key unless another process was quicker; whichever is there then is the one. */
async function createKeyFile(folder: string): Promise<string> {
  const path = join(folder, fileName);
  const temporary = `${path}.${randomBytes(8).toString('hex')}`;
  await mkdir(folder, { recursive: true });
  await writeFile(temporary, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  return (await readFile(path, 'utf8')).trim();
}

type SecretRow = { name: string; sealed: Buffer };

async function openKeys({ config, database }: Place): Promise<SealingKeys> {
  const given =
    getSetting(config, settings, 'LAMPPOST_IDENTITY_KEYS') ??
    (await readKeyFile(join(config.dataFolder, fileName)));
  // A seal that cannot be opened is found now, and not when the first person signs in.
  const [sealed] = await query<SecretRow>(database, {
    text: 'select name, sealed from identity.secret order by created_at limit 1',
  });
  if (given === undefined && sealed !== undefined) {
    throw new Error(
      `The personal data here is sealed with keys that are missing. Set LAMPPOST_IDENTITY_KEYS, or bring ${fileName} back.`,
    );
  }
  const keys = parseSealingKeys(given ?? (await createKeyFile(config.dataFolder)));
  if (sealed !== undefined && !opens(keys, sealed)) {
    throw new Error('The personal data here is sealed with other keys than LAMPPOST_IDENTITY_KEYS has.');
  }
  return keys;
}

function opens(keys: SealingKeys, { name, sealed }: SecretRow): boolean {
  try {
    open(keys, sealed, secretContext(name));
    return true;
  } catch {
    return false;
  }
}

const opened = new WeakMap<Config, Promise<SealingKeys>>();

/** The keys of this process, read once. Throws when the keys of data that exists are missing. */
export function getKeys(house: Place): Promise<SealingKeys> {
  const earlier = opened.get(house.config);
  if (earlier !== undefined) return earlier;
  const begun = openKeys(house);
  opened.set(house.config, begun);
  begun.catch(() => opened.delete(house.config));
  return begun;
}

/** Context in which a secret is sealed. */
export const secretContext = (name: string): string => `secret:${name}`;

async function findSealed(database: Database, name: string): Promise<Buffer | undefined> {
  const text = 'select name, sealed from identity.secret where name = $1';
  return (await query<SecretRow>(database, { text, values: [name] }))[0]?.sealed;
}

async function readSecret(house: Place, name: string, make: () => Buffer): Promise<Buffer> {
  const { database } = house;
  const keys = await getKeys(house);
  let sealed = await findSealed(database, name);
  if (sealed === undefined) {
    await query(database, {
      text: 'insert into identity.secret (name, sealed) values ($1, $2) on conflict (name) do nothing',
      values: [name, seal(keys, make(), secretContext(name))],
    });
    sealed = await findSealed(database, name);
  }
  if (sealed === undefined) throw new Error(`the secret ${name} was removed while it was made`);
  return open(keys, sealed, secretContext(name));
}

const secrets = new WeakMap<Database, Map<string, Promise<Buffer>>>();

/** A secret of the whole city by name, made by the first process that asks; it never changes. */
export function getSecret(house: Place, name: string, make: () => Buffer): Promise<Buffer> {
  const known = secrets.get(house.database) ?? new Map<string, Promise<Buffer>>();
  secrets.set(house.database, known);
  const earlier = known.get(name);
  if (earlier !== undefined) return earlier;
  const begun = readSecret(house, name, make);
  known.set(name, begun);
  begun.catch(() => known.delete(name));
  return begun;
}

/** A secret of 32 bytes drawn by chance. */
export const getRandomSecret = (house: Place, name: string): Promise<Buffer> =>
  getSecret(house, name, () => randomBytes(32));

/**
 * Makes sure, before the doors open, that there are keys and that they are those of the data. What is sealed
 * here first is what a second process, with other keys, stumbles over.
 */
export async function prepareSecrets(house: Place): Promise<void> {
  // Those that are used within transactions: nothing is read beside one.
  for (const name of ['attempts', 'card-digest', 'desk-codes']) await getRandomSecret(house, name);
}
