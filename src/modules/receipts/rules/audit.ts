// Goes through the whole log again and finds what was changed, removed, moved, added or rewritten.

import { findCosignature } from './cosignature.ts';
import { hashLeaf } from './hash.ts';
import { isOpenedBy, type Opening, parseLeaf } from './leaf.ts';
import { type Checkpoint, isSignedBy, parseCheckpoint, type Verifier } from './note.ts';
import { edgeOf, grow, hashesIn, readerOf, type Tile, type TilePlace, tileWidth, widthAt } from './tiles.ts';
import { rootRecipe } from './tree.ts';

/** An act as it is kept beside the log, to be compared with its leaf. */
export type KeptAct = { index: number; opening: Opening };

/** Where a log is read from: a database, or tiles over HTTP. */
export type LogSource = {
  /** The latest signed checkpoint. */
  checkpoint(): Promise<string>;
  /** A checkpoint hardly older that more witnesses have cosigned. */
  cosigned?(): Promise<string>;
  /** Entries of a bundle, each at its place; undefined where there is none. */
  entries(number: number, width: number): Promise<(Buffer | undefined)[]>;
  /** Hashes of a tile, one after the other. */
  tile(place: TilePlace, width: number): Promise<Buffer>;
  /** Number of the last entry that is stored, plus one. */
  stored?(): Promise<number>;
  /** The acts behind the entries of a bundle. */
  acts?(number: number): Promise<KeptAct[]>;
};

export type Finding =
  | { kind: 'changed' | 'removed' | 'added' | 'act-changed'; index: number }
  | { kind: 'moved'; index: number; from: number }
  | { kind: 'tile'; level: number; number: number }
  /** The tree is not the one that was signed. */
  | { kind: 'tree'; size: number }
  | { kind: 'signature' | 'unreadable' }
  | { kind: 'witness'; name: string }
  /** The log is not a continuation of what it was: fewer leaves, or other ones. */
  | { kind: 'rewritten'; size: number };

/** What is known from before: keys one trusts, and earlier states of the log. */
export type Known = {
  keys: readonly Verifier[];
  earlier: readonly Checkpoint[];
  /** Those who must have cosigned. */
  witnesses?: readonly Verifier[];
};

export type Audit = {
  findings: Finding[];
  /** The checkpoint that was read, to be kept for the next time. */
  note: string;
  /** Number of entries gone through. */
  checked: number;
};

/** What is wrong with one bundle, by comparing its entries with the hashes that the tree has for them. */
function compareBundle(first: number, entries: (Buffer | undefined)[], hashes: Buffer[]): Finding[] {
  const present = entries.map((entry) => (entry === undefined ? undefined : hashLeaf(entry)));
  const placeOf = new Map(hashes.map((hash, at) => [hash.toString('hex'), at]));
  const standing = new Set(present.flatMap((hash) => hash?.toString('hex') ?? []));
  return hashes.flatMap((hash, at): Finding[] => {
    const index = first + at;
    const found = present[at];
    if (found?.equals(hash)) return [];
    if (found === undefined) return [{ kind: 'removed', index }];
    const from = placeOf.get(found.toString('hex'));
    if (from !== undefined) {
      const moved: Finding = { kind: 'moved', index, from: first + from };
      return standing.has(hash.toString('hex')) ? [moved] : [{ kind: 'removed', index }, moved];
    }
    return [{ kind: 'changed', index }];
  });
}

async function compareActs(source: LogSource, number: number, entries: (Buffer | undefined)[]) {
  const acts = (await source.acts?.(number)) ?? [];
  return acts.flatMap(({ index, opening }): Finding[] => {
    const entry = entries[index - number * tileWidth];
    const leaf = entry === undefined ? undefined : parseLeaf(entry.toString());
    const isSame = leaf === undefined || isOpenedBy(leaf, opening);
    return isSame ? [] : [{ kind: 'act-changed', index }];
  });
}

