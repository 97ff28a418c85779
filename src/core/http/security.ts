// Headers that every answer carries so that a browser trusts it with as little as possible.

const contentPolicyFor = (formTargets: readonly string[]) =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    ["form-action 'self'", ...formTargets].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const contentPolicy = contentPolicyFor([]);

/** Pages may use the house's own styles and scripts; every other answer may use nothing at all. */
const closedPolicy = "default-src 'none'; frame-ancestors 'none'";

export type HeaderKind = 'page' | 'public-data' | 'other';

/** Two years, as the browsers' preload lists ask. */
const strictTransport = 'max-age=63072000; includeSubDomains';

/** Security headers as a flat list of names and values. `origin` decides whether HTTPS is promised. */
export function securityHeaders(
  kind: HeaderKind,
  origin: string,
  formTargets: readonly string[] = [],
): string[] {
  const pagePolicy = formTargets.length === 0 ? contentPolicy : contentPolicyFor(formTargets);
  return [
    'Content-Security-Policy',
    kind === 'page' ? pagePolicy : closedPolicy,
    'X-Content-Type-Options',
    'nosniff',
    'Referrer-Policy',
    'strict-origin-when-cross-origin',
    'Permissions-Policy',
    'camera=(), geolocation=(self), microphone=(), payment=(), usb=()',
    'Cross-Origin-Opener-Policy',
    'same-origin',
    'Cross-Origin-Resource-Policy',
    kind === 'public-data' ? 'cross-origin' : 'same-origin',
    ...(kind === 'public-data'
      ? [
          'Access-Control-Allow-Origin',
          '*',
          'Access-Control-Expose-Headers',
          'ETag, Retry-After, X-Request-Id',
        ]
      : []),
    ...(origin.startsWith('https://') ? ['Strict-Transport-Security', strictTransport] : []),
  ];
}
