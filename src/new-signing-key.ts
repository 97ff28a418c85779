// Makes the next key with which the city signs what it tells services; the earlier keys stay published.

import { getEdition } from './city/index.ts';
import { ConfigError, parseConfig } from './core/config.ts';
import { openLog } from './core/log.ts';
import { openHouse } from './core/open-house.ts';
import { addProviderKey } from './modules/identity/index.ts';
import { modules } from './modules.ts';

async function main(): Promise<void> {
  const config = parseConfig(
    process.env,
    modules.map((module) => module.config ?? {}),
  );
  const { databaseUrl } = config;
  if (databaseUrl === undefined) throw new ConfigError(['Set DATABASE_URL to the database of the city.']);
  const edition = await getEdition(config.edition);
  const log = openLog({ level: 'error' });
  const { house, close } = await openHouse({
    ...{ edition, modules, log, databaseUrl },
    config: { ...config, roles: [] },
  });
  try {
    const { kid } = await addProviderKey(house);
    console.log(`The key ${kid} is there. Start every process again: from then on it signs.`);
  } finally {
    await close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
