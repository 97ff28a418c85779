// How much of the house one client may use: sizes, times and requests.

/** Sizes in bytes or characters, times in milliseconds. */
export type Limits = {
  /** Requests a minute from one address; 0 is no limit. */
  requestsPerMinute: number;
  bodyBytes: number;
  urlLength: number;
  pathParameterLength: number;
  /** To receive the head of a request, and the whole of it. */
  headMs: number;
  requestMs: number;
  /** For a handler to make its answer. */
  handlerMs: number;
  /** An idle connection is kept this long. */
  idleMs: number;
  /** For requests in flight when the house stops. */
  farewellMs: number;
  /** Memory for kept answers. */
  keptBytes: number;
};

/** Enough for people and their programs, little for abuse. */
export const defaultLimits: Limits = {
  requestsPerMinute: 600,
  bodyBytes: 1024 * 1024,
  urlLength: 4096,
  pathParameterLength: 200,
  headMs: 15_000,
  requestMs: 30_000,
  handlerMs: 20_000,
  idleMs: 72_000,
  farewellMs: 10_000,
  keptBytes: 64 * 1024 * 1024,
};
