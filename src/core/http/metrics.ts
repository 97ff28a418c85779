// Counters for Prometheus: requests by route template and status, kept answers, events that wait.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Events } from '../events/index.ts';

/** Records one finished request; `startedAt` is in milliseconds of `performance.now()`. */
export type Recorder = (status: number, startedAt: number) => void;

export type Metrics = {
  /** The recorder of one endpoint. `route` is a template, never an address: series stay few. */
  recorder(method: string, route: string): Recorder;
  kept(outcome: 'hit' | 'miss'): void;
  /** The text Prometheus reads. */
  text(): Promise<string>;
  contentType: string;
};

const durationBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

let processRegistry: Registry | undefined;

/** Figures of the process exist once, however many servers it holds. */
function processMetrics(): Registry {
  if (processRegistry === undefined) {
    processRegistry = new Registry();
    collectDefaultMetrics({ register: processRegistry });
  }
  return processRegistry;
}

function watchEvents(registry: Registry, events: Pick<Events, 'lag'>) {
  const gauge = (name: string, help: string, figure: 'pending' | 'parked') =>
    new Gauge({
      name,
      help,
      labelNames: ['subscriber'],
      registers: [registry],
      async collect() {
        this.reset();
        // Without the database this figure is unknown; the others must still be readable.
        const lags = await events.lag().catch(() => []);
        for (const lag of lags) this.set({ subscriber: lag.subscriber }, Number(lag[figure]));
      },
    });
  gauge('lamppost_events_pending', 'Events a subscriber has not handled yet.', 'pending');
  gauge('lamppost_events_parked', 'Events set aside because their subscriber failed on them.', 'parked');
}

/** Opens the counters of one server. */
export function openMetrics(events: Pick<Events, 'lag'> | undefined): Metrics {
  const registry = new Registry();
  const duration = new Histogram({
    name: 'lamppost_http_request_seconds',
    help: 'Time to make and hand over an answer, by route template.',
    labelNames: ['method', 'route', 'status'],
    buckets: durationBuckets,
    registers: [registry],
  });
  const kept = new Counter({
    name: 'lamppost_http_kept_answers_total',
    help: 'Requests answered from kept answers (hit) or made anew (miss).',
    labelNames: ['outcome'],
    registers: [registry],
  });
  if (events !== undefined) watchEvents(registry, events);
  const outcomes = { hit: kept.labels('hit'), miss: kept.labels('miss') };
  return {
    contentType: registry.contentType,
    kept: (outcome) => outcomes[outcome].inc(),
    recorder: (method, route) => {
      const byStatus = new Map<number, Histogram.Internal<'method' | 'route' | 'status'>>();
      return (status, startedAt) => {
        let series = byStatus.get(status);
        if (series === undefined) {
          series = duration.labels(method, route, String(status));
          byStatus.set(status, series);
        }
        series.observe((performance.now() - startedAt) / 1000);
      };
    },
    text: async () => `${await processMetrics().metrics()}\n${await registry.metrics()}`,
  };
}
