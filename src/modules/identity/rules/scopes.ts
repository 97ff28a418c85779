// What a scope tells a service of a person (OpenID Connect Core 1.0, section 5.4).

/** Claims by scope. */
export const claimsOfScope = {
  profile: ['name', 'locale'],
  assurance: ['assurance', 'verified_at'],
};

/** The claims that a service is told by these scopes, and by name. */
export function claimsTold({ scopes, claims }: { scopes: string[]; claims: string[] }): string[] {
  const byScope = Object.entries(claimsOfScope).filter(([scope]) => scopes.includes(scope));
  return [...new Set([...claims, ...byScope.flatMap(([, told]) => told)])].sort();
}
