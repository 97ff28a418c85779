// How long a search takes, through the endpoint and through the page, none of it kept.

import { simplify } from '../../src/core/texts.ts';
import { Connection, requestOf } from '../client.ts';
import { inWords, median, quantile, type Row, type Table } from '../figures.ts';
import type { Setting } from '../setting.ts';

type Title = { id: string; en: string; tc: string };

const goalMs = 50;
const nothing = [
  'zzqx',
  'quokka marmalade',
  '1',
  'a',
  '龘龘',
  'xyzzy plugh frobnicate',
  '彩虹獨角獸',
  'the of and to in for with on by',
  'q'.repeat(200),
  'smart city digital government data open public transport health environment energy people services',
];

/** The word with two letters changed places, as quick fingers do. */
function withSlip(word: string, seed: number): string {
  const at = 1 + (seed % Math.max(1, word.length - 2));
  return `${word.slice(0, at)}${word[at + 1] ?? ''}${word[at] ?? ''}${word.slice(at + 2)}`;
}

/** About two hundred things a person may type. */
export function queriesOf(titles: Title[]): Record<string, string[]> {
  const some = titles.filter((_, index) => index % 4 === 0);
  const longWords = some.map(({ en }) => en.split(/[^A-Za-z]+/).toSorted((a, b) => b.length - a.length)[0]!);
  const chinese = some.map(({ tc }) => /\p{Script=Han}{2,}/u.exec(tc)?.[0] ?? tc);
  return {
    'English words': some.map(({ en }) => en.split(' ').slice(0, 3).join(' ')),
    'English with a slip': longWords.map((word, index) => withSlip(word.toLowerCase(), index)),
    'Chinese in parts': chinese.map((run, index) => {
      const start = index % Math.max(1, run.length - 3);
      return run.slice(start, start + 2 + (index % 3));
    }),
    'Simplified Chinese': chinese.map((run) => simplify(run).slice(0, 4)),
    codes: some.slice(0, 20).map(({ id }) => id),
    'long, short or not there': nothing,
  };
}

const doorsOfSearch = [
  { name: 'endpoint', path: (q: string) => `/api/v1/search?q=${encodeURIComponent(q)}` },
  { name: 'page', path: (q: string) => `/en/search?q=${encodeURIComponent(q)}` },
];

/** One search after the other over one connection; of each query the median of its rounds counts. */
export async function measureSearch({ city, doors, quick }: Setting): Promise<Table> {
  const queries = queriesOf(await city.ask<Title[]>('titles'));
  const connection = await Connection.open(doors.anew);
  const timeOf = async (path: string) => {
    const started = performance.now();
    const { status } = await connection.ask(requestOf(path, { 'Accept-Encoding': 'gzip, br' }));
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    return performance.now() - started;
  };
  const asked = doorsOfSearch.flatMap(({ name, path }) =>
    Object.entries(queries).flatMap(([kind, list]) =>
      list.map((query) => ({ door: name, kind, path: path(query), times: [] as number[] })),
    ),
  );
  try {
    for (let round = -1; round < (quick ? 1 : 5); round += 1) {
      for (const one of asked) {
        const time = await timeOf(one.path);
        // The first round builds the index and warms up.
        if (round >= 0) one.times.push(time);
      }
    }
  } finally {
    connection.close();
  }
  const rows = doorsOfSearch.flatMap(({ name }) => {
    const own = asked.filter(({ door }) => door === name);
    const timesOf = (kind?: string) =>
      own.filter((one) => kind === undefined || one.kind === kind).map(({ times }) => median(times));
    const each = Object.keys(queries).map((kind) => rowOf(name, kind, timesOf(kind)));
    return [...each, rowOf(name, '**all**', timesOf())];
  });
  const count = Object.values(queries).flat().length;
  return {
    title: `Search, ${count} different queries, nothing kept`,
    columns: ['by', 'queries', 'p50 ms', 'p95 ms', 'slowest ms', 'p95 / limit', 'goal'],
    rows,
  };
}

function rowOf(door: string, kind: string, times: number[]): Row {
  const p95 = quantile(times, 0.95);
  const figures = [quantile(times, 0.5), p95, Math.max(...times)].map(inWords);
  return { cells: [door, kind, ...figures, (p95 / goalMs).toFixed(2), `< ${goalMs} ms`], met: p95 < goalMs };
}
