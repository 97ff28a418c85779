// Charts drawn on the server as SVG.

export * from './bar-chart.tsx';
export * from './dot-chart.tsx';
export * from './line-chart.tsx';
export type { Qualifier } from './parts.tsx';
export * from './stacked-bars.tsx';
export * from './timeline-chart.tsx';
