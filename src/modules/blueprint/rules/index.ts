// The pure decisions of the blueprint: what holds for a day, what is overdue, what disagrees.

export * from './as-of.ts';
export * from './asked-day.ts';
export * from './filters.ts';
export * from './indicators.ts';
export * from './milestones.ts';
export * from './overdue-report.ts';
export * from './related.ts';
export { rememberedByDay } from './remembered.ts';
export * from './search-documents.ts';
export * from './summary.ts';
export * from './targets.ts';
export * from './timeline.ts';
export * from './words.ts';
