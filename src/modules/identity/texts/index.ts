// Everything the texts of identity offer.
export * from './provider-views.ts';
export * from './recovery.ts';
export * from './sign-in.ts';
