// Everything the store of identity offer.
export {};
