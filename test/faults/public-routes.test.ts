// Bad input at every public door: never an error of ours, always the field, in the reader's language.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages, languageTag } from '../../src/core/texts.ts';
import { fuzzAddresses, fuzzBodies, fuzzReads, fuzzTargets } from '../kit/fuzz.ts';
import { openTestHouse, type TestHouse } from '../kit/house.ts';

/** Address, and the fields that the answer must name. */
type Bad = [address: string, ...fields: string[]];

const noDates = [
  '2024-13',
  '2024-02-30',
  '2024-6',
  '0000',
  '99999-01',
  '-2024',
  '2024/06',
  'today',
  ' ',
  '２０２４',
];

const badOnPages: Bad[] = [
  ['/progress?colour=red', 'colour'],
  ['/progress?colour=red&asOf=x&page=0', 'colour', 'asOf', 'page'],
  ['/?utm=1', 'utm'],
  ['/initiatives/GOV-01?page=1', 'page'],
  ['/progress?status=done', 'status'],
  ['/progress?new=maybe', 'new'],
  ['/progress?overdue=1', 'overdue'],
  ['/progress?silentForDays=-1', 'silentForDays'],
  ['/progress?silentForDays=many', 'silentForDays'],
  ['/progress?silentForDays=1e99', 'silentForDays'],
  ['/progress?page=1.5', 'page'],
  ['/progress?sort=beauty', 'sort'],
  ['/progress?area=mobility&area=living', 'area'],
  ['/progress?area=nowhere', 'area'],
  ['/progress?lead=nobody', 'lead'],
  ['/progress?technology=magic', 'technology'],
  ['/progress?asOf=2030', 'asOf'],
  [`/progress?q=${'a'.repeat(201)}`, 'q'],
  ['/progress?q=%00', 'q'],
  ['/progress?asOf=%0d%0aX-Evil:%201', 'asOf'],
  ['/search?q=a&q=b', 'q'],
  ['/search?q=a&page=0', 'page'],
  ['/initiatives/%00', 'id'],
  ['/initiatives/GOV-01?__proto__=1', '__proto__'],
  ...noDates.map((date): Bad => [`/progress?asOf=${encodeURIComponent(date)}`, 'asOf']),
];

const badInApi: Bad[] = [
  ['/api/v1/initiatives?limit=0', 'limit'],
  ['/api/v1/initiatives?limit=1000000', 'limit'],
  ['/api/v1/initiatives?limit=', 'limit'],
  ['/api/v1/initiatives?limit=5&limit=6', 'limit'],
  ['/api/v1/initiatives?area=nowhere', 'area'],
  ['/api/v1/initiatives?cursor=NONE-99', 'cursor'],
  ['/api/v1/initiatives?cursor=%27%20or%201=1', 'cursor'],
  ['/api/v1/initiatives?Limit=5', 'Limit'],
  ['/api/v1/search', 'q'],
  ['/api/v1/search?q=a&cursor=-1', 'cursor'],
  ['/api/v1/search?q=a&cursor=next', 'cursor'],
  ['/api/v1/systems?state=perfect', 'state'],
  ['/api/v1/indicators?topic=gossip', 'topic'],
  ['/api/v1/areas?x=1', 'x'],
  ['/feeds/fr/blueprint.atom', 'lang'],
  ['/feeds/en/blueprint.atom?page=first', 'page'],
  ['/sitemap.xml?lang=en', 'lang'],
  ['/api/v1/summary?asOf=2030', 'asOf'],
  ...noDates.flatMap((date): Bad[] => {
    const asked = `asOf=${encodeURIComponent(date)}`;
    return ['summary', 'initiatives', 'initiatives/GOV-01', 'targets', 'indicators', 'register.csv'].map(
      (path): Bad => [`/api/v1/${path}?${asked}`, 'asOf'],
    );
  }),
];

const unknown = [
  ...['/initiatives/NONE-99', '/areas/nowhere', '/indicators/nothing', '/systems/none', '/tables/none'],
  ...['/nowhere', '/progress/more', '/initiatives', '/initiatives/none-1', '/..%2f..%2fetc/passwd'],
  ...['/initiatives/..%2f..%2fprogress', '/assets/..%2fpackage.json'],
];

const unknownInApi = [
  ...['/api/v1/initiatives/NONE-99', '/api/v1/indicators/nothing', '/api/v1/indicators/nothing.csv'],
  ...['/api/v1/systems/none', '/api/v1/tables/none', '/api/v1/tables/none.csv', '/api/v2/initiatives'],
  ...['/feeds/en/areas/nowhere.atom', '/feeds/en/initiatives/NONE-99.atom', '/api/v1/register.xml'],
];

