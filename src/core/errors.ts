// The eight kinds of error, each with a stable code, a public message and a detail that only the log sees.

import type { Text } from './texts.ts';

/** What went wrong, seen from outside; each kind has one HTTP status (RFC 9110). */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-many'
  | 'unavailable'
  | 'bug';

export const statusOf: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-many': 429,
  unavailable: 503,
  bug: 500,
};

/**
 * One field of the input and what is wrong with it. `field` is a path such as `asOf` or `targets.0.value`.
 */
export type FieldProblem = { field: string; message: Text };

export type ErrorOptions = {
  /** Fields at fault, in the order in which they were found. */
  fields?: FieldProblem[];
  /** For the log only; never shown. */
  detail?: unknown;
  /** Overrides the status of the kind where HTTP has a more exact one (405, 413, 415). */
  status?: number;
  /** Response headers such as `Retry-After`. */
  headers?: Record<string, string>;
};

/** The one error class that crosses rooms. Anything else that is thrown is a `bug`. */
export class LamppostError extends Error {
  override readonly name = 'LamppostError';
  readonly kind: ErrorKind;
  /** Stable machine-readable code, kebab-case, e.g. `unknown-initiative`. */
  readonly code: string;
  /** What the person or program is told. */
  readonly publicMessage: Text;
  readonly fields: FieldProblem[];
  readonly detail: unknown;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(kind: ErrorKind, code: string, publicMessage: Text, options: ErrorOptions = {}) {
    super(`${code}: ${publicMessage.en}`);
    this.kind = kind;
    this.code = code;
    this.publicMessage = publicMessage;
    this.fields = options.fields ?? [];
    this.detail = options.detail;
    this.status = options.status ?? statusOf[kind];
    this.headers = options.headers ?? {};
  }
}

/** Input that cannot be accepted; name the fields. */
export const invalid = (code: string, message: Text, options?: ErrorOptions) =>
  new LamppostError('invalid', code, message, options);

/** Something asked for by name that is not there. */
export const notFound = (code: string, message: Text, options?: ErrorOptions) =>
  new LamppostError('not-found', code, message, options);

/** The input is well formed but contradicts what is already recorded. */
export const conflict = (code: string, message: Text, options?: ErrorOptions) =>
  new LamppostError('conflict', code, message, options);
