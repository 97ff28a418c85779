// Pages per second of processor time, beside a bare Fastify that sends the same bytes.

import type { Page } from '../bare-process.ts';
import { startChild } from '../child.ts';
import { askOnce, headerOf, keepBusy, requestOf } from '../client.ts';
import { inWords, median, type Row, type Table } from '../figures.ts';
import type { Setting } from '../setting.ts';

type Kind = 'home' | 'progress' | 'initiative';
type Way = {
  name: string;
  door: 'kept' | 'anew';
  headers: Record<string, string>;
  conditional: boolean;
  goal: number | undefined;
};

const languages = ['en', 'tc', 'sc'];
const compressed = { 'Accept-Encoding': 'gzip, deflate, br' };
const ways: Way[] = [
  { name: 'rendered, plain', door: 'anew', headers: {}, conditional: false, goal: 0.15 },
  { name: 'rendered and compressed', door: 'anew', headers: compressed, conditional: false, goal: undefined },
  { name: 'kept, compressed', door: 'kept', headers: compressed, conditional: false, goal: 0.6 },
  { name: 'conditional (304)', door: 'kept', headers: compressed, conditional: true, goal: 0.6 },
];

/** Addresses of each kind, in all languages, so that requests at the same moment share no work. */
async function addresses({ city }: Setting): Promise<Record<Kind, string[]>> {
  const titles = await city.ask<{ id: string }[]>('titles');
  const some = titles.filter((_, index) => index % 12 === 0);
  return {
    home: languages.map((language) => `/${language}`),
    progress: languages.map((language) => `/${language}/progress`),
    initiative: some.flatMap(({ id }) => languages.map((language) => `/${language}/initiatives/${id}`)),
  };
}

type Subject = { port: number; requests: Buffer[]; expectedStatus: number; bytes: number; bare: Page[] };

/** Asks each address once, and makes the bare peer's pages of what came. */
async function prepare({ doors }: Setting, way: Way, paths: string[]): Promise<Subject> {
  const port = doors[way.door];
  const requests: Buffer[] = [];
  const bare: Page[] = [];
  const expectedStatus = way.conditional ? 304 : 200;
  for (const path of paths) {
    const first = await askOnce(port, requestOf(path, way.headers));
    if (first.status !== 200) throw new Error(`${path} answered ${first.status}`);
    const tag = headerOf(first, 'etag') ?? '';
    const request = requestOf(path, way.conditional ? { ...way.headers, 'If-None-Match': tag } : way.headers);
    requests.push(request);
    const { body } = way.conditional ? await askOnce(port, request) : first;
    const encoding = headerOf(first, 'content-encoding');
    const headers: Record<string, string> = way.conditional
      ? { etag: tag }
      : { 'content-type': 'text/html; charset=utf-8', ...(encoding ? { 'content-encoding': encoding } : {}) };
    bare.push({ path, status: expectedStatus, headers, body });
  }
  const bytes = bare.reduce((sum, { body }) => sum + body.length, 0) / bare.length;
  return { port, requests, expectedStatus, bytes, bare };
}

/** What the first reader waits for, before any part of the page was rendered or any code of it compiled. */
async function firstTimes({ doors }: Setting, all: Record<Kind, string[]>): Promise<string> {
  const times: string[] = [];
  for (const [kind, [path]] of Object.entries(all)) {
    const started = performance.now();
    await askOnce(doors.anew, requestOf(path!));
    times.push(`${kind} ${inWords(performance.now() - started)} ms`);
  }
  return `The very first time in a new process: ${times.join(', ')}.`;
}

/** Both servers in turn, again and again; pages per second of processor time of each. */
export async function measurePages(setting: Setting): Promise<Table> {
  const { quick, city } = setting;
  const bareProcess = startChild('./bare-process.ts');
  const rows: Row[] = [];
  let note = '';
  const seconds = quick ? 0.15 : 0.5;
  const rounds = quick ? 2 : 5;
  // What is rendered by code that was just loaded says nothing about a city that has been open for a day.
  const warmUpSeconds = quick ? 0.15 : 2;
  try {
    const all = await addresses(setting);
    note = await firstTimes(setting, all);
    for (const way of ways) {
      for (const [kind, paths] of Object.entries(all)) {
        const { port, requests, expectedStatus, bytes, bare } = await prepare(setting, way, paths);
        const barePort = await bareProcess.ask<number>('serve', bare);
        const ours = { child: city, port, rates: [] as number[] };
        const peers = { child: bareProcess, port: barePort, rates: [] as number[] };
        for (let round = -1; round < rounds; round += 1) {
          for (const subject of [ours, peers]) {
            const before = await subject.child.cpuSeconds();
            const load = { port: subject.port, requests, expectedStatus };
            const done = await keepBusy({ ...load, seconds: round < 0 ? warmUpSeconds : seconds });
            const rate = done / ((await subject.child.cpuSeconds()) - before);
            // The first round only warms both up.
            if (round >= 0) subject.rates.push(rate);
          }
        }
        rows.push(rowOf({ way, kind, bytes, ours: ours.rates, peers: peers.rates }));
      }
    }
  } finally {
    await bareProcess.close();
  }
  return {
    title: 'Pages per second of processor time',
    columns: ['page', 'way', 'bytes', 'Lamppost', 'bare Fastify', 'ratio', 'lowest-highest', 'goal'],
    rows,
    note,
  };
}

type Rates = { way: Way; kind: string; bytes: number; ours: number[]; peers: number[] };

function rowOf({ way, kind, bytes, ours, peers }: Rates): Row {
  const ratios = ours.map((rate, index) => rate / peers[index]!);
  const ratio = median(ratios);
  return {
    cells: [
      kind,
      way.name,
      Math.round(bytes),
      inWords(median(ours)),
      inWords(median(peers)),
      ratio.toFixed(2),
      `${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)}`,
      way.goal === undefined ? '' : `>= ${way.goal}`,
    ],
    met: way.goal === undefined ? undefined : ratio >= way.goal,
  };
}
