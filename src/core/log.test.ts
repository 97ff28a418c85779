// Tests of the log.

import { describe, expect, it } from 'vitest';
import { invalid } from './errors.ts';
import { type LogOptions, openLog } from './log.ts';

function capture(options: LogOptions = {}) {
  const lines: string[] = [];
  const now = () => new Date('2024-06-30T04:05:06Z');
  const log = openLog({ plain: false, now, write: (line) => void lines.push(line), ...options });
  return { log, lines, first: () => JSON.parse(lines[0] ?? '{}') };
}

describe('the log', () => {
  it('writes one JSON object a line', () => {
    const { log, lines } = capture();
    log.info('It began.\nTwice.', { port: 1, big: 2n });
    expect(lines[0]).toBe(
      '{"time":"2024-06-30T04:05:06.000Z","level":"info","message":"It began.\\nTwice.","port":1,"big":"2"}',
    );
  });

  it('leaves out what is below its level', () => {
    const { log, lines } = capture({ level: 'warn' });
    log.info('no');
    log.warn('yes');
    log.error('yes');
    expect(lines).toHaveLength(2);
    expect([log.writes('info'), log.writes('error')]).toEqual([false, true]);
  });

  it('writes nothing at all when it is silent', () => {
    const { log, lines } = capture({ level: 'silent' });
    log.error('no');
    expect(lines).toEqual([]);
  });

  it('describes an error with its causes', () => {
    const { log, first } = capture();
    log.error('broke', { error: new Error('outer', { cause: new RangeError('inner') }) });
    expect(first().error).toMatchObject({
      name: 'Error',
      message: 'outer',
      cause: { name: 'RangeError', message: 'inner' },
    });
  });

  describe('of an error that PostgreSQL sent', () => {
    const refused = () =>
      Object.assign(new Error('invalid input for Chan Tai Man\nof Sha Tin'), {
        name: 'error',
        code: '23505',
        severity: 'ERROR',
        detail: 'Key (email)=(chan@example.org) already exists.',
        where: 'COPY person, line 1: "Chan Tai Man"',
        table: 'person',
        constraint: 'person_email_key',
        routine: '_bt_check_unique',
      });

    it.each([true, false])('tells what and where, and nothing that people entered (plain: %s)', (plain) => {
      const { log, lines } = capture({ plain });
      log.error('broke', { error: refused() });
      log.error('broke', { error: new Error('could not save', { cause: refused() }) });
      log.error('broke', { other: { error: refused() } });
      for (const word of ['23505', 'person_email_key', '_bt_check_unique', 'log.test.ts']) {
        expect(lines[0]).toContain(word);
      }
      expect(lines.join()).not.toMatch(/Chan|Sha Tin|chan@/);
    });

    it('keeps the message of an error of the operating system, whose code looks alike', () => {
      const { log, first } = capture();
      log.error('broke', { error: Object.assign(new Error('not permitted'), { code: 'EPERM', errno: -1 }) });
      expect(first().error).toMatchObject({ code: 'EPERM', message: 'not permitted' });
    });
  });

  it('shows the detail of our own errors, and of no others', () => {
    const { log, lines } = capture();
    const words = { en: 'No.', tc: '否。' };
    log.error('broke', { error: invalid('no-way', words, { detail: { tried: 3 } }) });
    log.error('broke', { error: Object.assign(new Error('x'), { detail: 'Chan Tai Man' }) });
    expect(JSON.parse(lines[0] ?? '').error).toMatchObject({ code: 'no-way', detail: { tried: 3 } });
    expect(lines[1]).not.toContain('Chan');
  });

  it('survives a field that holds itself', () => {
    const { log, first } = capture();
    const knot: Record<string, unknown> = {};
    knot.knot = knot;
    log.info('tied', knot);
    expect(first()).toMatchObject({ message: 'tied', level: 'info' });
  });

  it('repeats the fields it was given for all its lines', () => {
    const { log, first } = capture();
    log.with({ module: 'blueprint' }).info('x', { y: 1 });
    expect(first()).toMatchObject({ module: 'blueprint', y: 1 });
  });

  it('is short and plain for a person', () => {
    const { log, lines } = capture({ plain: true });
    log.warn('Slow.', { route: '/a', list: [1], seconds: 2 });
    expect(lines[0]).toBe('04:05:06 warn  Slow. route=/a list=[1] seconds=2');
  });
});
