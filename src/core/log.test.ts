// Tests of the log.

import { describe, expect, it } from 'vitest';
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
