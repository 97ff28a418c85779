// Finds an edition by its name; every folder here with a city.ts is one.

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { Edition } from '../core/edition.ts';

/** Names of the editions that this checkout holds, in alphabetical order. */
export async function listEditions(): Promise<string[]> {
  const here = new URL('./', import.meta.url);
  const entries = await readdir(here, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(new URL(`./${entry.name}/city.ts`, here)))
    .map((entry) => entry.name)
    .sort();
}

/** The edition of that name; throws an error that lists the ones there are. */
export async function getEdition(id: string): Promise<Edition> {
  const known = await listEditions();
  if (!known.includes(id)) {
    throw new Error(`LAMPPOST_EDITION is "${id}", but the editions here are: ${known.join(', ')}.`);
  }
  const { edition } = (await import(`./${id}/city.ts`)) as { edition: Edition };
  return edition;
}
