// Everything the rules of identity offer.
export {};
