// Everything the texts of identity offer.
export {};
