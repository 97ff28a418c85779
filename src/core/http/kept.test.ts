// Tests of the memory of answers.

import { describe, expect, it } from 'vitest';
import { fixedClock } from '../clock.ts';
import { type Answer, makeAnswer } from './answer.ts';
import { dayKeeper, openKept } from './kept.ts';

function answer(body: string, status = 200): Answer {
  const draft = {
    status,
    body: Buffer.from(body),
    cacheControl: 'no-store',
    kind: 'other' as const,
    tagged: true,
  };
  return makeAnswer(draft, 'http://localhost');
}

function open(maxBytes = 1_000_000) {
  const clock = fixedClock('2024-06-30T04:00:00Z');
  const numbers: Record<string, number> = {};
  const kept = openKept({
    clock,
    revisions: { of: (name) => numbers[name] ?? 0 },
    timeZone: 'Asia/Hong_Kong',
    maxBytes,
  });
  let made = 0;
  const ask = (key: string, policy: 'change' | { seconds: number } = 'change') =>
    kept.answerFor(key, { policy, modules: ['a', 'b'] }, async () => {
      made += 1;
      return answer(`${key} ${made}`);
    });
  return { kept, clock, numbers, ask, count: () => made };
}

describe('kept answers', () => {
  it('are made once while nothing changes', async () => {
    const { ask, count } = open();
    expect(await ask('x')).toBe(await ask('x'));
    expect(count()).toBe(1);
  });

  it('are made anew when any of their modules changes', async () => {
    const { ask, numbers, count } = open();
    await ask('x');
    numbers.b = 1;
    await ask('x');
    expect(count()).toBe(2);
    numbers.other = 1;
    await ask('x');
    expect(count()).toBe(2);
  });

  it("are made anew on the city's next calendar day", async () => {
    const { ask, clock, count } = open();
    await ask('x');
    clock.set('2024-06-30T15:59:59Z');
    await ask('x');
    expect(count()).toBe(1);
    clock.set('2024-06-30T16:00:00Z');
    await ask('x');
    expect(count()).toBe(2);
  });

  it('last as long as they may when a time is given, whatever changes', async () => {
    const { ask, clock, numbers, count } = open();
    await ask('x', { seconds: 60 });
    numbers.a = 5;
    clock.set('2024-06-30T04:00:59Z');
    await ask('x', { seconds: 60 });
    expect(count()).toBe(1);
    clock.set('2024-06-30T04:01:00Z');
    await ask('x', { seconds: 60 });
    expect(count()).toBe(2);
  });

  it('are made once for requests that come at the same moment', async () => {
    const { ask, count } = open();
    const all = await Promise.all([ask('x'), ask('x'), ask('x'), ask('y')]);
    expect(new Set(all).size).toBe(2);
    expect(count()).toBe(2);
  });

  it('do not outlive a change that came while they were made', async () => {
    const { kept, numbers } = open();
    const make = (body: string) => async () => answer(body);
    const freshness = { policy: 'change' as const, modules: ['a'] };
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = kept.answerFor('x', freshness, async () => {
      await gate;
      return answer('old');
    });
    numbers.a = 1;
    const fresh = await kept.answerFor('x', freshness, make('new'));
    release();
    await slow;
    const after = await kept.answerFor('x', freshness, make('newer'));
    expect(fresh.forms.identity.body.toString()).toBe('new');
    expect(after.forms.identity.body.toString()).not.toBe('old');
  });

  it('forget a failure', async () => {
    const { kept, ask } = open();
    const fail = kept.answerFor('x', { policy: 'change', modules: [] }, async () => {
      throw new Error('broken');
    });
    await expect(fail).rejects.toThrow('broken');
    await expect(ask('x')).resolves.toMatchObject({ status: 200 });
  });

  it('are only those with status 200', async () => {
    const { kept, ask, count } = open();
    await kept.answerFor('x', { policy: 'change', modules: [] }, async () => answer('gone', 404));
    await ask('x');
    expect(count()).toBe(1);
  });

  it('are found by the address as it was sent, until they are old', async () => {
    const { kept, ask, numbers } = open();
    const made = await ask('/en?a=1&b=2');
    kept.alias('/en?b=2&a=1', '/en?a=1&b=2');
    expect(kept.atAddress('/en?b=2&a=1')).toBe(made);
    expect(kept.atAddress('/en?a=1')).toBeUndefined();
    numbers.a = 1;
    expect(kept.atAddress('/en?b=2&a=1')).toBeUndefined();
  });

  it('take no more memory than they may: the oldest goes first', async () => {
    const { ask, count } = open(40_000);
    for (let at = 0; at < 20; at += 1) await ask(`key-${at}`);
    expect(count()).toBe(20);
    await ask('key-19');
    expect(count()).toBe(20);
    await ask('key-0');
    expect(count()).toBe(21);
  });
});

it('the calendar day is that of the city', () => {
  const clock = fixedClock('2024-06-30T15:59:59Z');
  const today = dayKeeper(clock, 'Asia/Hong_Kong');
  expect(today()).toBe('2024-06-30');
  clock.set('2024-06-30T16:00:00Z');
  expect(today()).toBe('2024-07-01');
});
