// Makes a new module with its first rooms: npm run new-module -- <name> <English title> <Chinese title>.

import { join } from 'node:path';
import { createModule } from './new-module/create.ts';

const [name, en, tc] = process.argv.slice(2);

if (!name || !en || !tc) {
  console.error('Give its name and its title in English and Traditional Chinese:');
  console.error('  npm run new-module -- bookings "Bookings" "預約"');
  process.exitCode = 2;
} else {
  try {
    const written = createModule(join(import.meta.dirname, '..'), name, { en, tc });
    for (const path of written) console.log(`written: ${path}`);
    console.log('Next: its README, then `npm run check`.');
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
