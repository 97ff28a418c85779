// Shapes of events: what is written, what is delivered, and who asks for it.

import type { House } from '../house.ts';

/**
 * Something that happened. `topic` is dotted kebab-case such as `blueprint.status-recorded`; order holds
 * within `key`.
 */
export type NewEvent = { topic: string; key: string; payload: unknown };

/** An event with its number: 1, 2, 3 ... without gaps, in the order of commit within a key. */
export type Event = NewEvent & { sequence: number; occurredAt: Date; id: string };

/**
 * A durable subscriber. `handle` is called at least once for each event, in order within a key, so it must be
 * idempotent (for example by remembering `event.sequence` in the transaction that makes its effect). When it
 * throws, or takes longer than the timeout, the event and the later ones of its key are set aside and tried
 * again with growing pauses; other keys go on. Work that outlives the timeout cannot be stopped from outside
 * and may overlap with the next attempt.
 */
export type Subscription = {
  /** Stable: it is the name under which the position is kept. */
  name: string;
  /** Exact topics, `blueprint.*` for all that begin so, or `*`. */
  topics: string[];
  /** Where a subscriber that was never seen before begins; default `beginning`. */
  from?: 'beginning' | 'now';
  /** Keys handled at the same time; default 8. */
  concurrency?: number;
  /** Default 60. */
  timeoutSeconds?: number;
  handle(event: Event, house: House): Promise<void>;
};

/**
 * How far a subscriber is behind: events after its position (of any topic), and events set aside after
 * failures.
 */
export type Lag = { subscriber: string; pending: number; parked: number };

const topicShape = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/;
const patternShape = /^(\*|[a-z0-9-]+(\.[a-z0-9-]+)*(\.\*)?)$/;

/** Throws for an event that no subscriber could ask for. */
export function checkEvent(event: NewEvent): void {
  if (!topicShape.test(event.topic)) throw new Error(`event topic is not dotted kebab-case: ${event.topic}`);
  if (event.key === '') throw new Error(`event of ${event.topic} has an empty key`);
}

/** Throws for a subscription whose topics could never match. */
export function checkSubscription(subscription: Subscription): void {
  const wrong = subscription.topics.find((topic) => !patternShape.test(topic));
  if (wrong === undefined && subscription.topics.length > 0) return;
  throw new Error(`subscription ${subscription.name} has no usable topic: ${wrong ?? 'none'}`);
}

/** Whether a topic is one of `topics`, patterns included. */
export function matchesTopic(topics: readonly string[], topic: string): boolean {
  return topics.some(
    (one) => one === '*' || one === topic || (one.endsWith('.*') && topic.startsWith(one.slice(0, -1))),
  );
}
