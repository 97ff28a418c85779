// Proves what time does to a recovery, and that the token of a wrong code looks like that of a right one.

import { describe, expect, it } from 'vitest';
import { decoyStateAt, readRecoveryToken, recoveryStateAt, writeRecoveryToken } from './recovery.ts';
import { parseSealingKeys } from './sealing.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 21, hour));
const keys = parseSealingKeys(Buffer.alloc(32, 3).toString('base64'));
const times = { opensAt: at(10), expiresAt: at(20) };

describe('a recovery', () => {
  it('waits, opens by itself, and expires', () => {
    const state = (hour: number) => recoveryStateAt({ ...times, state: 'waiting' }, at(hour));
    expect([9, 10, 19, 20].map(state)).toEqual(['waiting', 'open', 'open', 'expired']);
  });

  it.each(['done', 'cancelled', 'expired'] as const)('that is %s stays so', (state) => {
    for (const hour of [9, 15, 22]) expect(recoveryStateAt({ ...times, state }, at(hour))).toBe(state);
  });

  it('of nobody waits, and was then stopped', () => {
    const token = { id: 'x', ...times };
    expect([9, 10, 22].map((hour) => decoyStateAt(token, at(hour)))).toEqual([
      'waiting',
      'cancelled',
      'cancelled',
    ]);
  });
});

describe('the token of a recovery', () => {
  const token = { id: '0f9a3c52-9f7e-4c44-8a55-1d2a3b4c5d6e', ...times };

  it('is read by the city that wrote it, and by no other', () => {
    const written = writeRecoveryToken(keys, token);
    expect(readRecoveryToken(keys, written)).toEqual(token);
    expect(
      readRecoveryToken(parseSealingKeys(Buffer.alloc(32, 4).toString('base64')), written),
    ).toBeUndefined();
  });

  it('is another each time, of the same length, and shows nothing', () => {
    const [one, other] = [writeRecoveryToken(keys, token), writeRecoveryToken(keys, token)];
    expect(one).not.toBe(other);
    expect(one).toHaveLength(other!.length);
    expect(Buffer.from(one!, 'base64url').toString('latin1')).not.toContain(token.id);
  });

  it.each(['', 'x', 'A'.repeat(5000), 'not base64 at all!'])('is not read from %j', (text) => {
    expect(readRecoveryToken(keys, text)).toBeUndefined();
  });
});
