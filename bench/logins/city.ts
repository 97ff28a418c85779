// A process of a city: one answers, is measured and proves people without a passkey; the other does the rest.

import { getEdition } from '../../src/city/index.ts';
import { parseConfig } from '../../src/core/config.ts';
import { sql } from '../../src/core/database/index.ts';
import { createServer } from '../../src/core/http/index.ts';
import { openLog } from '../../src/core/log.ts';
import type { Module } from '../../src/core/module.ts';
import { openHouse } from '../../src/core/open-house.ts';
import { finishLogin } from '../../src/modules/identity/protocols/index.ts';
import { siteLayout } from '../../src/modules/portal/index.ts';
import { modules } from '../../src/modules.ts';
import { assets, errorView } from '../../src/ui/index.ts';
import { answerQuestions } from '../child.ts';

type Known = { personId: string; passkeyId: string };
let people: Known[] = [];

/** As little as the bare provider does: whoever comes is somebody. */
const bench: Module = {
  name: 'bench',
  enabled: () => true,
  mounts: [
    {
      name: 'bench-prove',
      paths: ['/bench-prove'],
      summary: 'Proves whoever comes.',
      open: (house) => async (request, response) => {
        const { personId, passkeyId } = people[Math.floor(Math.random() * people.length)]!;
        const proven = { personId, passkeyId, acr: 'phr' as const, authenticatedAt: house.clock.now() };
        const uid = request.url!.slice(request.url!.lastIndexOf('/') + 1);
        const target = await finishLogin(house, { raw: { request, response } }, uid, proven);
        response.writeHead(303, { Location: target, 'Content-Length': 0 }).end();
      },
    },
  ],
};

const { DATABASE_URL: databaseUrl = '', ...others } = process.env;
const config = parseConfig(
  others,
  modules.map((module) => module.config ?? {}),
);
const edition = await getEdition(config.edition);
const log = openLog({ level: 'warn' });
const { house, close } = await openHouse({ config, edition, modules: [...modules, bench], log, databaseUrl });
const server = config.roles.includes('web')
  ? createServer({
      house,
      layout: siteLayout(house.modules),
      errorView,
      assets,
      limits: { requestsPerMinute: 1e9 },
    })
  : undefined;
await server?.start();

/** Takes note of everybody who is registered; gives how many. */
async function meet(): Promise<number> {
  const { rows } =
    await sql<Known>`select person_id as "personId", id as "passkeyId" from identity.passkey`.execute(
      house.database,
    );
  people = rows;
  return rows.length;
}

answerQuestions({ meet }, async () => {
  await server?.stop();
  await close();
});
