// Tests of events over a real NATS server: carried, repeated, lost, and the server gone and back.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect as connectNats } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cloneTestDatabase } from '../../../test/kit/database.ts';
import { openProgram, type Program, until } from '../../../test/kit/events.ts';
import type { Subscription } from './index.ts';
import { streamName } from './nats.ts';

const installed = spawnSync('nats-server', ['--version']).status === 0;
if (!installed) console.warn('Events over NATS are not tested: there is no nats-server on the PATH.');

let source: { url: string; drop(): Promise<void> };
let folder: string;
let port: number;
let server: ChildProcess;
const programs: Program[] = [];

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address() as { port: number };
      probe.close(() => resolve(address.port));
    });
  });

async function startNats(): Promise<void> {
  server = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder], {
    stdio: 'ignore',
  });
  const answers = () =>
    connectNats({ servers: `127.0.0.1:${port}`, timeout: 500 }).then(
      async (connection) => {
        await connection.close();
        return true;
      },
      () => false,
    );
  await until(answers);
}

async function killNats(): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGKILL');
  await ended;
}

async function open(options: { sequencer?: boolean; pollMs?: number } = {}): Promise<Program> {
  const program = await openProgram(source.url, { natsUrl: `nats://127.0.0.1:${port}`, ...options });
  programs.push(program);
  return program;
}

async function withStream<T>(
  ask: (manager: Awaited<ReturnType<typeof jetstreamManager>>) => Promise<T>,
): Promise<T> {
  const connection = await connectNats({ servers: `127.0.0.1:${port}` });
  try {
    return await ask(await jetstreamManager(connection));
  } finally {
    await connection.close();
  }
}

const stored = () => withStream(async ({ streams }) => (await streams.info(streamName)).state.messages);
const recorded = (seen: unknown[], topics = ['*']): Subscription => ({
  name: 'all',
  topics,
  handle: async (event) => void seen.push(event.payload),
});
const event = (payload: number, topic = 'test.n') => ({ topic, key: 'a', payload });
const isConnected = (program: Program) => program.lines.some((line) => line.message === 'nats-connected');

beforeEach(async () => {
  if (!installed) return;
  source = await cloneTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'lamppost-nats-'));
  port = await freePort();
  await startNats();
});

afterEach(async () => {
  if (!installed) return;
  await Promise.all(programs.splice(0).map((program) => program.stop()));
  await killNats();
  rmSync(folder, { recursive: true, force: true });
  await source.drop();
});

describe.skipIf(!installed)('events over NATS', () => {
  test('reach another process over the stream, each once and in order', async () => {
    const writer = await open();
    await writer.start();
    await until(() => isConnected(writer));
    await writer.emit(event(0));
    await until(() =>
      stored().then(
        (count) => count === 1,
        () => false,
      ),
    );
    // So long a pause between looks at the log that what arrives can only have come over the stream.
    const reader = await open({ sequencer: false, pollMs: 60_000 });
    const seen: unknown[] = [];
    await reader.start(recorded(seen));
    await until(() => seen.length === 1);
    for (let n = 1; n <= 20; n += 1) await writer.emit(event(n));
    await until(() => seen.length === 21);
    expect(seen).toEqual(Array.from({ length: 21 }, (_, n) => n));
    const [consumer] = await withStream(({ consumers }) => consumers.list(streamName).next());
    expect(consumer!.delivered.consumer_seq).toBeGreaterThanOrEqual(20);
  });

  test('are acknowledged once the position is stored, those of other topics as well', async () => {
    const program = await open();
    const seen: unknown[] = [];
    await program.start(recorded(seen, ['wanted.*']));
    await until(() => isConnected(program));
    for (let n = 1; n <= 6; n += 1) await program.emit(event(n, n % 2 ? 'wanted.n' : 'other.n'));
    await until(() => seen.length === 3);
    expect(seen).toEqual([1, 3, 5]);
    await until(() =>
      withStream(async ({ consumers }) => {
        const [consumer] = await consumers.list(streamName).next();
        return (
          consumer?.num_ack_pending === 0 && consumer.num_pending === 0 && consumer.ack_floor.stream_seq === 6
        );
      }),
    );
  });

  test('go on over the database while the server is dead, and over the stream when it is back', async () => {
    const program = await open();
    const seen: unknown[] = [];
    await program.start(recorded(seen));
    await until(() => isConnected(program));
    await program.emit(event(1));
    await until(() => seen.length === 1);
    await killNats();
    for (const n of [2, 3, 4]) await program.emit(event(n));
    await until(() => seen.length === 4);
    await startNats();
    await program.emit(event(5));
    await until(() => seen.length === 5);
    await until(() =>
      stored().then(
        (count) => count === 5,
        () => false,
      ),
    );
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  test('start while the server is away, and lose nothing when its storage is lost', async () => {
    await killNats();
    const program = await open();
    const seen: unknown[] = [];
    await program.start(recorded(seen));
    await program.emit(event(1));
    await until(() => seen.length === 1);
    await startNats();
    await until(() =>
      stored().then(
        (count) => count === 1,
        () => false,
      ),
    );
    await killNats();
    rmSync(folder, { recursive: true, force: true });
    await program.emit(event(2));
    await startNats();
    await program.emit(event(3));
    await until(() => seen.length === 3);
    expect(seen).toEqual([1, 2, 3]);
  });

  test('published twice are stored once and delivered once', async () => {
    const program = await open();
    const seen: unknown[] = [];
    await program.start(recorded(seen));
    await until(() => isConnected(program));
    for (const n of [1, 2, 3]) await program.emit(event(n));
    await until(() =>
      stored().then(
        (count) => count === 3,
        () => false,
      ),
    );
    await program.stop();
    programs.length = 0;
    const again = await open();
    await again.pool.query('update core.carrier set cursor = 0');
    await again.start(recorded(seen));
    await again.emit(event(4));
    await until(() => seen.length === 4);
    await until(async () => (await stored()) >= 4);
    expect(await stored()).toBe(4);
    expect(seen).toEqual([1, 2, 3, 4]);
  });
});
