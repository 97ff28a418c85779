// How a sign-in is called (acr), and whether it is what was asked for (OpenID Connect Core 1.0, 5.5.1.1).

import { type Acr, acrValues } from '../schema.ts';

/** Whether one way of signing in is at least as good as another: `phrh` is also `phr`. */
export const satisfies = (own: string | undefined, asked: string): boolean =>
  own === asked || (own === 'phrh' && asked === 'phr');

const isAcr = (value: unknown): value is Acr => (acrValues as readonly unknown[]).includes(value);

/** What was asked for by the request's claim `acr`, in its order. */
export function askedAcr(claim: unknown): string[] {
  const { value, values } = (claim ?? {}) as { value?: unknown; values?: unknown };
  const all = [value, ...(Array.isArray(values) ? values : [])];
  return all.filter((one): one is string => typeof one === 'string');
}

/** What the response says: the first value asked for that is satisfied, else what it is. */
export const acrFor = (own: string | undefined, claim: unknown): string | undefined =>
  askedAcr(claim).find((asked) => isAcr(asked) && satisfies(own, asked)) ?? own;

export type AcrWish = { values: Acr[]; essential: boolean };

/** What an authorization request asks of the sign-in; undefined when it asks nothing we know. */
export function acrWish(params: { acr_values?: unknown; claims?: unknown }): AcrWish | undefined {
  const claim = claimOf(params.claims);
  const essential = (claim as { essential?: unknown } | undefined)?.essential === true;
  const spoken = typeof params.acr_values === 'string' ? params.acr_values.split(' ') : [];
  const asked = [...askedAcr(claim), ...spoken];
  if (asked.length === 0) return undefined;
  return { values: [...new Set(asked.filter(isAcr))], essential };
}

function claimOf(claims: unknown): unknown {
  if (typeof claims !== 'string') return undefined;
  try {
    return (JSON.parse(claims) as { id_token?: { acr?: unknown } } | null)?.id_token?.acr;
  } catch {
    return undefined;
  }
}
