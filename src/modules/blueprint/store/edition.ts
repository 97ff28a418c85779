// Reads the edition's blueprint files from their folder.

import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Edition } from '../../../core/edition.ts';
import { type BlueprintData, type EditionFile, parseBlueprint } from '../schema/index.ts';

const settings = z.strictObject({ folder: z.instanceof(URL) });

/** Every `.json` file of the folder and of its folders, in alphabetical order. */
export async function readBlueprintFiles(folder: URL): Promise<EditionFile[]> {
  const entries = await readdir(folder, { recursive: true });
  const paths = entries.filter((path) => path.endsWith('.json')).toSorted();
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(new URL(path, folder), 'utf8') })),
  );
}

/** The edition's blueprint, checked. Throws BlueprintDataError that names file, line and field. */
export async function readBlueprint(edition: Edition): Promise<BlueprintData> {
  const { folder } = settings.parse(edition.data.blueprint);
  return parseBlueprint(await readBlueprintFiles(folder));
}
