// Invented queries: whatever is combined with whatever, the answer is a page or an error in our words.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  datastreamBody,
  type ObservationsHouse,
  openObservationsHouse,
} from '../../../../../test/kit/observations-house.ts';
import { LamppostError } from '../../../../core/errors.ts';
import { functions } from '../../rules/odata/functions.ts';
import { type Kind, kinds, model } from '../../rules/odata/model.ts';
import { parseOptions } from '../../rules/odata/options.ts';
import { parsePath } from '../../rules/odata/path.ts';
import { createEntity } from '../entities/observations.ts';
import { build, mostEntities, readPage } from './index.ts';

let kit: ObservationsHouse;

beforeAll(async () => {
  kit = await openObservationsHouse();
  const { Thing: _thing, ...stream } = datastreamBody({ key: 'one' });
  const at = { type: 'Point', coordinates: [114, 22] };
  await createEntity(kit.house, 'Thing', {
    body: {
      ...{ name: 'Ten', description: '10', properties: { n: 5, text: 'a', list: [1, '2', null], yes: true } },
      Locations: [{ name: 'Here', description: '', encodingType: 'application/geo+json', location: at }],
      Datastreams: [
        {
          ...stream,
          Observations: [
            { phenomenonTime: '2026-11-20T00:00:00Z', result: 5, validTime: '2026-11-20T00:00:00Z' },
            {
              phenomenonTime: '2026-11-20T00:00:00Z/2026-11-20T01:00:00Z',
              result: 'text',
              parameters: { a: 1 },
            },
          ],
        },
      ],
    },
  });
});

afterAll(() => kit?.close());

const pathsOf = (kind: Kind): string[] => {
  const { properties, links } = model[kind];
  const far = Object.entries(links).flatMap(([name, { kind: next }]) =>
    model[next].properties.map((property) => `${name}/${property}`),
  );
  return ['id', ...properties, ...far, 'properties/n', 'properties/list/0', 'result/1', 'parameters/a'];
};

const values = [
  ...['1', '-2.5', "'a'", "'10'", 'true', 'null', '2026-11-20T00:00:00Z', '2026-11-20', '00:00:00'],
  ...["duration'PT1H'", '2026-11-20T00:00:00Z/2026-11-21T00:00:00Z', "geography'POINT (114 22)'"],
  ...[
    "geography'POLYGON ((0 0, 1 0, 1 1, 0 0))'",
    "geography'LINESTRING (0 0, 1 1)'",
    '9007199254740993',
    '1e300',
  ],
];

const expressionOf = (kind: Kind) =>
  fc.letrec<{ one: string; boolean: string }>((tie) => ({
    one: fc.oneof(
      { maxDepth: 3 },
      { arbitrary: fc.constantFrom(...pathsOf(kind)), weight: 5 },
      { arbitrary: fc.constantFrom(...values), weight: 4 },
      {
        arbitrary: fc
          .tuple(
            fc.constantFrom(...Object.keys(functions)),
            fc.array(tie('one'), { minLength: 3, maxLength: 3 }),
          )
          .map(([name, given]) => `${name}(${given.slice(0, functions[name]![0]).join(',')})`),
        weight: 3,
      },
      {
        arbitrary: fc
          .tuple(tie('one'), fc.constantFrom('add', 'sub', 'mul', 'div', 'mod'), tie('one'))
          .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
        weight: 2,
      },
    ),
    boolean: fc.oneof(
      { maxDepth: 2 },
      fc
        .tuple(tie('one'), fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le'), tie('one'))
        .map(([left, operator, right]) => `${left} ${operator} ${right}`),
      tie('one'),
      tie('boolean').map((inner) => `not (${inner})`),
      fc
        .tuple(tie('boolean'), fc.constantFrom('and', 'or'), tie('boolean'))
        .map(([left, word, right]) => `(${left}) ${word} (${right})`),
    ),
  })).boolean;

async function ask(kind: Kind, query: Record<string, string>): Promise<unknown> {
  const { steps } = parsePath(model[kind].set);
  const options = parseOptions(kind, Object.entries(query));
  const asking = { house: kit.house, base: '', budget: { left: mostEntities } };
  const { rows } = await readPage(asking, steps, options);
  return build(asking, kind, { rows, options });
}

/** Only what a client did wrong, or what is not supported, may be an error. */
async function isAnswered(asked: Promise<unknown>): Promise<boolean> {
  return asked.then(
    () => true,
    (error: unknown) => {
      if (error instanceof LamppostError && error.kind === 'invalid') return true;
      throw error;
    },
  );
}

const filters = fc.constantFrom(...kinds).chain((kind) => fc.tuple(fc.constant(kind), expressionOf(kind)));

describe('an invented query', () => {
  it('filters, or is refused in our words', async () => {
    await fc.assert(
      fc.asyncProperty(filters, async ([kind, $filter]) => {
        expect(await isAnswered(ask(kind, { $filter, $count: 'true', $top: '0' }))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('orders, or is refused in our words', async () => {
    await fc.assert(
      fc.asyncProperty(filters, async ([kind, $orderby]) => {
        expect(await isAnswered(ask(kind, { $orderby, $top: '1' }))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('expands every link of every kind, with every option', async () => {
    for (const kind of kinds) {
      for (const [link, { kind: next }] of Object.entries(model[kind].links)) {
        const [inner = ''] = Object.keys(model[next].links);
        const $expand = `${link}($count=true;$top=1;$orderby=id desc;$filter=id ne null;$expand=${inner})`;
        expect(await isAnswered(ask(kind, { $expand }))).toBe(true);
      }
    }
  });
});
