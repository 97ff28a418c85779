// Proves where documents are said to disagree, and where not.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edition as hongKong } from '../../../city/hong-kong/city.ts';
import { buildRegister } from '../schema/index.ts';
import { readBlueprint } from '../store/index.ts';
import { differencesOf } from './index.ts';

const register = buildRegister(await readBlueprint(hongKong));
const today = '2026-11-21';

describe('differences between documents', () => {
  const kindsOf = (id: string) =>
    differencesOf(register, register.indicatorById.get(id)!, today).map(({ kind }) => kind);

  it('are told where not all can be true, and only there', () => {
    const disagreeing = register.indicators.filter(({ id }) => kindsOf(id).includes('disagree'));
    expect(disagreeing.map(({ id }) => id)).toEqual(['blueprint.smart-areas']);
    const [difference] = differencesOf(register, disagreeing[0]!, today);
    expect(difference!.sentence.en).toBe(
      'For December 2017 the documents disagree: 6 areas (001:14, 003:13); 5 areas (000:50).',
    );
  });

  it('are no contradiction where "over 70" meets 76, or two ends of one range stand in one line', () => {
    expect(kindsOf('blueprint.v1.initiatives')).toEqual(['worded-apart']);
    expect(kindsOf('carbon.intensity-reduction')).toEqual([]);
  });

  const indicator = register.indicatorById.get('wifi.hotspots')!;
  const point = (value: number, qualifier: string, [asOf, line]: [string, number]) =>
    ({
      value,
      qualifier,
      asOf,
      basis: 'printed',
      kind: 'actual',
      source: { document: '001', line },
    }) as never;
  it.each([
    [[point(140, 'exact', ['2020-12', 1]), point(130, 'over', ['2020-12-10', 2])], ['worded-apart']],
    [[point(130, 'exact', ['2020-12', 1]), point(130, 'over', ['2020-12', 2])], ['disagree']],
    [[point(5400, 'about', ['2020-12', 1]), point(5449, 'exact', ['2020-12', 2])], ['worded-apart']],
    [[point(5400, 'about', ['2020-12', 1]), point(5451, 'exact', ['2020-12', 2])], ['disagree']],
    [[point(10, 'at-most', ['2020-12', 1]), point(10, 'exact', ['2020-12', 2])], ['worded-apart']],
    [[point(10, 'under', ['2020-12', 1]), point(10, 'exact', ['2020-12', 2])], ['disagree']],
    [[point(1, 'exact', ['2020-06', 1]), point(2, 'exact', ['2020', 2])], []],
    [[point(1, 'exact', ['2020', 1]), point(2, 'exact', ['2020', 2])], ['disagree']],
    [[point(1, 'exact', ['2020', 1]), point(2, 'exact', ['2021', 2])], []],
  ])('of %j are %j', (series, kinds) => {
    expect(differencesOf(register, { ...indicator, series }, today).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('do not depend on the order of the series', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(register.indicatorById.get('blueprint.smart-areas')!.series, { minLength: 7 }),
        (series) => {
          const found = differencesOf(register, { ...indicator, unit: 'areas', series }, today);
          expect(found.map(({ kind, asOf }) => [kind, asOf])).toEqual([['disagree', '2017-12']]);
        },
      ),
    );
  });
});
