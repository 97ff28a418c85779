// Everything the protocols of identity offer.
export {};
