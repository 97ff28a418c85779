// Complete logins: our provider on PostgreSQL beside a bare one in memory, and fifty a second for minutes.

import { readdirSync, readFileSync } from 'node:fs';
import { startChild } from '../child.ts';
import { inWords, median, quantile, type Row, type Table } from '../figures.ts';
import { type LoginSetting, openLoginSetting } from '../logins/setting.ts';
import { Browser, type LoginSite, logInAtRate, logInFor } from '../logins/walk.ts';
import type { Setting } from '../setting.ts';

const readEntities = (text: string) =>
  text.replace(/&(quot|amp|lt|gt|#39);/g, (_whole, name: string) => entities[name] ?? '');
const entities: Record<string, string> = { quot: '"', amp: '&', lt: '<', gt: '>', '#39': "'" };

/** The bare provider: its own address proves whoever comes. */
const bareSite = (port: number): LoginSite => ({
  port,
  prefix: '',
  prove: async (browser, path) => Browser.target(await browser.get(path)),
});

/** Our provider, without page and passkey, as the bare one has none. */
const plainSite = (port: number): LoginSite => ({
  port,
  prefix: '/oidc',
  prove: async (browser, path) =>
    Browser.target(await browser.get(path.replace(/^(?:\/en)?\/sign-in\//, '/bench-prove/'))),
});

/** The whole way of a person: the page, the passkey, the proof of it, the act in the log. */
function wholeSite({ port, passkeys }: LoginSetting): LoginSite {
  let turn = 0;
  const prove = async (browser: Browser, path: string) => {
    const address = path.startsWith('/en/') ? path : `/en${path}`;
    const { body } = await browser.get(address);
    const html = body.toString();
    const options = /data-options="([^"]*)"/.exec(html)?.[1];
    const ceremonyId = /name="ceremonyId" value="([^"]*)"/.exec(html)?.[1];
    if (options === undefined || ceremonyId === undefined) throw new Error(`no passkey is asked: ${html}`);
    turn += 1;
    const passkey = passkeys[turn % passkeys.length]!;
    const response = await passkey.get(JSON.parse(readEntities(options)) as object);
    return Browser.target(await browser.send(address, { step: 'sign-in', ceremonyId, response }));
  };
  return { port, prefix: '/oidc', prove };
}

const ticksPerSecond = 100;

/** Seconds of processor time of all processes of PostgreSQL on this machine, those that ended included. */
function postgresSeconds(): number {
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      if (!stat.includes('(postgres)')) continue;
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      // utime, stime, cutime, cstime (proc(5)).
      ticks += fields.slice(11, 15).reduce((sum, one) => sum + one, 0);
    } catch {
      // It ended while we looked.
    }
  }
  return ticks / ticksPerSecond;
}

type Counted = { perCpuSecond: number; databaseMs: number };
type Measured = { cpuSeconds(): Promise<number> };

async function count(child: Measured, site: LoginSite, seconds: number): Promise<Counted> {
  const [before, databaseBefore] = [await child.cpuSeconds(), postgresSeconds()];
  const logins = await logInFor(site, seconds);
  const [after, databaseAfter] = [await child.cpuSeconds(), postgresSeconds()];
  return {
    perCpuSecond: logins / (after - before),
    databaseMs: ((databaseAfter - databaseBefore) * 1000) / logins,
  };
}

type Rounds = { name: string; ours: Counted[]; bare: Counted[]; goal?: number };

function rowOf({ name, ours, bare, goal }: Rounds): Row {
  const ratios = ours.map((one, at) => one.perCpuSecond / bare[at]!.perCpuSecond);
  const ratio = median(ratios);
  return {
    cells: [
      name,
      inWords(median(ours.map((one) => one.perCpuSecond))),
      inWords(median(bare.map((one) => one.perCpuSecond))),
      ratio.toFixed(2),
      `${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)}`,
      inWords(median(ours.map((one) => one.databaseMs))),
      goal === undefined ? '' : `>= ${goal}`,
    ],
    ...(goal === undefined ? {} : { met: ratio >= goal }),
  };
}

/** Logins per second of processor time, in turns with a bare provider. */
export async function measureLogins(setting: Setting): Promise<Table> {
  const seconds = setting.quick ? 0.5 : 6;
  const bareChild = startChild('./logins/bare-provider.ts');
  const own = await openLoginSetting(setting);
  try {
    const bare = bareSite(await bareChild.ask<number>('port'));
    const sites = { plain: plainSite(own.port), whole: wholeSite(own) };
    const rounds = { bare: [] as Counted[], plain: [] as Counted[], whole: [] as Counted[] };
    // So long, because V8 makes the fast code of a whole login only after some thousand.
    const warmSeconds = setting.quick ? seconds / 2 : 25;
    for (const site of [bare, sites.plain, sites.whole]) await logInFor(site, warmSeconds);
    for (let round = 0; round < (setting.quick ? 1 : 5); round += 1) {
      rounds.bare.push(await count(bareChild, bare, seconds));
      rounds.plain.push(await count(own.city, sites.plain, seconds));
      rounds.whole.push(await count(own.city, sites.whole, seconds));
    }
    return {
      title: 'Complete logins (code and PKCE) per second of processor time of the server process',
      columns: ['what', 'Lamppost', 'bare oidc-provider', 'ratio', 'lowest-highest', 'database ms', 'goal'],
      rows: [
        rowOf({ name: 'provider with its store', ours: rounds.plain, bare: rounds.bare, goal: 0.6 }),
        rowOf({ name: 'with page, passkey and act', ours: rounds.whole, bare: rounds.bare }),
      ],
      note: 'Database ms: processor time that PostgreSQL spent on one login, beside the server process.',
    };
  } finally {
    await own.close();
    await bareChild.close();
  }
}

/** Fifty logins a second, each with page and passkey, for five minutes. */
export async function measureLoginRate(setting: Setting): Promise<Table> {
  const [perSecond, limitMs] = [50, 500];
  const seconds = setting.quick ? 2 : 300;
  const own = await openLoginSetting(setting);
  try {
    const site = wholeSite(own);
    await logInFor(site, setting.quick ? 0.5 : 5, 4);
    const before = await own.city.cpuSeconds();
    const { ms, failed } = await logInAtRate(site, { perSecond, seconds });
    const share = ((await own.city.cpuSeconds()) - before) / seconds;
    const p99 = quantile(ms, 0.99);
    return {
      title: `${perSecond} logins begun each second for ${seconds} s, whatever the server does`,
      columns: ['logins', 'failed', 'p50 ms', 'p95 ms', 'p99 ms', 'slowest ms', 'share of a core', 'goal'],
      rows: [
        {
          cells: [
            ms.length,
            failed,
            inWords(median(ms)),
            inWords(quantile(ms, 0.95)),
            inWords(p99),
            inWords(Math.max(...ms)),
            share.toFixed(2),
            `p99 < ${limitMs} ms`,
          ],
          met: failed === 0 && p99 < limitMs,
        },
      ],
    };
  } finally {
    await own.close();
  }
}