/** Paths made to escape, to break or to be taken for another host. */
const tricks = [
  ...[
    '/../../etc/passwd',
    '/..%2f..%2fetc%2fpasswd',
    '/en/..%5c..%5cwindows',
    '/%2e%2e%2f',
    '/en/%',
    '/%c0%ae%c0%ae/',
  ],
  ...[
    '//evil.example/en',
    '//evil.example',
    '/\\evil.example',
    '/en//progress',
    '/.git/config',
    '/en/%00',
    '/%00',
  ],
  ...['/en/%0d%0aX-Evil:%201', '/%0d%0aSet-Cookie:%20a=b', '/initiatives/%0d%0aX-Evil:%201', '/en/\u202e'],
  ...[
    `/en/${'a'.repeat(3000)}`,
    `/${'a/'.repeat(1500)}`,
    `/en/progress?q=${'%41'.repeat(2000)}`,
    `/en?${'&'.repeat(5000)}`,
  ],
];

describe('bad input', () => {
  let city: TestHouse;
  beforeAll(async () => {
    city = await openTestHouse();
  });
  afterAll(() => city.close());

  const get = (url: string, headers: Record<string, string> = {}) =>
    city.server.fastify.inject({ url, headers });
  const asPage = (url: string) => get(url, { accept: 'text/html', 'accept-language': 'xx' });

  describe.each(languages)('on a page, in %s', (language) => {
    it.each(badOnPages)('is refused with the field: %s', async (path, ...fields) => {
      const answer = await asPage(`/${language}${path.startsWith('/?') ? path.slice(1) : path}`);
      expect(answer.statusCode).toBe(400);
      expect(answer.headers['content-language']).toBe(languageTag[language]);
      expect(answer.body).toContain(`<html lang="${languageTag[language]}"`);
      const named = /<dl class="definitions">(.*?)<\/dl>/s.exec(answer.body)?.[1] ?? '';
      const told = [...named.matchAll(/<code>([^<]*)<\/code>/g)].map(([, field]) => field);
      expect([...new Set(told)]).toEqual(fields);
      const words = [...named.matchAll(/<dd>([^<]*)<\/dd>/g)].map(([, said]) => said!);
      expect(words.every((said) => /\p{Script=Han}/u.test(said) === (language !== 'en'))).toBe(true);
    });

    it.each(unknown)('is answered with a page that says so when nothing lives at %s', async (path) => {
      const answer = await asPage(`/${language}${path}`);
      expect(answer.statusCode).toBe(404);
      expect(answer.body).toContain(`<html lang="${languageTag[language]}"`);
      expect(answer.body).toContain(`href="/${language}"`);
    });
  });

  it.each(badInApi)('to a program is refused with the field: %s', async (url, field) => {
    for (const [asked, chinese] of [
      ['en', false],
      ['zh-HK', true],
      ['zh-CN', true],
    ] as const) {
      const answer = await get(url, { accept: 'application/json', 'accept-language': asked });
      expect([url, answer.statusCode]).toEqual([url, 400]);
      const { errors } = answer.json() as { errors: { field: string; message: string }[] };
      expect(errors.map((one) => one.field)).toEqual([field]);
      expect(/\p{Script=Han}/u.test(errors[0]!.message)).toBe(chinese);
    }
  });

  it.each(unknownInApi)('to a program is not found: %s', async (url) => {
    const answer = await get(url, { accept: 'application/json' });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it.each(tricks)('in a path gets a clear no, and nothing of it into a header: %s', async (path) => {
    const answer = await asPage(path);
    expect(answer.statusCode).toBeGreaterThanOrEqual(300);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.headers).not.toHaveProperty('x-evil');
    expect(answer.headers).not.toHaveProperty('set-cookie');
    expect(String(answer.headers.location ?? '/')).toMatch(/^\/(?![/\\])/);
    expect(answer.body).not.toContain('root:');
  });

  it('in the language of the address is not found, and told in the language of the reader', async () => {
    for (const [asked, tag] of [
      ['zh-HK', 'zh-Hant-HK'],
      ['zh-CN', 'zh-Hans'],
      ['fr', 'en'],
    ] as const) {
      const answer = await get('/fr/progress', { accept: 'text/html', 'accept-language': asked });
      expect(answer.statusCode).toBe(404);
      expect(answer.body).toContain(`<html lang="${tag}"`);
    }
  });

  it.each(['/api/v1/initiatives', '/en/progress', '/api/v1/search'])(
    'sent to %s with a method that is not known there is refused before it is read',
    async (url) => {
      const bodies = ['{', 'x'.repeat(3_000_000), '{"a":1}', ''];
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
        for (const payload of bodies) {
          const headers = { 'content-type': 'application/json' };
          const answer = await city.server.fastify.inject({ method, url, payload, headers });
          expect([400, 405, 413]).toContain(answer.statusCode);
        }
      }
    },
  );

  it('of any kind, thrown at every route and page, never breaks the city', async () => {
    const targets = fuzzTargets(city.house.modules, languages);
    expect(targets.length).toBeGreaterThan(60);
    await expect(fuzzReads(city.server.fastify, targets, { runs: 25 })).resolves.toBeUndefined();
  }, 300_000);

  it('at any address and in any body never breaks the city', async () => {
    await expect(fuzzAddresses(city.server.fastify, { runs: 300 })).resolves.toBeUndefined();
    await expect(fuzzBodies(city.server.fastify, '/api/v1/search')).resolves.toBeUndefined();
  }, 120_000);
});
