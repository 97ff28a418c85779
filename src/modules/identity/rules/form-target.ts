// Where a form may lead in the end: browsers ask that of every step of a chain of redirects.

/**
 * Source of CSP form-action for a form that is answered by a redirect to this origin. Over TLS it is every
 * host with TLS, for the service may lead on to another host of its own.
 */
export const formTargetOf = (origin: string): string => (origin.startsWith('https:') ? 'https:' : origin);
