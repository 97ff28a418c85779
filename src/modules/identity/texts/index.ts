// Everything the texts of identity offer.

export * from './account.ts';
export * from './account-data.ts';
export * from './account-problems.ts';
export * from './account-words.ts';
export * from './desk.ts';
export * from './officer-pages.ts';
export * from './officers.ts';
export * from './people.ts';
export * from './proofing.ts';
export * from './provider-views.ts';
export * from './recovery.ts';
export * from './service-problems.ts';
export * from './service-registry.ts';
export * from './services.ts';
export * from './sign-in.ts';
