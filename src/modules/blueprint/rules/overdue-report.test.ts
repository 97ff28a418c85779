// Tests of the report of what is late: only facts recorded in time count, and nothing else changes it.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { edition } from '../../../city/harbour-test/city.ts';
import { buildRegister, type Register } from '../schema/index.ts';
import { readBlueprint } from '../store/index.ts';
import { overdueReport, registerKnownAt } from './overdue-report.ts';

const register = buildRegister(await readBlueprint(edition));

/** The same register with every fact recorded at an instant. */
const recordedAt = (instants: { facts: string }): Register => {
  const stamp = <T extends object>(facts: T[]) =>
    facts.map((fact) => ({ ...fact, recordedAt: instants.facts }));
  const initiatives = register.initiatives.map((one) => ({ ...one, statuses: stamp(one.statuses) }));
  return { ...register, initiatives };
};

it('sorts by how late, and reports only what is past its date', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2019-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      (date) => {
        const day = date.toISOString().slice(0, 10);
        const late = overdueReport(register, day).map(({ daysLate }) => daysLate);
        expect(late.every((days) => days > 0)).toBe(true);
        expect(late).toEqual(late.toSorted((a, b) => b - a));
      },
    ),
  );
});

it('takes in facts recorded at or before the instant, and no later ones', () => {
  const all = recordedAt({ facts: '2023-05-01T00:00:00Z' });
  const count = (one: Register) => one.initiatives.flatMap(({ statuses }) => statuses).length;
  expect(count(registerKnownAt(all, '2023-05-01T08:00:00+08:00'))).toBe(count(all));
  expect(count(registerKnownAt(all, '2023-04-30T23:59:59Z'))).toBe(0);
  expect(count(all)).toBeGreaterThan(0);
});
