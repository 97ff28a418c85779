// Tests of the rules of observations: flags, freshness, ids, times, places, days, privacy, patterns.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flag } from '../schema.ts';
import { stepFor } from './buckets.ts';
import { matches, mayWrite } from './credentials.ts';
import { flagsOf } from './flags.ts';
import { freshnessOf } from './freshness.ts';
import { observationId, parseObservationId } from './observation-id.ts';
import { pointOf } from './place.ts';
import { identifyingKindOf, mayExist } from './privacy.ts';
import { keptFrom, startOfDay } from './retention.ts';
import { parseInstant, parseTime } from './times.ts';

const now = Date.parse('2026-11-21T04:00:00Z');

describe('flags', () => {
  it('hold both limits of the range to be within it', () => {
    const range = { validFrom: 0, validTo: 10 };
    const of = (value: number) => flagsOf({ at: now, value }, range, now);
    expect([-0.1, 0, 10, 10.1].map(of)).toEqual([flag.outOfRange, 0, 0, flag.outOfRange]);
  });

  it('suspect a clock only past five minutes', () => {
    const free = { validFrom: null, validTo: null };
    const of = (ahead: number) => flagsOf({ at: now + ahead, value: 1 }, free, now);
    expect([300_000, 300_001].map(of)).toEqual([0, flag.suspectClock]);
  });
});

describe('freshness', () => {
  const of = (seconds: number, promised?: number, seen?: number) =>
    freshnessOf({ now, at: now - seconds * 1000, promisedSeconds: promised, seenSeconds: seen });
  it('goes by the promise, and without one by what was seen', () => {
    expect([15, 16, 30, 31].map((age) => of(age, 10))).toEqual(['fresh', 'late', 'late', 'silent']);
    expect([of(100, 60, 10), of(100, undefined, 10)]).toEqual(['late', 'silent']);
    expect(freshnessOf({ now })).toBe('never');
  });

  it('never improves with age', () => {
    const order = ['fresh', 'late', 'silent'];
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), fc.integer({ min: 1, max: 5000 }), (a, b, cadence) => {
        const [young, old] = [Math.min(a, b), Math.max(a, b)];
        expect(order.indexOf(of(young, cadence))).toBeLessThanOrEqual(order.indexOf(of(old, cadence)));
      }),
    );
  });
});

describe('the id of an observation', () => {
  it('leads back to its key, and has one spelling', () => {
    const keys = fc.record({
      datastreamId: fc.maxSafeNat(),
      at: fc.nat(Date.UTC(2101, 0)),
      revision: fc.nat(10_000),
    });
    fc.assert(
      fc.property(keys, (key) => {
        expect(parseObservationId(observationId(key))).toEqual(key);
      }),
    );
    for (const wrong of ['', '1-2', '01-2-0', '1-2-00', 'A-2-0', '1-2-0-', `1-2-0'`, '-1-2-0']) {
      expect(parseObservationId(wrong)).toBeUndefined();
    }
  });
});

describe('times', () => {
  it('are read with their zone, and refused without one', () => {
    expect(parseInstant('2026-11-21T12:00:00.5+08:00')).toBe(now + 500);
    expect(parseInstant('2026-11-21T04:00Z')).toBe(now);
    for (const wrong of [
      '2026-11-21T04:00:00',
      '2026-02-30T00:00:00Z',
      'yesterday',
      '2026-11-21T25:00:00Z',
    ]) {
      expect(parseInstant(wrong)).toBeUndefined();
    }
  });

  it('may be intervals that do not run backwards', () => {
    expect(parseTime('2026-11-21T04:00:00Z/2026-11-21T04:01:00Z')).toEqual({ at: now, until: now + 60_000 });
    expect(parseTime('2026-11-21T04:01:00Z/2026-11-21T04:00:00Z')).toBeUndefined();
  });
});

