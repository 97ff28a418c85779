// A process that is measured from outside: started from a file, asked over its channel, ended at the end.

import { fork } from 'node:child_process';
import { once } from 'node:events';

export type Child = {
  /** Asks the process; rejects when it cannot answer. */
  ask<Answer>(question: string, given?: unknown): Promise<Answer>;
  /** Seconds of processor time it has used, all its threads together. */
  cpuSeconds(): Promise<number>;
  close(): Promise<void>;
};

type Question = { number: number; question: string; given: unknown };
type Reply = { number: number; answer?: unknown; error?: string };

/** Settings of the caller must not reach what is measured. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(?:LAMPPOST_|DATABASE_URL$|NATS_URL$|PORT$|HOST$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** Starts a file of this folder, which answers with `answerQuestions`. */
export function startChild(file: string, env: Record<string, string> = {}): Child {
  const child = fork(new URL(file, import.meta.url), {
    execArgv: ['--import', 'tsx'],
    env: { ...cleanEnvironment(), NODE_ENV: 'production', ...env },
    serialization: 'advanced',
  });
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  let last = 0;
  child.on('message', ({ number, answer, error }: Reply) => {
    const one = waiting.get(number);
    waiting.delete(number);
    if (error === undefined) one?.resolve(answer);
    else one?.reject(new Error(error));
  });
  child.on('exit', (code) => {
    for (const one of waiting.values()) one.reject(new Error(`${file} ended with ${code}`));
    waiting.clear();
  });
  const ask = <Answer>(question: string, given?: unknown) =>
    new Promise<Answer>((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve: resolve as (answer: unknown) => void, reject });
      child.send({ number: last, question, given } satisfies Question);
    });
  return {
    ask,
    cpuSeconds: () => ask<number>('cpuSeconds'),
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.disconnect();
      const patience = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await exit;
      clearTimeout(patience);
    },
  };
}

export type Answers = Record<string, (given: never) => unknown>;

/** In the started process: answers questions until the channel closes, then cleans up and ends. */
export function answerQuestions(answers: Answers, close: () => Promise<void>): void {
  const all: Answers = { ...answers, cpuSeconds: usedSeconds };
  process.on('message', ({ number, question, given }: Question) => {
    const answer = async () => all[question]!(given as never);
    answer().then(
      (found) => process.send?.({ number, answer: found } satisfies Reply),
      (error: Error) => process.send?.({ number, error: error.stack ?? error.message } satisfies Reply),
    );
  });
  process.on('disconnect', () => void close().finally(() => process.exit(0)));
}

function usedSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
