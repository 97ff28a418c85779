// Runs postgres-launcher.ts as a process of its own and reads the lines that it says.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const script = fileURLToPath(new URL('postgres-launcher.ts', import.meta.url));

export type LauncherOptions = { folder: string; task?: 'write' | 'stop'; uid?: number };

export type Launched = { server: number; cluster: string; url: string; adopted: boolean; uid: number };

export type Launcher = {
  child: ChildProcess;
  /** What it said when the server was ready; fails with its error output when it ended before. */
  ready: Promise<Launched>;
  /** Numbers whose insert was acknowledged so far. */
  acknowledged: number[];
  /** Resolves at the first line that makes `enough` true. */
  until(enough: (acknowledged: number[]) => boolean): Promise<void>;
  kill(): Promise<void>;
  ended: Promise<number | null>;
};

export function launch({ folder, task, uid }: LauncherOptions): Launcher {
  const identity = uid === undefined ? {} : { uid, gid: uid };
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder, task ?? 'wait'], {
    ...identity,
    cwd: checkout,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const acknowledged: number[] = [];
  const waiting = new Set<() => void>();
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const ready = new Promise<Launched>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const said = JSON.parse(line) as Launched | { n: number };
      if ('n' in said) acknowledged.push(said.n);
      else resolve(said);
      for (const look of waiting) look();
    });
    void ended.then((code) => reject(new Error(`The launcher ended with ${code}: ${errors}`)));
  });
  ready.catch(() => {});
  const until = (enough: (numbers: number[]) => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!enough(acknowledged)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      void ended.then((code) => reject(new Error(`The launcher ended with ${code}: ${errors}`)));
      look();
    });
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { child, ready, acknowledged, until, kill, ended };
}
