// Proves the exports of the whole register and the feeds over HTTP.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../../test/kit/house.ts';
import { parseBlueprint } from '../schema/index.ts';
import { recordProgress } from '../store/index.ts';

let city: TestHouse;
beforeAll(async () => {
  city = await openTestHouse({ edition: 'harbour-test' });
});
afterAll(() => city.close());

const ask = (url: string) => city.server.fastify.inject({ url });

describe('the whole register', () => {
  it('as JSON can be read back as the files of an edition', async () => {
    const { programme, technologiesProgramme, topics, engines, ...lists } = (
      await ask('/api/v1/register.json')
    ).json();
    const file = (path: string, value: unknown) => ({ path: `${path}.json`, text: JSON.stringify(value) });
    const { indicators, systems, initiatives, ...rest } = lists;
    const files = [
      file('programme', programme),
      file('technologies-programme', technologiesProgramme),
      file('indicators', { topics, indicators }),
      file('systems', { engines, systems }),
      file('initiatives/all', { initiatives }),
      ...Object.entries(rest).map(([name, list]) => file(name, { [name]: list })),
    ];
    const read = parseBlueprint(files);
    expect(read.initiatives.map(({ id }) => id)).toHaveLength(6);
    expect(read.initiatives[0]!.title.sc).toBe('潮汐计');
  });

  it('as CSV has one line for each initiative that fits, as of the day', async () => {
    const response = await ask('/api/v1/register.csv?asOf=2021-12-31&area=harbour');
    const lines = response.body.trimEnd().split('\r\n');
    expect(lines.map((line) => line.split(',')[0])).toEqual(['\uFEFFid', 'HAR-01', 'HAR-02', 'HAR-03']);
    expect(response.headers['content-disposition']).toContain('register-2021-12-31.csv');
    expect(lines[1]).toContain(',in-progress,In progress,');
  });
});

describe('feeds', () => {
  const entries = (xml: string) => xml.match(/<entry>/g)?.length ?? 0;

  it('hold all changes of the register, newest first', async () => {
    const response = await ask('/feeds/en/blueprint.atom');
    expect(response.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    const days = [...response.body.matchAll(/<updated>([^<]+)<\/updated>/g)]
      .map((match) => match[1]!)
      .slice(1);
    expect(days).toEqual(days.toSorted().reverse());
    const ids = [...response.body.matchAll(/<entry><id>([^<]+)</g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(entries(response.body)).toBe(17);
  });

  it('bring what was recorded last first, whatever its own day, and keep the names of all the rest', async () => {
    const idsOf = (xml: string) => [...xml.matchAll(/<entry><id>([^<]+)</g)].map((match) => match[1]);
    const before = idsOf((await ask('/feeds/en/blueprint.atom')).body);
    const text = { en: 'A lamp was tried.', tc: '試用了一盞街燈。' };
    const source = { statement: { en: 'Works Office', tc: '工務處' } };
    await recordProgress(city.house, { initiative: 'STR-01', date: '2019-02', text, source });
    const { body } = await ask('/feeds/en/blueprint.atom');
    const [first, ...rest] = idsOf(body);
    expect(rest).toEqual(before);
    expect(before).not.toContain(first);
    expect(body).toMatch(
      /<entry>.*?<updated>2026-11-21T.*?<summary>February 2019: A lamp was tried\.<\/summary>/,
    );
    for (const id of [first, ...rest]) expect(id).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
  });

  it('have no page behind the last', async () => {
    expect((await ask('/feeds/en/blueprint.atom?page=2')).statusCode).toBe(404);
    expect((await ask('/feeds/en/blueprint.atom?page=0x1')).statusCode).toBe(400);
  });

  it('of an area hold what was ever filed there, of an initiative only its own', async () => {
    expect(entries((await ask('/feeds/en/areas/storm.atom')).body)).toBe(2);
    expect(entries((await ask('/feeds/tc/initiatives/HAR-01.atom')).body)).toBe(8);
  });

  it('speak the language asked for', async () => {
    const { body } = await ask('/feeds/sc/initiatives/STR-01.atom');
    expect(body).toContain('xml:lang="zh-Hans"');
    expect(body).toContain('暖色街灯');
  });

  it.each(['/feeds/en/areas/moon.atom', '/feeds/en/initiatives/X.atom'])('do not know %s', async (url) => {
    expect((await ask(url)).statusCode).toBe(404);
  });

  it('refuse a language that the site does not speak', async () => {
    expect((await ask('/feeds/fr/blueprint.atom')).statusCode).toBe(400);
  });
});
