// The one door to the NATS packages: a JetStream stream of events, which may be out of reach at any time.

import {
  AckPolicy,
  DeliverPolicy,
  type JetStreamClient,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream';
import { connect, type NatsConnection, nanos } from '@nats-io/transport-node';
import type { Log } from '../log.ts';
import { errorCode } from './error-code.ts';
import type { Event } from './event.ts';
import { Signal } from './signal.ts';

export const streamName = 'LAMPPOST_EVENTS';
const subject = 'lamppost.event';
const dayMs = 86_400_000;

/** An event that came over the stream; what is not acknowledged comes again. */
export type StreamMessage = { event: Event; acknowledge(): void };
export type Receiver = { receive(message: StreamMessage): void; down(): void };

/**
 * Events over NATS. `logId` keeps apart the events of databases that share a server by mistake or after a
 * reset.
 */
export class EventStream {
  readonly #options: { url: string; log: Log; logId: string };
  readonly #receivers = new Set<Receiver>();
  readonly #pause = new Signal();
  #connection: NatsConnection | undefined;
  #client: JetStreamClient | undefined;
  #connected = false;
  #closed = false;
  #connecting: Promise<void> | undefined;

  constructor(options: { url: string; log: Log; logId: string }) {
    this.#options = options;
  }

  /** Whether events can be expected over it. */
  get up(): boolean {
    return this.#connected;
  }

  /** Connects in the background, for as long as it takes. */
  open(): void {
    this.#connecting = this.#connect();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#pause.wake();
    await this.#connecting;
    await this.#connection?.close();
  }

  /** Resolves when the stream has stored them all; those too large for it are left to the database. */
  async publish(events: Event[]): Promise<void> {
    const client = this.#client;
    if (!client) throw new Error('not connected');
    await this.#createStream();
    const { logId } = this.#options;
    const largest = this.#connection?.info?.max_payload ?? 1_000_000;
    await Promise.all(
      events.map(async (event) => {
        const body = JSON.stringify({ ...event, logId });
        // Headers count as well.
        if (Buffer.byteLength(body) > largest - 1000) return;
        await client.publish(`${subject}.${event.topic}`, body, { msgID: `${logId}.${event.sequence}` });
      }),
    );
  }

  /** Gives each message to the receiver, over a durable consumer of that name, until closed. */
  consume(name: string, receiver: Receiver): { close(): Promise<void> } {
    this.#receivers.add(receiver);
    const durable = `${name.replace(/[^\w-]/g, '_')}-${this.#options.logId.slice(0, 8)}`;
    let closed = false;
    let end: (() => unknown) | undefined;
    const pause = new Signal();
    const run = async () => {
      while (!closed && !this.#closed) {
        try {
          const messages = await this.#subscribe(durable);
          end = () => messages.stop();
          if (closed) messages.stop();
          for await (const message of messages) {
            const { logId, ...event } = message.json<Event & { logId: string }>();
            if (logId !== this.#options.logId) message.ack();
            else {
              const acknowledge = () => message.ack();
              receiver.receive({ event: { ...event, occurredAt: new Date(event.occurredAt) }, acknowledge });
            }
          }
        } catch (error) {
          this.#options.log.debug('nats-consumer-interrupted', { consumer: name, error: errorCode(error) });
        }
        if (!closed) await pause.wait(500);
      }
    };
    const ended = run();
    return {
      close: async () => {
        closed = true;
        this.#receivers.delete(receiver);
        pause.wake();
        end?.();
        await ended;
      },
    };
  }

  async #subscribe(durable: string) {
    const client = this.#client;
    if (!client || !this.#connected) throw new Error('not connected');
    await this.#createStream();
    const { consumers } = await client.jetstreamManager();
    await consumers.add(streamName, {
      durable_name: durable,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(30_000),
      max_ack_pending: 2000,
    });
    const consumer = await client.consumers.get(streamName, durable);
    return consumer.consume({ max_messages: 500, abort_on_missing_resource: true });
  }

  async #createStream(): Promise<void> {
    const { streams } = await this.#client!.jetstreamManager();
    try {
      await streams.info(streamName);
    } catch {
      // What is older is in the log; two minutes are the time in which a repeated message is known as such.
      const limits = { max_age: nanos(7 * dayMs), duplicate_window: nanos(120_000) };
      await streams.add({ name: streamName, subjects: [`${subject}.>`], ...limits });
    }
  }

  async #connect(): Promise<void> {
    const { url, log } = this.#options;
    while (!this.#closed) {
      try {
        const servers = url.split(',');
        const endless = { maxReconnectAttempts: -1, reconnectTimeWait: 500 };
        this.#connection = await connect({ servers, name: 'lamppost', timeout: 3000, ...endless });
        await jetstreamManager(this.#connection);
        this.#client = jetstream(this.#connection);
        this.#connected = true;
        log.info('nats-connected');
        void this.#watch(this.#connection);
        return;
      } catch (error) {
        log.warn('nats-unreachable', { error: errorCode(error) });
        await this.#connection?.close().catch(() => undefined);
        await this.#pause.wait(1000);
      }
    }
  }

  async #watch(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect' || status.type === 'close') {
        this.#connected = false;
        this.#options.log.warn('nats-disconnected');
        for (const receiver of this.#receivers) receiver.down();
      } else if (status.type === 'reconnect') {
        this.#connected = true;
        this.#options.log.info('nats-connected');
      }
    }
  }
}
