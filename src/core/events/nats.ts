// The one door to the NATS packages: events between processes over JetStream.

import type { Log } from '../log.ts';
import { type Carrier, type CarrierOptions, databaseCarrier } from './carrier.ts';

export type NatsOptions = CarrierOptions & { log: Log; url: string; publisher: boolean };

export function natsCarrier(options: NatsOptions): Carrier {
  return databaseCarrier(options);
}
