// Every test that docs/openid-conformance.md names is there, and every module has a test or a reason.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const table = readFileSync(`${root}/docs/openid-conformance.md`, 'utf8');
const folders = ['test/conformance/oidc', 'test/conformance/apache', 'test/faults'];

/** Of a test, or of the rows of `it.each`. */
const title = /(?:\bit\(|\]\)\()\s*(['"`])((?:\\.|(?!\1).)+)\1,/g;

const titles = new Set(
  folders
    .flatMap((folder) => readdirSync(`${root}/${folder}`).map((name) => `${root}/${folder}/${name}`))
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(title)])
    .map(([, , text]) => text!),
);

type Row = { module: string; mark: string; says: string };
const rows: Row[] = table
  .split('\n')
  .map((line) => /^\| `([\w-]+)` \| (covered|partly|not) \| (.+) \|$/.exec(line))
  .filter((found) => found !== null)
  .map(([, module, mark, says]) => ({ module: module!, mark: mark!, says: says! }));

const named = ({ says }: Row) => [...says.matchAll(/“([^”]+)”/g)].map(([, text]) => text!);
const plan = (start: string) => rows.filter(({ module }) => module.startsWith(start));

describe('the table of the OpenID Foundation modules', () => {
  it('names only tests that exist', () => {
    expect(rows.flatMap(named).filter((one) => !titles.has(one))).toEqual([]);
  });

  it('gives a test for what is covered and a reason for what is not', () => {
    const withoutTest = rows.filter((row) => row.mark !== 'not' && named(row).length === 0);
    const withoutReason = rows.filter((row) => row.mark === 'not' && row.says.length < 20);
    expect([...withoutTest, ...withoutReason].map(({ module }) => module)).toEqual([]);
  });

  it('has every module of the three plans once', () => {
    expect(new Set(rows.map(({ module }) => module)).size).toBe(rows.length);
    expect([plan('oidcc-').length, plan('fapi2-').length, plan('fapi-ciba-').length]).toEqual([38, 56, 43]);
  });
});
