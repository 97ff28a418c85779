// Adds to package-lock.json the optional packages of other platforms that the registry at hand did not offer.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeLock, type Lock, listMissing } from './lock/complete.ts';

const file = join(import.meta.dirname, '../package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock;
const missing = listMissing(lock);

if (missing.length === 0) {
  console.log('package-lock.json is complete.');
} else {
  writeFileSync(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
  console.log(`added: ${missing.map((one) => one.name).join(', ')}`);
}
