// Endpoints of the log itself as monitors read it: checkpoint, tiles, keys, proofs.

import { invalid, notFound } from '../../../core/errors.ts';
import { type Route, route } from '../../../core/module.ts';
import {
  bundleOf,
  consistencyRecipe,
  hashLeaf,
  inclusionRecipe,
  parseTilePath,
  type TileAddress,
  widthAt,
} from '../rules/index.ts';
import {
  consistencyQuery,
  consistencySchema,
  inclusionQuery,
  inclusionSchema,
  keysSchema,
  tileParams,
} from '../schema.ts';
import {
  cook,
  findTile,
  getCheckpoint,
  getCosignedCheckpoint,
  listKeys,
  readEntries,
} from '../store/index.ts';
import { problems } from '../texts.ts';

const written = (hashes: Buffer[]) => hashes.map((hash) => hash.toString('base64'));

const checkpointRoute = route({
  method: 'GET',
  path: '/checkpoint',
  summary: 'The latest signed state of the log',
  description:
    'A signed note: name of the log, number of leaves, root hash (C2SP tlog-checkpoint), with the ' +
    'cosignatures of witnesses, if there are any (C2SP tlog-cosignature).',
  audience: 'public',
  cache: 'change',
  response: { contentType: 'text/plain; charset=utf-8', description: 'Signed note' },
  async handle({ house }) {
    const { note } = await getCheckpoint(house.database);
    return { contentType: 'text/plain; charset=utf-8', body: note };
  },
});

const cosignedRoute = route({
  method: 'GET',
  path: '/api/v1/receipts/cosigned-checkpoint',
  summary: 'The signed state of the log that most witnesses have cosigned of late',
  description:
    'The latest checkpoint is alone until its witnesses answer; this one may be up to a minute older. ' +
    'A signed note with cosignatures (C2SP tlog-cosignature).',
  audience: 'public',
  cache: 'change',
  response: { contentType: 'text/plain; charset=utf-8', description: 'Signed note' },
  async handle({ house }) {
    const { note } = await getCosignedCheckpoint(house.database);
    return { contentType: 'text/plain; charset=utf-8', body: note };
  },
});

const unknownTile = () => notFound('unknown-tile', problems.unknownTile);

type Database = Parameters<typeof getCheckpoint>[0];

async function tileBytes(database: Database, { level, number, width }: TileAddress): Promise<Buffer> {
  const { size } = await getCheckpoint(database);
  if (width > widthAt(size, { level, number })) throw unknownTile();
  if (level !== 'entries') {
    const tile = await findTile(database, { level, number }, width);
    if (tile === undefined) throw unknownTile();
    return tile;
  }
  const entries = await readEntries(database, number, width);
  // A hole in the log is for the monitor to find; what is served must not close it.
  if (entries.includes(undefined)) throw unknownTile();
  return bundleOf(entries as Buffer[]);
}

/** Fixed addresses of one to four segments: enough for 256 thousand million entries. */
const tileRoutes = tileParams.map((params, depth) =>
  route({
    method: 'GET',
    path: `/tile/:level${['/:a', '/:b', '/:c', '/:d'].slice(0, depth + 1).join('')}`,
    summary:
      depth === 0 ? 'A tile of hashes, or a bundle of entries' : `The same, with ${depth + 1} segments`,
    description: 'C2SP tlog-tiles, e.g. `/tile/0/x001/234`, `/tile/entries/000.p/17`. Never changes.',
    audience: 'public',
    cache: 'forever',
    params,
    response: { contentType: 'application/octet-stream', description: 'Hashes of 32 bytes, or entries' },
    async handle({ house, params: given }) {
      const { level, ...segments } = given as Record<string, string> & { level: string };
      const path = ['a', 'b', 'c', 'd'].flatMap((name) => segments[name] ?? []).join('/');
      const address = parseTilePath(level, path);
      if (address === undefined) throw unknownTile();
      return { contentType: 'application/octet-stream', body: await tileBytes(house.database, address) };
    },
  }),
);

const keysRoute = route({
  method: 'GET',
  path: '/api/v1/receipts/keys',
  summary: 'Public keys of the log',
  description: 'In the form of signed-note. Keep a copy: a key from the log it is to check proves little.',
  audience: 'public',
  cache: 'change',
  response: keysSchema,
  async handle({ house }) {
    await getCheckpoint(house.database);
    const [current, ...earlier] = await listKeys(house.database);
    return { origin: current!.name, current: current!.vkey, earlier: earlier.map(({ vkey }) => vkey) };
  },
});

function refuseBeyond(field: string, value: number, most: number): void {
  if (value <= most) return;
  throw invalid('not-in-tree', problems.notInTree, { fields: [{ field, message: problems.notInTree }] });
}

const inclusionRoute = route({
  method: 'GET',
  path: '/api/v1/receipts/proof/inclusion',
  summary: 'Proof that a leaf stands in the log',
  description: 'RFC 9162, 2.1.3: hashes in base64, from the leaf to the root.',
  audience: 'public',
  query: inclusionQuery,
  response: inclusionSchema,
  async handle({ house, query: { index, size } }) {
    const { database } = house;
    refuseBeyond('size', size, (await getCheckpoint(database)).size);
    refuseBeyond('index', index, size - 1);
    const leafAt = index % 256;
    const entry = (await readEntries(database, (index - leafAt) / 256, leafAt + 1))[leafAt];
    if (entry === undefined) throw unknownTile();
    const proof = await cook(database, inclusionRecipe(index, size));
    return { index, size, leafHash: hashLeaf(entry).toString('base64'), proof: written(proof) };
  },
});

const consistencyRoute = route({
  method: 'GET',
  path: '/api/v1/receipts/proof/consistency',
  summary: 'Proof that the log only grew from one size to another',
  description: 'RFC 9162, 2.1.4: hashes in base64.',
  audience: 'public',
  query: consistencyQuery,
  response: consistencySchema,
  async handle({ house, query: { from, to } }) {
    refuseBeyond('to', to, (await getCheckpoint(house.database)).size);
    refuseBeyond('from', from, to);
    return { from, to, proof: written(await cook(house.database, consistencyRecipe(from, to))) };
  },
});

export const proofRoutes: Route[] = [
  checkpointRoute,
  cosignedRoute,
  ...tileRoutes,
  keysRoute,
  inclusionRoute,
  consistencyRoute,
];
