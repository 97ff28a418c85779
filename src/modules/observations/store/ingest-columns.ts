// Readings on their way into the database: checked, flagged, and laid out in columns.

import { LamppostError } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { flagsOf } from '../rules/flags.ts';
import { keptFrom } from '../rules/retention.ts';
import type { Reading } from '../schema.ts';
import { type KnownDatastream, knownDatastreams } from './datastreams.ts';
import { earliestMs, ensureMonths, latestMs, type Month, monthOf, startOfMonth } from './partitions.ts';

/** What ingest needs of the house. */
export type IngestHouse = Pick<House, 'database' | 'revisions' | 'clock' | 'edition'>;

/** Readings in columns; `indexes` says which of those given each one is. */
export type Columns = {
  indexes: number[];
  ids: number[];
  ats: number[];
  values: (number | null)[];
  flags: number[];
  features: (number | null)[];
  /** Absent when no reading has any of it. */
  wide?: {
    results: (string | null)[];
    untils: (number | null)[];
    resultAts: (number | null)[];
    extras: (string | null)[];
  };
};

const text = (value: unknown) => (value === undefined || value === null ? null : JSON.stringify(value));

const isWide = (reading: Reading) =>
  reading.value === undefined ||
  reading.until !== undefined ||
  reading.resultAt !== undefined ||
  reading.extra !== undefined;

export const emptyColumns = (wide: boolean): Columns => ({
  ...{ indexes: [], ids: [], ats: [], values: [], flags: [], features: [] },
  ...(wide ? { wide: { results: [], untils: [], resultAts: [], extras: [] } } : {}),
});

/** Those of the columns at these places, in that order. */
export function pick(columns: Columns, places: readonly number[]): Columns {
  const of = <Value>(list: Value[]) => places.map((place) => list[place] as Value);
  const { wide } = columns;
  return {
    indexes: of(columns.indexes),
    ids: of(columns.ids),
    ats: of(columns.ats),
    values: of(columns.values),
    flags: of(columns.flags),
    features: of(columns.features),
    ...(wide && {
      wide: {
        results: of(wide.results),
        untils: of(wide.untils),
        resultAts: of(wide.resultAts),
        extras: of(wide.extras),
      },
    }),
  };
}

const badInstant = (ms: number | undefined) =>
  ms !== undefined && !(Number.isFinite(ms) && ms >= earliestMs && ms < latestMs);

const messages = {
  at: { en: 'The time must be between 1970 and 2100.', tc: '時間必須介乎1970年至2100年。' },
  value: { en: 'Give one value: a number or a result.', tc: '請提供一個數值或結果。' },
  until: { en: 'It ends before it begins.', tc: '結束時間早於開始時間。' },
};

function problemOf(reading: Reading): keyof typeof messages | undefined {
  const { at, value, result, until, resultAt } = reading;
  if (badInstant(at) || badInstant(resultAt)) return 'at';
  if (until !== undefined && (badInstant(until) || until < at)) return 'until';
  if (value === undefined ? result === undefined : result !== undefined || !Number.isFinite(value))
    return 'value';
  return undefined;
}

const refused = (index: number, field: keyof typeof messages) =>
  new LamppostError(
    'invalid',
    'reading-refused',
    { en: 'A reading cannot be kept as it is.', tc: '有讀數不能保存。' },
    { fields: [{ field: `${index}.${field}`, message: messages[field] }] },
  );

const unknownDatastream = (index: number) =>
  new LamppostError(
    'not-found',
    'unknown-datastream',
    { en: 'There is no such datastream. Check its id.', tc: '找不到此數據流，請檢查其編號。' },
    {
      fields: [
        {
          field: `${index}.datastreamId`,
          message: { en: 'There is no such datastream.', tc: '找不到此數據流。' },
        },
      ],
    },
  );

/** Throws for the first reading that cannot be kept, by its place. */
export async function checkReadings(house: IngestHouse, readings: readonly Reading[]) {
  for (let index = 0; index < readings.length; index += 1) {
    const problem = problemOf(readings[index]!);
    if (problem !== undefined) throw refused(index, problem);
  }
  const ids = new Set<number>();
  for (const { datastreamId } of readings) ids.add(datastreamId);
  const known = await knownDatastreams(house, ids);
  const missing = new Set([...ids].filter((id) => !known.has(id)));
  if (missing.size === 0) return known;
  throw unknownDatastream(readings.findIndex(({ datastreamId }) => missing.has(datastreamId)));
}

/** Lays out what is to be kept; what is too old for its datastream is left out. */
export async function columnsOf(
  house: IngestHouse,
  readings: readonly Reading[],
  known: ReadonlyMap<number, KnownDatastream>,
): Promise<Columns> {
  const nowMs = house.clock.now().getTime();
  const { timeZone } = house.edition;
  const columns = emptyColumns(readings.some(isWide));
  const keptFromOf = new Map<number, number | undefined>();
  const months = new Set<Month>();
  let monthFrom = Number.POSITIVE_INFINITY;
  let monthTo = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < readings.length; index += 1) {
    const reading = readings[index]!;
    const datastream = known.get(reading.datastreamId);
    if (datastream === undefined) throw unknownDatastream(index);
    const at = Math.round(reading.at);
    const { retentionDays } = datastream;
    if (retentionDays !== null) {
      if (!keptFromOf.has(retentionDays)) {
        keptFromOf.set(retentionDays, keptFrom(retentionDays, { nowMs, timeZone }));
      }
      if (at < keptFromOf.get(retentionDays)!) continue;
    }
    if (at < monthFrom || at >= monthTo) {
      const month = monthOf(at);
      months.add(month);
      monthFrom = startOfMonth(month);
      monthTo = startOfMonth(month + 1);
    }
    push(columns, { index, at, reading, datastream, flags: flagsOf(reading, datastream, nowMs) });
  }
  await ensureMonths(house.database, months);
  return columns;
}

type Laid = { index: number; at: number; reading: Reading; datastream: KnownDatastream; flags: number };

function push(columns: Columns, { index, at, reading, datastream, flags }: Laid): void {
  columns.indexes.push(index);
  columns.ids.push(reading.datastreamId);
  columns.ats.push(at);
  columns.values.push(reading.value ?? null);
  columns.flags.push(flags);
  columns.features.push(reading.featureId ?? datastream.featureId);
  const { wide } = columns;
  if (wide === undefined) return;
  wide.results.push(reading.value === undefined ? JSON.stringify(reading.result) : null);
  wide.untils.push(reading.until ?? null);
  wide.resultAts.push(reading.resultAt ?? null);
  wide.extras.push(text(reading.extra));
}
