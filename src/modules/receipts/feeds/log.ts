// Reads the log of another city over HTTP: its checkpoint, its tiles and its keys.

import { entriesIn, type LogSource, tilePath } from '../rules/index.ts';
import { keysSchema } from '../schema.ts';
import type { OpenedLog } from '../store/index.ts';

const waitMs = 30_000;
const mostBytes = 32 * 1024 * 1024;

async function fetchBytes(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(waitMs), redirect: 'error' });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (bytes.length > mostBytes) throw new Error(`${url} answered too much`);
  return bytes;
}

const httpSource = (base: string): LogSource => ({
  checkpoint: async () => String(await fetchBytes(`${base}/checkpoint`)),
  cosigned: async () => String(await fetchBytes(`${base}/api/v1/receipts/cosigned-checkpoint`)),
  entries: async (number, width) => {
    const address = tilePath({ level: 'entries', number, width });
    const entries = entriesIn(await fetchBytes(base + address)) ?? [];
    return Array.from({ length: width }, (_, at) => entries[at]);
  },
  tile: (place, width) => fetchBytes(base + tilePath({ ...place, width })),
});

/** The log of a city at this address. Throws when it does not answer. */
export async function openHttpLog(url: string): Promise<OpenedLog> {
  const base = url.replace(/\/+$/, '');
  const told = keysSchema.parse(JSON.parse(String(await fetchBytes(`${base}/api/v1/receipts/keys`))));
  return { source: httpSource(base), keys: [told.current, ...told.earlier], earlier: [] };
}
