// The shapes of the blueprint: edition files, the register in memory, and what officers hand in.

export * from './data.ts';
export * from './entries.ts';
export * from './figures.ts';
export * from './files.ts';
export * from './parse.ts';
export * from './register.ts';
export * from './written-date.ts';
