// Structured log: one JSON object a line on stdout, short plain lines on a terminal, never personal data.

import { LamppostError } from './errors.ts';

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export type LogFields = Record<string, unknown>;

export type Log = {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** True when lines of this level are written: lets a hot path skip the work of making one. */
  writes(level: Exclude<LogLevel, 'silent'>): boolean;
  /** The same log with fields that every line repeats. */
  with(fields: LogFields): Log;
};

export type LogOptions = {
  level?: LogLevel;
  /** Plain short lines for a person; default: when stdout is a terminal. */
  plain?: boolean;
  /** Where a line goes, without its line end. */
  write?: (line: string) => void;
  now?: () => Date;
};

const longestStack = 4000;

type ServerError = Error & { code: string; table?: string; constraint?: string; routine?: string };

/**
 * An error that PostgreSQL sent: its message, detail and where repeat what people entered, as in
 * `Key (email)=(...) already exists`. Codes of Node such as EPERM look alike, but have an errno.
 */
function isServerError(error: Error): error is ServerError {
  const { code, errno } = error as Error & { code?: unknown; errno?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && errno === undefined;
}

/** Where it happened, without the message that a stack begins with. */
const framesOf = (error: Error): string =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

/** An error in words the log can hold: name, message, code, stack and causes. */
function describeError(error: Error, depth = 0): LogFields {
  const { code, cause } = error as Error & { code?: unknown };
  const causes = cause instanceof Error && depth < 3 ? { cause: describeError(cause, depth + 1) } : {};
  if (isServerError(error)) {
    const { name, table, constraint, routine } = error;
    return {
      name,
      code,
      table,
      constraint,
      routine,
      stack: framesOf(error).slice(0, longestStack),
      ...causes,
    };
  }
  return {
    name: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    // Only our own error says of its detail that it may be logged.
    ...(error instanceof LamppostError && error.detail !== undefined
      ? { detail: plainValue(error.detail, depth + 1) }
      : {}),
    stack: error.stack?.slice(0, longestStack),
    ...causes,
  };
}

function plainValue(value: unknown, depth = 0): unknown {
  if (value instanceof Error) return depth > 3 ? value.name : describeError(value, depth);
  if (typeof value === 'bigint') return value.toString();
  return value;
}

function jsonLine(fields: LogFields): string {
  try {
    return JSON.stringify(fields, (_name, value: unknown) => plainValue(value));
  } catch {
    // A field refers to itself: the words are worth more than the field.
    const { time, level, message } = fields;
    return JSON.stringify({ time, level, message, fields: 'could not be written' });
  }
}

function plainError(error: Error): string {
  if (!isServerError(error)) return error.stack ?? error.message;
  const { code, table, constraint, routine } = error;
  const where = [table, constraint, routine].filter((word) => word !== undefined);
  return `PostgreSQL ${[code, ...where].join(' ')}\n${framesOf(error)}`;
}

function plainLine({ time, level, message, ...fields }: LogFields): string {
  const { error, ...rest } = fields;
  const pairs = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : jsonLine({ value }).slice(9, -1)}`,
  );
  const trouble = error instanceof Error ? `\n${plainError(error)}` : '';
  return [String(time).slice(11, 19), String(level).padEnd(5), message, ...pairs].join(' ') + trouble;
}

/** Opens a log; without options it writes from `info` upwards to stdout. */
export function openLog(options: LogOptions = {}, fixed: LogFields = {}): Log {
  const lowest = logLevels.indexOf(options.level ?? 'info');
  const plain = options.plain ?? process.stdout.isTTY === true;
  const write = options.write ?? ((line: string) => void process.stdout.write(`${line}\n`));
  const now = options.now ?? (() => new Date());
  const writes = (level: LogLevel) => logLevels.indexOf(level) >= lowest;
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (!writes(level)) return;
      const line = { time: now().toISOString(), level, message, ...fixed, ...fields };
      write(plain ? plainLine(line) : jsonLine(line));
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    writes,
    with: (fields) => openLog(options, { ...fixed, ...fields }),
  };
}

/** A log that writes nothing, for tests and tools. */
export const silentLog: Log = openLog({ level: 'silent' });
