// Every visible thing that is neither form nor chart.

export * from './bars.tsx';
export * from './disclosure.tsx';
export * from './facts.tsx';
export * from './figure.tsx';
export * from './links.tsx';
export * from './notice.tsx';
export * from './page.tsx';
export * from './pagination.tsx';
export * from './search-results.tsx';
export * from './source.tsx';
export * from './status.tsx';
export * from './table.tsx';
export * from './timeline.tsx';
