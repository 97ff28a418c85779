// Answers to public GETs kept in memory until what they show has changed.

import { LRUCache } from 'lru-cache';
import { type Clock, calendarDay } from '../clock.ts';
import type { CachePolicy } from '../module.ts';
import type { Revisions } from '../revisions.ts';
import type { Answer } from './answer.ts';

/** How long the answers of one endpoint stay true. */
export type Freshness = { policy: CachePolicy; modules: readonly string[] };

type Entry = {
  answer: Answer;
  freshness: Freshness;
  revisions: readonly number[];
  day: string;
  expiresAt: number;
};
/** The address as it was sent, so that a repeated request is neither parsed nor checked again. */
type Alias = { key: string };

export type KeptOptions = {
  revisions: Pick<Revisions, 'of'>;
  clock: Clock;
  timeZone: string;
  maxBytes: number;
};

export type Kept = {
  /** The fresh answer to an address exactly as sent, if it is kept. */
  atAddress(address: string): Answer | undefined;
  /** The kept answer under a key, or a new one; identical requests at the same moment share the work. */
  answerFor(key: string, freshness: Freshness, make: () => Promise<Answer>): Promise<Answer>;
  /** Remembers that an address as sent means this key. */
  alias(address: string, key: string): void;
  /** The city's calendar day. */
  today(): string;
};

const minuteMs = 60_000;
/** Bookkeeping of one entry, beyond its text. */
const entryBytes = 300;
/** One answer may not push out more than this share of the others. */
const largestShare = 0.25;

/** The city's calendar day, worked out at most once a minute: no zone changes its offset within one. */
export function dayKeeper(clock: Clock, timeZone: string): () => string {
  let minute = Number.NaN;
  let day = '';
  return () => {
    const now = clock.now();
    const current = Math.floor(now.getTime() / minuteMs);
    if (current !== minute) {
      day = calendarDay(now, timeZone);
      minute = current;
    }
    return day;
  };
}

/** Opens the memory of answers. */
export function openKept({ revisions, clock, timeZone, maxBytes }: KeptOptions): Kept {
  const memory = new LRUCache<string, Entry | Alias>({
    maxSize: maxBytes,
    maxEntrySize: Math.floor(maxBytes * largestShare),
    sizeCalculation: (value, name) =>
      entryBytes + 2 * name.length + ('answer' in value ? value.answer.bytes : 2 * value.key.length),
  });
  const making = new Map<string, { stamp: string; promise: Promise<Answer> }>();
  const today = dayKeeper(clock, timeZone);

  const isFresh = ({ freshness, revisions: seen, day, expiresAt }: Entry): boolean => {
    if (freshness.policy !== 'change') return clock.now().getTime() < expiresAt;
    const { modules } = freshness;
    for (let at = 0; at < modules.length; at += 1) {
      if (revisions.of(modules[at] as string) !== seen[at]) return false;
    }
    return day === today();
  };

  const find = (key: string): Answer | undefined => {
    const entry = memory.get(key);
    return entry !== undefined && 'answer' in entry && isFresh(entry) ? entry.answer : undefined;
  };

  const make = async (key: string, freshness: Freshness, produce: () => Promise<Answer>) => {
    const { policy, modules } = freshness;
    // Read before the work starts: a change that arrives while it runs makes the result old at once.
    const seen = modules.map((module) => revisions.of(module));
    const day = today();
    const stamp = `${day} ${seen.join(' ')}`;
    const running = making.get(key);
    if (running?.stamp === stamp) return running.promise;
    const seconds = typeof policy === 'object' ? policy.seconds : 0;
    const promise = produce().then((answer) => {
      const expiresAt = clock.now().getTime() + seconds * 1000;
      if (answer.status === 200) memory.set(key, { answer, freshness, revisions: seen, day, expiresAt });
      return answer;
    });
    making.set(key, { stamp, promise });
    const forget = () => {
      if (making.get(key)?.promise === promise) making.delete(key);
    };
    promise.then(forget, forget);
    return promise;
  };

  return {
    today,
    atAddress: (address) => {
      const alias = memory.get(`@${address}`);
      return alias !== undefined && 'key' in alias ? find(alias.key) : undefined;
    },
    answerFor: async (key, freshness, produce) => find(key) ?? make(key, freshness, produce),
    alias: (address, key) => void memory.set(`@${address}`, { key }),
  };
}
