// The HTML of every page in every language: as the standard wants it, no inline style, headings in order.

import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages, languageTag } from '../../src/core/texts.ts';
import { openTestHouse, type TestHouse } from '../kit/house.ts';
import { type Address, everyAddress } from './site.ts';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // Matters of taste of a generated document, none of them a fault to a reader.
    'doctype-style': 'off',
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'long-title': 'off',
    'require-sri': 'off',
    // Boxes to tick share one name by nature.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'submit', 'reset'] }],
    'no-inline-style': 'error',
    'no-dup-id': 'error',
    'heading-level': 'error',
    'no-missing-references': 'error',
  },
});

/** What is wrong with the HTML, one line each. */
async function faultsOf(html: string): Promise<string[]> {
  const report = await validator.validateString(html);
  return report.results
    .flatMap(({ messages }) => messages)
    .map(({ ruleId, selector, message }) => `${ruleId} at ${selector}: ${message}`);
}

describe('every page', () => {
  let city: TestHouse;
  let all: Address[];
  beforeAll(async () => {
    city = await openTestHouse();
    all = await everyAddress(city);
  });
  afterAll(() => city.close());

  it('is told apart from bad HTML by this very test', async () => {
    const bad =
      '<!doctype html><html lang="en"><head><title>x</title></head><body><h1>A</h1><h3 id="a">B</h3><p id="a" style="color:red">C</p></body></html>';
    const rules = (await faultsOf(bad)).map((line) => line.split(' ', 1)[0]);
    expect(rules).toEqual(expect.arrayContaining(['heading-level', 'no-dup-id', 'no-inline-style']));
  });

  it('of an initiative is found by its id in small letters too, on the day that was asked for', async () => {
    const { statusCode, headers } = await city.server.fastify.inject('/tc/initiatives/gov-01?asOf=2020-12');
    expect([statusCode, headers.location]).toEqual([303, '/tc/initiatives/GOV-01?asOf=2020-12']);
  });

  it('has its own place in the sitemap, in three languages', () => {
    const listed = all.map(({ href }) => href);
    expect(new Set(listed).size).toBe(listed.length);
    expect(all.length).toBeGreaterThan(1400);
    for (const language of languages) expect(listed).toContain(`/${language}`);
  });

  it.each(languages)(
    'is valid HTML that says its language, title, one heading and no script, in %s',
    async (language) => {
      const wrong: string[] = [];
      for (const { href, status } of all.filter((one) => one.href.split('/')[1] === language)) {
        const { statusCode, body } = await city.server.fastify.inject(href);
        const say = (what: string) => wrong.push(`${href}: ${what}`);
        if (statusCode !== status) say(`answered ${statusCode}, not ${status}`);
        if (!body.includes(`<html lang="${languageTag[language]}">`)) say('does not say its language');
        if (!/<title>[^<]{3,}<\/title>/.test(body)) say('has no title');
        if (body.split('<h1').length !== 2) say(`has ${body.split('<h1').length - 1} main headings`);
        if (/<script(?! type="application\/ld\+json")/.test(body)) say('needs a script');
        for (const fault of await faultsOf(body)) say(fault);
      }
      expect(wrong).toEqual([]);
    },
    300_000,
  );
});
