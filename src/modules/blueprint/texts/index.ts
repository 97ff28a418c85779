// Words of the blueprint pages.

export { phrases } from './phrases.ts';
export { problems } from './problems.ts';
export { basisOf, readingRules } from './reading.ts';
export { texts } from './words.ts';
