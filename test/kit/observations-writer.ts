// A process that ingests until it is killed, and says what was acknowledged, for tests of observations.

import { systemClock } from '../../src/core/clock.ts';
import { connect } from '../../src/core/database/index.ts';
import type { House } from '../../src/core/house.ts';
import { foldBatches, openIngest } from '../../src/modules/observations/store/index.ts';

const [url = '', datastream = '', writer = '0', folds = ''] = process.argv.slice(2);
const { database } = connect(url);
const house = {
  ...{ database, clock: systemClock, revisions: { of: () => 0 } },
  edition: { timeZone: 'Asia/Hong_Kong' },
} as unknown as House;
const ingest = openIngest(house, { batchSize: 50, waitMs: 1 });
const start = Date.UTC(2026, 10, 1);

/** Every writer has seconds of its own, so that all that was acknowledged can be found again. */
async function write(lane: number): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    const number = (turn * 4 + lane) * 10 + Number(writer);
    const reading = { datastreamId: Number(datastream), at: start + number * 1000, value: number };
    await ingest.push([reading]);
    process.stdout.write(`kept ${number}\n`);
  }
}

async function fold(): Promise<void> {
  for (;;) await foldBatches(house, 7);
}

await Promise.all([0, 1, 2, 3].map(write).concat(folds === '' ? [] : [fold()]));
