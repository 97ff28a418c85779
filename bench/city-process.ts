// The process that is measured: a whole city with two doors, one that keeps answers and one that keeps none.

import { getEdition } from '../src/city/index.ts';
import { parseConfig } from '../src/core/config.ts';
import { sql } from '../src/core/database/index.ts';
import type { House } from '../src/core/house.ts';
import { createServer } from '../src/core/http/index.ts';
import { openLog } from '../src/core/log.ts';
import { openHouse } from '../src/core/open-house.ts';
import { getRegister } from '../src/modules/blueprint/index.ts';
import { summaryAsOf } from '../src/modules/blueprint/rules/index.ts';
import { siteLayout } from '../src/modules/portal/index.ts';
import { modules } from '../src/modules.ts';
import { assets, errorView } from '../src/ui/index.ts';
import { answerQuestions } from './child.ts';

export type Doors = { kept: number; anew: number; pagePaths: string[] };
export type SummaryCost = { ruleMs: number[]; sqlMs: number[] };

const { DATABASE_URL: databaseUrl = '', ...others } = process.env;
const tables = modules.map((module) => module.config ?? {});
const config = { ...parseConfig({ ...others, PORT: '8080' }, tables), port: 0 };
const log = openLog({ level: 'warn' });
const edition = await getEdition(config.edition);
const { house, close } = await openHouse({ config, edition, modules, log, databaseUrl });

/** The same city, none of whose answers may be kept: each request is rendered. */
function withoutKeeping(of: House): House {
  const unkept = of.modules.map((module) => ({
    ...module,
    routes: module.routes?.map(({ cache: _, ...route }) => route) ?? [],
    pages: module.pages?.map(({ cache: _, ...page }) => page) ?? [],
  }));
  return { ...of, modules: unkept };
}

async function openDoor(of: House) {
  const server = createServer({
    house: of,
    layout: siteLayout(of.modules),
    errorView,
    assets,
    // The limiter stays in the way of each request, as in service, but never says no.
    limits: { requestsPerMinute: 1e9 },
  });
  const url = await server.start();
  return { server, port: Number(new URL(url).port) };
}

const kept = await openDoor(house);
const anew = await openDoor(withoutKeeping(house));

function doors(): Doors {
  const pagePaths = house.modules.flatMap((module) => module.pages ?? []).map(({ path }) => path);
  return { kept: kept.port, anew: anew.port, pagePaths };
}

/** Counts by area and status as of a day, over the same facts, without anything else the rule finds out. */
const countInSql = (day: string) => sql`
  with status as (
    select distinct on (initiative) initiative, status from blueprint.status_fact
    where valid_from_day <= ${day}::date order by initiative, valid_from_day desc
  ), area as (
    select distinct on (initiative) initiative, area from blueprint.classification_fact
    where valid_from_day <= ${day}::date order by initiative, valid_from_day desc
  )
  select area.area, coalesce(status.status, 'announced') as status, count(*)
  from blueprint.initiative left join status on status.initiative = initiative.id
  left join area on area.initiative = initiative.id
  group by 1, 2`;

async function summaries({ rounds }: { rounds: number }): Promise<SummaryCost> {
  const register = await getRegister(house);
  const cost: SummaryCost = { ruleMs: [], sqlMs: [] };
  for (let round = 0; round < rounds; round += 1) {
    // Another day each time: the rule remembers the days it was asked for lately.
    const day = new Date(Date.UTC(2021, 0, 1 + round)).toISOString().slice(0, 10);
    const started = performance.now();
    summaryAsOf(register, day);
    const between = performance.now();
    await countInSql(day).execute(house.database);
    cost.ruleMs.push(between - started);
    cost.sqlMs.push(performance.now() - between);
  }
  return cost;
}

async function titles() {
  const register = await getRegister(house);
  return register.initiatives.map(({ id, title }) => ({ id, en: title.en, tc: title.tc }));
}

async function postgresVersion() {
  const { rows } = await sql<{
    version: string;
  }>`select current_setting('server_version') as version`.execute(house.database);
  return rows[0]!.version;
}

answerQuestions({ doors, summaries, titles, postgresVersion }, async () => {
  await Promise.all([kept.server.stop(), anew.server.stop()]);
  await close();
});
