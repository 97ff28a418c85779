// Everything the protocols of identity offer.
export * from './views/index.ts';
