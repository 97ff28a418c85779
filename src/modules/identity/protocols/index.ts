// Everything the protocols of identity offer.

export * from './passkeys.ts';
export * from './views/index.ts';
