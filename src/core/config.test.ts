// Tests of the configuration: what is read, what is refused, and that secrets are never shown.

import { isAbsolute } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, coreSettings, getSetting, parseConfig, setting, settingsTable } from './config.ts';

function problemsOf(env: Record<string, string>): string[] {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    const config = parseConfig({ PATH: '/bin', LAMPPOST_ORIGIN: '' });
    expect(config).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      origin: 'http://localhost:8080',
      edition: 'hong-kong',
      roles: ['web', 'feeds', 'jobs'],
      trustProxy: false,
    });
    expect(config.databaseUrl).toBeUndefined();
    expect(isAbsolute(config.dataFolder)).toBe(true);
    expect(config.filesFolder).toBe(`${config.dataFolder}/files`);
  });

  it('reads each kind of value', () => {
    const config = parseConfig({
      PORT: '0',
      HOST: '::',
      LAMPPOST_ORIGIN: 'https://city.example/',
      LAMPPOST_ROLES: 'jobs, web,jobs',
      DATABASE_URL: 'postgres://postgres@/city?host=%2Ftmp%2Fsocket',
      LAMPPOST_DATA: '/data',
      NATS_URL: 'nats://broker:4222',
      LAMPPOST_TRUST_PROXY: 'loopback, 10.0.0.0/8,::1',
      LAMPPOST_STATEMENT_TIMEOUT_SECONDS: '5',
    });
    expect(config).toMatchObject({
      port: 0,
      host: '::',
      origin: 'https://city.example',
      roles: ['jobs', 'web'],
      databaseUrl: 'postgres://postgres@/city?host=%2Ftmp%2Fsocket',
      dataFolder: '/data',
      filesFolder: '/data/files',
      natsUrl: 'nats://broker:4222',
      trustProxy: ['loopback', '10.0.0.0/8', '::1'],
      statementTimeoutMs: 5000,
    });
  });

  it('names every wrong value at once, with what was got and what was expected', () => {
    const problems = problemsOf({ PORT: '80a', LAMPPOST_ROLES: 'web,cook', LAMPPOST_LOG_LEVEL: 'maybe' });
    expect(problems).toHaveLength(3);
    expect(problems[0]).toBe('PORT: got "80a", expected a port from 0 to 65535 (0: any free one).');
    expect(problems[1]).toMatch(/^LAMPPOST_ROLES: got "web,cook", expected one or more of web, feeds, jobs/);
    expect(problems[2]).toMatch(/^LAMPPOST_LOG_LEVEL: got "maybe", expected one of debug, info/);
  });

  it.each([
    ['PORT', ['-1', '65536', '1e3', '0x10', '8080.5', ' ,']],
    ['HOST', ['a b', 'http://x', '../x']],
    [
      'LAMPPOST_ORIGIN',
      ['city.example', 'ftp://x', 'https://x/path', 'https://x?y', 'https://user@x', 'https://'],
    ],
    ['LAMPPOST_EDITION', ['Hong Kong', '../x', 'a--b']],
    ['DATABASE_URL', ['mysql://x/y', 'localhost:5432', 'postgres://a b']],
    ['LAMPPOST_TRUST_PROXY', ['on', '10.0.0.0/33', '10.0.0.0/8/8', '300.1.1.1', 'loopback,']],
    ['LAMPPOST_RATE_LIMIT_PER_MINUTE', ['0', '-5', 'many']],
    ['LAMPPOST_LOG_LEVEL', ['loud', 'INFO']],
  ])('refuses a %s that cannot be used', (name, values) => {
    for (const value of values) {
      const problems = problemsOf({ [name]: value });
      expect(problems, value).toHaveLength(1);
      expect(problems[0]).toContain(`${name}: got`);
    }
  });

  it('refuses an unknown LAMPPOST_ name and suggests the nearest', () => {
    expect(problemsOf({ LAMPPOST_ROLLS: 'web' })).toEqual([
      'LAMPPOST_ROLLS: there is no such setting. Did you mean LAMPPOST_ROLES?',
    ]);
    expect(problemsOf({ LAMPPOST_XYZZY_PLUGH_FROTZ: '1' })[0]).not.toContain('Did you mean');
    expect(problemsOf({ SOMETHING_ELSE: '1' })).toEqual([]);
  });

  it('refuses a setting that there was once and that did nothing', () => {
    expect(problemsOf({ LAMPPOST_DEMO: 'on' })[0]).toContain('LAMPPOST_DEMO: there is no such setting.');
  });

  it('reads a flag of a module', () => {
    const table = { LAMPPOST_OVEN: setting.flag({ about: 'Bake.' }) };
    for (const [text, value] of [
      ['on', true],
      ['off', false],
      ['', false],
    ] as const) {
      expect(getSetting(parseConfig({ LAMPPOST_OVEN: text }, [table]), table, 'LAMPPOST_OVEN')).toBe(value);
    }
    for (const text of ['yes please', 'constructor', '__proto__', '2']) {
      expect(() => parseConfig({ LAMPPOST_OVEN: text }, [table])).toThrow('expected on or off');
    }
  });

  it('never shows a secret in a message', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{12,20}$/), (password) => {
        for (const name of ['DATABASE_URL', 'NATS_URL']) {
          const text = problemsOf({ [name]: `http://user:${password}@host/` }).join();
          expect(text).toContain(name);
          expect(text).not.toContain(password);
        }
      }),
    );
  });

  it('either reads or refuses with its name, whatever the text', () => {
    const names = Object.keys(coreSettings);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string(), (name, text) => {
        const problems = problemsOf({ [name]: text });
        expect(problems.every((problem) => problem.startsWith(`${name}: got `))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('reads the settings of modules beside its own, and refuses one that is declared twice', () => {
    const table = {
      LAMPPOST_OVEN_DEGREES: setting.integer({ about: 'Heat.', least: 0, most: 300, default: 180 }),
    };
    expect(getSetting(parseConfig({}, [coreSettings, table]), table, 'LAMPPOST_OVEN_DEGREES')).toBe(180);
    const config = parseConfig({ LAMPPOST_OVEN_DEGREES: '200' }, [table]);
    expect(getSetting(config, table, 'LAMPPOST_OVEN_DEGREES')).toBe(200);
    expect(() => parseConfig({}, [table, { ...table }])).toThrow('LAMPPOST_OVEN_DEGREES is declared twice');
  });

  it('documents every setting from the same table, and its default is one that it would read', () => {
    const rows = settingsTable(coreSettings);
    expect(rows.map((row) => row.name)).toEqual(Object.keys(coreSettings));
    expect(rows.find((row) => row.name === 'LAMPPOST_ROLES')?.default).toBe('web,feeds,jobs');
    expect(rows.find((row) => row.name === 'LAMPPOST_LOG_LEVEL')).toMatchObject({
      kind: 'one of debug, info, warn, error, silent',
      default: 'info',
    });
    const shown = rows.filter((row) => row.default !== '' && !row.default.includes(' '));
    expect(parseConfig(Object.fromEntries(shown.map((row) => [row.name, row.default])))).toEqual(
      parseConfig({}),
    );
  });
});
