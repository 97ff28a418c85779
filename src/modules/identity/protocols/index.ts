// Everything the protocols of identity offer.

export * from './authentication.ts';
export * from './passkeys.ts';
export * from './proofing.ts';
export * from './provider/index.ts';
export * from './relying-party.ts';
export * from './sign-in.ts';
export * from './views/index.ts';