describe('days', () => {
  it('begin at the midnight of the city, also when clocks change', () => {
    expect(startOfDay(now, 'Asia/Hong_Kong')).toBe(Date.parse('2026-11-20T16:00:00Z'));
    expect(startOfDay(Date.parse('2026-03-29T20:00:00Z'), 'Europe/Berlin')).toBe(
      Date.parse('2026-03-28T23:00:00Z'),
    );
    expect(startOfDay(Date.parse('2026-10-25T20:00:00Z'), 'Europe/Berlin')).toBe(
      Date.parse('2026-10-24T22:00:00Z'),
    );
    const hongKong = { nowMs: now, timeZone: 'Asia/Hong_Kong' };
    expect([keptFrom(1, hongKong), keptFrom(null, hongKong)]).toEqual([
      ...[Date.parse('2026-11-19T16:00:00Z'), undefined],
    ]);
  });
});

describe('privacy', () => {
  const property = (name: string, definition = '', description = '') => ({ name, definition, description });
  it.each([
    ['Face recognition', 'face'],
    ['WiFi probe requests', 'device'],
    ['deviceId', 'device'],
    ['Licence plate', 'plate'],
    ['ANPR reads', 'plate'],
    ['車牌號碼', 'plate'],
    ['voice_level', 'voice'],
    ['HKID', 'person'],
  ])('knows %s as a matter of the %s', (name, kind) => {
    expect(identifyingKindOf([property(name)])).toBe(kind);
    expect(identifyingKindOf([property('x', `https://example.org/def#${name.replaceAll(' ', '-')}`)])).toBe(
      kind,
    );
  });

  it.each([
    'Surface temperature',
    'Air temperature',
    'People count',
    'Vehicle count',
    'Noise level',
    'Plate load',
  ])('lets %s be, whatever its description says of faces that it does not keep', (name) => {
    expect(identifyingKindOf([property(name, '', 'No face is kept.')])).toBeUndefined();
  });

  it('asks for a basis, and for saying so', () => {
    const faces = [property('Faces')];
    expect(mayExist({ identifying: false }, faces)).toBe(false);
    expect(mayExist({ identifying: false, basis: 'Cap. 486' }, faces)).toBe(false);
    expect(mayExist({ identifying: true, basis: ' ' }, [property('Noise')])).toBe(false);
    expect(mayExist({ identifying: true, basis: 'Cap. 486, s. 58' }, faces)).toBe(true);
  });
});

describe('patterns of a credential', () => {
  it('match what a star may stand for, and nothing else', () => {
    const cases: [string, string, boolean][] = [
      ['lamppost-*', 'lamppost-7', true],
      ['lamppost-*', 'xlamppost-7', false],
      ['*-temp', 'a-temp', true],
      ['a*b*c', 'aXbYc', true],
      ['a*bc*c', 'abc', false],
      ['a.c', 'abc', false],
      ['*', '', true],
      ['ab*ba', 'aba', false],
    ];
    for (const [pattern, key, met] of cases)
      expect([pattern, key, matches(pattern, key)]).toEqual([pattern, key, met]);
    expect(mayWrite({ patterns: ['*'] }, null)).toBe(false);
  });
});

it('a point is taken from any geometry, and none from nonsense', () => {
  expect(pointOf({ type: 'Point', coordinates: [114.1, 22.3] })).toEqual({
    longitude: 114.1,
    latitude: 22.3,
  });
  const square = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [2, 0],
        [2, 2],
        [0, 0],
      ],
    ],
  };
  expect(pointOf({ type: 'Feature', geometry: square })).toEqual({ longitude: 1, latitude: 1 });
  for (const wrong of [null, {}, { type: 'Point', coordinates: [] }, { coordinates: [500, 0] }, 'x']) {
    expect(pointOf(wrong)).toBeUndefined();
  }
});

it('a step is the widest that fills what is asked', () => {
  expect([30, 60, 300, 3600, 5400, 7200, 86_400].map(stepFor)).toEqual([
    undefined,
    60,
    60,
    3600,
    60,
    3600,
    86_400,
  ]);
});
