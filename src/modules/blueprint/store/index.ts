// The store of the blueprint: reading the edition, loading and reading the register, and new entries.

export { readBlueprint, readBlueprintFiles } from './edition.ts';
export { recordProgress, recordStatus, reviseTarget } from './entries.ts';
export { type LoadResult, loadRegister, type StoreHouse } from './load.ts';
export { dayOf, getRegister, readAsOf, readSystemStates } from './read.ts';
