// The receipt of an act in a large log, with its inclusion proof and checkpoint, beside its limit.

import { randomBytes, randomUUID } from 'node:crypto';
import { type Database, sql } from '../../src/core/database/index.ts';
import {
  checkReceipt,
  edgeOf,
  grow,
  hashLeaf,
  leafOf,
  signCheckpoint,
  type Tile,
} from '../../src/modules/receipts/rules/index.ts';
import { findReceipt, getSigner, listKeys } from '../../src/modules/receipts/store/index.ts';
import { inWords, median, quantile, type Row, type Table } from '../figures.ts';
import type { Setting } from '../setting.ts';
import { type OpenedLog, openReceiptsLog } from './receipts-log.ts';

const limitMs = 5;
const batch = 65_536;

/** An act whose receipt is asked for; all other leaves are hashes of nothing. */
type Probe = { id: string; index: number; salt: Buffer; leaf: string };

const details = { what: 'a look into a record' };

function probesIn(size: number, count: number): Map<number, Probe> {
  const probes = new Map<number, Probe>();
  while (probes.size < count) {
    const index = Math.floor(Math.random() * size);
    const salt = randomBytes(32);
    const leaf = leafOf({ topic: 'bench.measured', details, occurredAt: new Date() }, salt);
    probes.set(index, { id: randomUUID(), index, salt, leaf });
  }
  return probes;
}

async function writeTiles(database: Database, tiles: Tile[]): Promise<void> {
  await sql`insert into receipts.tile as old (level, number, hashes)
    select level, number, decode(hashes, 'hex') from unnest(${tiles.map(({ level }) => level)}::smallint[],
      ${tiles.map(({ number }) => number)}::bigint[],
      ${tiles.map(({ hashes }) => hashes.toString('hex'))}::text[]) as given (level, number, hashes)
    on conflict (level, number) do update set hashes = excluded.hashes`.execute(database);
}

/** Writes the tiles of a whole tree; its root. */
async function plantTree(database: Database, size: number, probes: Map<number, Probe>): Promise<Buffer> {
  let tree: { size: number; root: Buffer; edge: Tile[] } = { size: 0, root: Buffer.alloc(0), edge: [] };
  while (tree.size < size) {
    const noise = randomBytes(32 * Math.min(batch, size - tree.size));
    const hashes = Array.from({ length: noise.length / 32 }, (_, at) => {
      const probe = probes.get(tree.size + at);
      return probe === undefined ? noise.subarray(at * 32, at * 32 + 32) : hashLeaf(Buffer.from(probe.leaf));
    });
    const grown = grow(tree, hashes);
    await writeTiles(database, grown.tiles);
    const all = [...grown.tiles, ...tree.edge];
    const edge = edgeOf(grown.size).flatMap(
      (place) => all.find(({ level, number }) => level === place.level && number === place.number) ?? [],
    );
    tree = { size: grown.size, root: grown.root, edge };
  }
  return tree.root;
}

async function plantLog({ house }: OpenedLog, size: number, probes: Map<number, Probe>): Promise<void> {
  const { database } = house;
  const root = await plantTree(database, size, probes);
  const signer = await getSigner(house);
  const note = signCheckpoint({ origin: signer.name, size, root }, signer);
  await sql`insert into receipts.checkpoint (size, root, note) values (${size}, ${root}, ${note})`.execute(
    database,
  );
  const all = [...probes.values()];
  await sql`insert into receipts.act (id, topic, details, salt, leaf, public, occurred_at, index)
    select id, 'bench.measured', ${JSON.stringify(details)}, decode(salt, 'hex'), leaf, false, now(), index
    from unnest(${all.map(({ id }) => id)}::uuid[], ${all.map(({ salt }) => salt.toString('hex'))}::text[],
      ${all.map(({ leaf }) => leaf)}::text[], ${all.map(({ index }) => index)}::bigint[])
    as given (id, salt, leaf, index)`.execute(database);
  await sql`vacuum analyze receipts.act, receipts.tile, receipts.checkpoint`.execute(database);
}

type Times = { receipt: number[]; nothing: number[] };

/** Milliseconds of each, and of a query for nothing in turn; throws when a receipt does not hold. */
async function askFor({ house }: OpenedLog, probes: Probe[]): Promise<Times> {
  const keys = await listKeys(house.database);
  const all: Times = { receipt: [], nothing: [] };
  for (const { id } of probes) {
    const started = performance.now();
    const receipt = await findReceipt(house, id);
    const between = performance.now();
    all.receipt.push(between - started);
    await sql`select 1`.execute(house.database);
    all.nothing.push(performance.now() - between);
    const { valid, checkpoint } = checkReceipt(JSON.stringify(receipt), keys);
    if (!valid) throw new Error(`a receipt at ${checkpoint?.size} does not hold`);
  }
  return all;
}

/** Asks for receipts at random places of logs of two sizes, one after the other. */
export async function measureReceiptsProof({ databaseUrl, quick }: Setting): Promise<Table> {
  const rows: Row[] = [];
  for (const size of quick ? [1000] : [100_000, 10_000_000]) {
    const log = await openReceiptsLog(databaseUrl, `bench_proof_${size}`);
    try {
      const probes = probesIn(size, quick ? 20 : 4000);
      await plantLog(log, size, probes);
      const [warm, asked] = [[...probes.values()].slice(0, 200), [...probes.values()].slice(200)];
      await askFor(log, warm);
      rows.push(rowOf(size, await askFor(log, quick ? warm : asked)));
    } finally {
      await log.close();
    }
  }
  return {
    title: 'Receipts: a whole receipt, at random places of the log',
    columns: [
      'leaves',
      'receipts',
      'median ms',
      'p99 ms',
      'select 1, median ms',
      'its p99 ms',
      'p99 / limit',
      'goal',
    ],
    rows,
  };
}

function rowOf(size: number, { receipt, nothing }: Times): Row {
  const p99 = quantile(receipt, 0.99);
  const cells = [
    size.toLocaleString('en'),
    receipt.length,
    inWords(median(receipt)),
    inWords(p99),
    inWords(median(nothing)),
    inWords(quantile(nothing, 0.99)),
    (p99 / limitMs).toFixed(2),
    `p99 < ${limitMs} ms`,
  ];
  return { cells, met: p99 < limitMs };
}
