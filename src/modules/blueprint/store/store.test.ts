// Proves that the register is loaded once, grows, and never loses or rewrites what was recorded.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BlueprintHouse, openBlueprintHouse } from '../../../../test/kit/blueprint-house.ts';
import { edition as harbour } from '../../../city/harbour-test/city.ts';
import { edition as hongKong } from '../../../city/hong-kong/city.ts';
import { sql } from '../../../core/database/index.ts';
import { initiativeAsOf, registerKnownAt, summaryAsOf } from '../rules/index.ts';
import { type BlueprintData, buildRegister } from '../schema/index.ts';
import { getRegister, loadRegister, readBlueprint, readSystemStates } from './index.ts';

let open: BlueprintHouse;
let data: BlueprintData;

beforeEach(async () => {
  open = await openBlueprintHouse(harbour);
  data = await readBlueprint(harbour);
});
afterEach(() => open.close());

const find = (id: string) => data.initiatives.find((initiative) => initiative.id === id)!;
const topicsOf = (events: { topic: string }[]) =>
  Object.entries(Object.groupBy(events, (event) => event.topic)).map(
    ([topic, list]) => `${topic} ${list!.length}`,
  );
const withoutTime = (value: unknown) =>
  JSON.parse(JSON.stringify(value, (key, inner) => (key === 'recordedAt' ? undefined : inner)));

describe('loading', () => {
  it('keeps everything the files say, and gives it back as it was', async () => {
    await loadRegister(open.house, data);
    const read = await getRegister(open.house);
    const written = buildRegister(data);
    expect(withoutTime(read.initiatives)).toEqual(withoutTime(written.initiatives));
    for (const part of [
      'areas',
      'programme',
      'documents',
      'indicators',
      'systems',
      'tables',
      'milestones',
    ] as const) {
      expect(read[part]).toEqual(written[part]);
    }
    expect(read.technologiesProgramme).toEqual(written.technologiesProgramme);
    expect(read.initiatives[0]!.statuses[0]!.recordedAt).toMatch(/^2026-11-21T12:00:00/);
  });

  it('tells of every initiative, step, status and revision by an event', async () => {
    await loadRegister(open.house, data);
    const events = await open.events();
    expect(topicsOf(events).sort()).toEqual([
      'blueprint.initiative-recorded 6',
      'blueprint.progress-recorded 4',
      'blueprint.status-recorded 5',
      'blueprint.target-revised 1',
    ]);
    expect(events.find((event) => event.topic === 'blueprint.target-revised')).toMatchObject({
      key: 'HAR-01',
      payload: { target: 'HAR-01.1', by: { latest: '2022-08-31' } },
    });
  });

  it('does nothing when the files have not changed', async () => {
    await loadRegister(open.house, data);
    const revision = open.house.revisions.of('blueprint');
    const before = await open.events();
    expect(await loadRegister(open.house, await readBlueprint(harbour))).toEqual({
      changed: false,
      added: {},
    });
    expect(open.house.revisions.of('blueprint')).toBe(revision);
    expect(await open.events()).toEqual(before);
  });

  it('takes a new fact and a corrected word, and tells only of the new fact', async () => {
    await loadRegister(open.house, data);
    const before = (await open.events()).length;
    find('STR-01').statuses.push({
      status: 'completed-or-ongoing',
      from: '2024-03-31',
      basis: 'printed',
      source: { document: 'report', line: 99 },
    });
    find('HAR-01').progress[0]!.text = { en: 'The first gauge was tried.', tc: '首個潮汐計試行。' };
    find('HAR-02').title = { en: 'Berths by app', tc: '程式預訂泊位' };
    expect(await loadRegister(open.house, data)).toEqual({ changed: true, added: { status_fact: 1 } });
    const register = await getRegister(open.house);
    expect(register.initiativeById.get('HAR-01')!.progress[0]!.text.en).toBe('The first gauge was tried.');
    expect(register.initiativeById.get('HAR-02')!.title.en).toBe('Berths by app');
    const lamps = register.initiativeById.get('STR-01')!;
    expect(initiativeAsOf(register, lamps, '2024-03-30')!.status).toBe('in-progress');
    expect(initiativeAsOf(register, lamps, '2024-03-31')!.status).toBe('completed-or-ongoing');
    const added = (await open.events()).slice(before);
    expect(added).toEqual([
      {
        topic: 'blueprint.status-recorded',
        key: 'STR-01',
        payload: { initiative: 'STR-01', status: 'completed-or-ongoing', from: '2024-03-31' },
      },
    ]);
  });

  const edits: [string, () => void, RegExp][] = [
    ['a changed status', () => (find('HAR-01').statuses[1]!.status = 'in-progress'), /status_fact of HAR-01/],
    [
      'a changed date',
      () => (find('STR-01').statuses[0]!.from = '2023-02-28'),
      /status_fact of STR-01.*2023-01-31/,
    ],
    ['a status taken away', () => find('STR-02').statuses.pop(), /status_fact of STR-02/],
    [
      'another area',
      () => (find('STM-01').classifications[0]!.area = 'streets'),
      /classification_fact of STM-01/,
    ],
    ['a moved baseline', () => (find('HAR-02').targets[0]!.by!.latest = '2022-06-30'), /target of HAR-02\.1/],
    [
      'a smaller promise',
      () => (find('HAR-01').targets[0]!.value!.low = 30),
      /target of HAR-01\.1.*value_low 40/,
    ],
    [
      'a revision taken back',
      () => find('HAR-01').targets[0]!.revisions.pop(),
      /target_revision of HAR-01\.1/,
    ],
    [
      'a figure changed',
      () => (data.indicators[0]!.series[0]!.value = 21),
      /indicator_point of gauges\.count/,
    ],
    ['a promise removed', () => data.initiatives.splice(0, 1), /initiative HAR-01 is gone/],
  ];
  it.each(edits)('refuses %s and leaves everything as it was', async (_what, edit, message) => {
    await loadRegister(open.house, data);
    const before = await getRegister(open.house);
    edit();
    await expect(loadRegister(open.house, data)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'blueprint-history-changed',
      publicMessage: { en: expect.stringMatching(message) },
    });
    expect(await getRegister(open.house)).toEqual(before);
  });

  it.each([
    "update blueprint.status_fact set status = 'in-progress'",
    'delete from blueprint.status_fact',
    "update blueprint.classification_fact set area = 'x'",
    "update blueprint.target set baseline_latest = '2030-01-01'",
    'delete from blueprint.target_revision',
    'update blueprint.progress_fact set written_date = null',
    "update blueprint.indicator_point set value = '1'",
  ])('is guarded by the database itself: %s', async (statement) => {
    await loadRegister(open.house, data);
    await expect(sql.raw(statement).execute(open.house.database)).rejects.toThrow('never changed or removed');
  });

  it('counts the two loads of two processes that start at once as one', async () => {
    const results = await Promise.all([loadRegister(open.house, data), loadRegister(open.house, data)]);
    expect(results.map((result) => result.changed).sort()).toEqual([false, true]);
  });
});

