// Everything the rules of identity offer.

export * from './acr.ts';
export * from './agent.ts';
export * from './attempts.ts';
export * from './bearer-values.ts';
export * from './codes.ts';
export * from './device-key.ts';
export * from './edition.ts';
export * from './form-target.ts';
export * from './local-time.ts';
export * from './officers.ts';
export * from './policies.ts';
export * from './protection.ts';
export * from './recovery.ts';
export * from './scopes.ts';
export * from './sealing.ts';
export * from './spoken-codes.ts';
export * from './verified-claims.ts';
