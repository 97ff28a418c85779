// The key that signs checkpoints: from the configuration, or made once and kept in the data folder.

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, getSetting } from '../../../core/config.ts';
import { sql } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { logName, parseSigner, parseVerifierKey, type Signer, type Verifier } from '../rules/index.ts';
import { settings } from '../schema.ts';

const fileName = 'receipts-key.pem';

async function readKeyFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a new key unless another process was quicker; whichever is there then is the one. */
async function createKeyFile(folder: string): Promise<string> {
  const path = join(folder, fileName);
  const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });
  const temporary = `${path}.${randomBytes(8).toString('hex')}`;
  await mkdir(folder, { recursive: true });
  await writeFile(temporary, pem, { mode: 0o600, flag: 'wx' });
  try {
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  return readFile(path, 'utf8');
}

const sameKey = (one: Verifier, other: Verifier) => one.vkey.split('+')[2] === other.vkey.split('+')[2];

async function openSigner({ config, database }: Pick<House, 'config' | 'database'>): Promise<Signer> {
  const given = getSetting(config, settings, 'LAMPPOST_RECEIPTS_KEY');
  const name = logName(config.origin);
  const [latest] = await listKeys(database);
  const kept = given ?? (await readKeyFile(join(config.dataFolder, fileName)));
  if (kept === undefined && latest !== undefined) {
    throw new Error(
      `The log of receipts was signed with a key that is not here. Set LAMPPOST_RECEIPTS_KEY, or bring ${fileName} back.`,
    );
  }
  const signer = parseSigner(name, kept ?? (await createKeyFile(config.dataFolder)));
  if (signer === undefined) throw new Error('LAMPPOST_RECEIPTS_KEY is not an Ed25519 key.');
  if (given === undefined && latest !== undefined && !sameKey(signer, latest)) {
    throw new Error(
      `${fileName} is another key than the one that signed the log. Set LAMPPOST_RECEIPTS_KEY.`,
    );
  }
  return signer;
}

const opened = new WeakMap<Config, Promise<Signer>>();

/** The signer of this process; the key is read once. Throws when the key of a log that exists is missing. */
export function getSigner(house: Pick<House, 'config' | 'database'>): Promise<Signer> {
  const known = opened.get(house.config) ?? openSigner(house);
  opened.set(house.config, known);
  return known;
}

/** Public keys that have signed the log, the latest first. */
export async function listKeys(database: House['database']): Promise<Verifier[]> {
  const { rows } = await sql<{ vkey: string }>`
    select vkey from receipts.signing_key order by number desc limit 100`.execute(database);
  return rows.flatMap(({ vkey }) => parseVerifierKey(vkey) ?? []);
}