describe('states of the systems', () => {
  it('are none, with a warning, when the file is half written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'states-'));
    const file = pathToFileURL(join(folder, 'systems.json'));
    await writeFile(file, '[{ "id": "tide-bo');
    const warnings: string[] = [];
    expect(await readSystemStates(file, { warn: (message) => warnings.push(message) })).toEqual([]);
    expect(warnings).toEqual(['system-states-unread']);
    await writeFile(file, '[{ "id": "tide-board", "state": "works" }]');
    expect(await readSystemStates(file, { warn: (message) => warnings.push(message) })).toHaveLength(1);
    expect(warnings).toHaveLength(1);
    await rm(folder, { recursive: true });
  });
});

describe('bodies of an initiative', () => {
  it('are kept as they were named before the files were corrected', async () => {
    await loadRegister(open.house, data);
    const { recordedAt } = await getRegister(open.house);
    const before = find('HAR-01').bodies;
    find('HAR-01').bodies = [];
    await loadRegister(open.house, data);
    const register = await getRegister(open.house);
    expect(register.initiativeById.get('HAR-01')!.bodies).toEqual([]);
    const then = registerKnownAt(register, recordedAt!);
    expect(before.length).toBeGreaterThan(0);
    expect(then.initiativeById.get('HAR-01')!.bodies).toEqual(before);
  });
});

describe('the Hong Kong register in the database', () => {
  it('gives the printed counts of 2020 and 2024', async () => {
    await loadRegister(open.house, await readBlueprint(hongKong));
    const register = await getRegister(open.house);
    expect(summaryAsOf(register, '2020-12-31').total.total).toBe(140);
    const { total, differences } = summaryAsOf(register, '2024-06-30');
    expect([total.completedOrOngoing, total.inProgress, total.total]).toEqual([126, 5, 131]);
    expect(differences).toEqual([]);
  });
});