/** The tree over the hashes seen so far: it grows bundle by bundle and remembers its upper tiles. */
class Regrown {
  size = 0;
  readonly upper = new Map<string, Tile>();
  private edge: Tile[] = [];

  add(hashes: Buffer[]): void {
    const grown = grow({ size: this.size, edge: this.edge }, hashes);
    for (const tile of grown.tiles) {
      if (tile.level > 0) this.upper.set(`${tile.level}/${tile.number}`, tile);
    }
    const all = [...this.edge, ...grown.tiles].reverse();
    this.edge = edgeOf(grown.size).flatMap(
      (place) => all.find(({ level, number }) => level === place.level && number === place.number) ?? [],
    );
    this.size = grown.size;
  }

  root(): Buffer {
    return rootRecipe(this.size).make(readerOf(this.edge));
  }
}

async function compareUpper(source: LogSource, { upper, size }: Regrown): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { level, number, hashes } of upper.values()) {
    const served = await source.tile({ level, number }, widthAt(size, { level, number }));
    if (!served.equals(hashes)) findings.push({ kind: 'tile', level, number });
  }
  return findings;
}

const missingWitnesses = (note: string, { witnesses = [] }: Known): Finding[] =>
  witnesses
    .filter((one) => findCosignature(note, one) === undefined)
    .map(({ name }) => ({ kind: 'witness', name }));

/** Reads all of the log and compares it with itself, with its signature and with what is known of it. */
export async function auditLog(source: LogSource, known: Known): Promise<Audit> {
  const cosigned = known.witnesses?.length ? await source.cosigned?.() : undefined;
  const note = await source.checkpoint();
  const checkpoint = parseCheckpoint(note);
  if (checkpoint === undefined) return { findings: [{ kind: 'unreadable' }], note, checked: 0 };
  const { size, root } = checkpoint;
  const findings: Finding[] = [];
  if (!known.keys.some((key) => isSignedBy(note, key))) findings.push({ kind: 'signature' });
  findings.push(...missingWitnesses(cosigned ?? note, known));
  const states = [...known.earlier, ...[parseCheckpoint(cosigned ?? note)].flatMap((one) => one ?? [])];
  findings.push(...states.flatMap((one): Finding[] => (one.size > size ? [rewritten(one)] : [])));
  const bySize = Map.groupBy(states, (one) => one.size);
  const tree = new Regrown();
  const isAsBefore = () => {
    const others = (bySize.get(tree.size) ?? []).filter((one) => !one.root.equals(tree.root()));
    findings.push(...others.slice(0, 1).map(rewritten));
  };
  isAsBefore();
  for (let number = 0; number * tileWidth < size; number += 1) {
    const width = widthAt(size, { level: 0, number });
    const entries = await source.entries(number, width);
    const hashes = hashesIn(await source.tile({ level: 0, number }, width));
    // A tile that is too short cannot say what stood there; the entries themselves then have to.
    const told = Array.from(
      { length: width },
      (_, at) => hashes[at] ?? hashLeaf(entries[at] ?? Buffer.alloc(0)),
    );
    if (hashes.length !== width) findings.push({ kind: 'tile', level: 0, number });
    findings.push(...compareBundle(number * tileWidth, entries, told));
    findings.push(...(await compareActs(source, number, entries)));
    const stops = [...bySize.keys()].filter((one) => one > tree.size && one < tree.size + width);
    for (const stop of [...stops.sort((a, b) => a - b), tree.size + width]) {
      tree.add(told.slice(tree.size - number * tileWidth, stop - number * tileWidth));
      isAsBefore();
    }
  }
  if (!tree.root().equals(root)) findings.push({ kind: 'tree', size });
  findings.push(...(await compareUpper(source, tree)));
  const stored = (await source.stored?.()) ?? size;
  if (stored > size) findings.push({ kind: 'added', index: size });
  return { findings, note, checked: size };
}

const rewritten = ({ size }: Checkpoint): Finding => ({ kind: 'rewritten', size });
