// A tiny city for tests of the web door: no database, a clock that stands still, revisions set by hand.

import { h, type VNode } from 'preact';
import { createAccess } from '../../src/core/access.ts';
import { fixedClock } from '../../src/core/clock.ts';
import type { Edition } from '../../src/core/edition.ts';
import type { House } from '../../src/core/house.ts';
import { createServer, type Server, type ServerOptions } from '../../src/core/http/index.ts';
import { openIslands } from '../../src/core/islands.ts';
import { type Log, openLog } from '../../src/core/log.ts';
import type { Module } from '../../src/core/module.ts';
import { say } from '../../src/core/texts.ts';

const name = { en: 'Tiny', tc: '小城' };

export const tinyEdition: Edition = {
  id: 'tiny',
  name,
  siteName: name,
  description: { en: 'A city for tests.', tc: '測試用的城市。' },
  languages: ['en', 'tc', 'sc'],
  timeZone: 'Asia/Hong_Kong',
  bounds: [114, 22, 115, 23],
  currency: 'HKD',
  data: {},
};

export type FakeSite = {
  server: Server;
  clock: ReturnType<typeof fixedClock>;
  revisions: Map<string, number>;
  /** What the log wrote, one object a line. */
  lines: Record<string, unknown>[];
};

type FakeOptions = Partial<Omit<ServerOptions, 'house'>> & {
  origin?: string;
  level?: 'debug' | 'info';
  events?: unknown;
};

const style = {
  path: '/assets/tiny.css',
  contentType: 'text/css',
  body: Buffer.from('p { color: navy }\n'.repeat(200)),
};

function collect(lines: Record<string, unknown>[], level: 'debug' | 'info'): Log {
  return openLog({ level, plain: false, write: (line) => void lines.push(JSON.parse(line)) });
}

/** Opens a server over a few modules; `server.fastify.inject` asks it. */
export function openFakeSite(modules: Module[], options: FakeOptions = {}): FakeSite {
  const { origin = 'http://localhost:8080', level = 'info', events, ...rest } = options;
  const clock = fixedClock('2024-06-30T04:00:00Z');
  const revisions = new Map<string, number>();
  const lines: Record<string, unknown>[] = [];
  const house = {
    config: { origin, port: 0, host: '127.0.0.1', trustProxy: false, rateLimitPerMinute: 1_000_000 },
    edition: tinyEdition,
    clock,
    log: collect(lines, level),
    revisions: { of: (module: string) => revisions.get(module) ?? 0 },
    events,
    access: createAccess(modules),
    islands: openIslands(modules.flatMap(({ islands = [] }) => islands)),
    modules,
  } as unknown as House;
  const server = createServer({
    house,
    layout: (view, frame) =>
      h('html', { lang: frame.language }, [
        h('head', null, [
          h('title', null, view.title),
          h('link', { rel: 'stylesheet', href: frame.styleHref }),
        ]),
        h('body', null, [
          h('nav', null, [
            ...frame.menu.map((item) =>
              h('a', { href: item.href, 'aria-current': item.current }, item.label),
            ),
            ...frame.languages.map((item) => h('a', { href: item.href, lang: item.tag }, item.label)),
          ]),
          view.main,
        ]),
      ]) as VNode,
    errorView: (error, language) => ({
      title: error.code,
      main: h('ul', null, [
        h('li', null, say(error.publicMessage, language)),
        ...error.fields.map(({ field, message }) => h('li', null, `${field}: ${say(message, language)}`)),
      ]),
    }),
    assets: [style],
    checkReady: async () => {},
    ...rest,
  });
  return { server, clock, revisions, lines };
}
