// A short code of any error for the log and the database: never its message, which may hold personal data.

/** The error's own code where it has a proper one, its class name otherwise. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'not-an-error';
  const code: unknown = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^[\w-]{1,60}$/.test(code) ? code : error.name.slice(0, 60);
}
