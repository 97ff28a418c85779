// Prints a one-time code for the first administrator of a city that nobody administers yet.

import { getEdition } from './city/index.ts';
import { ConfigError, parseConfig } from './core/config.ts';
import { openLog } from './core/log.ts';
import { openHouse } from './core/open-house.ts';
import { firstInvitation } from './modules/identity/index.ts';
import { modules } from './modules.ts';

async function main(): Promise<void> {
  const config = parseConfig(
    process.env,
    modules.map((module) => module.config ?? {}),
  );
  const { databaseUrl } = config;
  if (databaseUrl === undefined) {
    throw new ConfigError([
      'Without DATABASE_URL the code is shown where the city is started in a terminal.',
    ]);
  }
  const edition = await getEdition(config.edition);
  const log = openLog({ level: 'error' });
  const { house, close } = await openHouse({
    ...{ edition, modules, log, databaseUrl },
    config: { ...config, roles: [] },
  });
  try {
    const code = house.modules.some(({ name }) => name === 'identity')
      ? await firstInvitation(house)
      : undefined;
    console.log(
      code === undefined
        ? 'An administrator is there already, who can invite others.'
        : `Sign in, open ${config.origin}/en/officers/join and enter ${code}\nA code that was made before is void.`,
    );
  } finally {
    await close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
