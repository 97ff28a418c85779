// A process that starts PostgreSQL as main does, says so in JSON lines, and waits to be killed.
// Arguments: the data folder, and `write` to insert numbers and print each that was acknowledged.

import { connect, query, startEmbedded } from '../../src/core/database/index.ts';

const [folder = '', task] = process.argv.slice(2);
const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
const log = { debug() {}, info() {}, warn() {}, error() {} };

const server = await startEmbedded({ folder, log });
const { pid, cluster, url, adopted } = server;
say({ server: pid(), cluster, url, adopted, uid: process.getuid?.() });

if (task === 'write') {
  const { database } = connect(url);
  await query(database, { text: 'create table if not exists acknowledged (n int primary key)' });
  for (let n = 1; ; n += 1) {
    await query(database, { name: 'insert', text: 'insert into acknowledged values ($1)', values: [n] });
    say({ n });
  }
}
if (task === 'stop') await server.stop();
else process.stdin.resume();
