// The door of the ui: the document, the page for errors, styles, and every component, form and chart.

export * from './charts/index.ts';
export * from './components/index.ts';
export { errorView } from './error-view.tsx';
export { formatCompact, formatDate, formatNumber, formatShare, formatShortDate } from './format.ts';
export * from './forms/index.ts';
export { type Frame, layout } from './layout.tsx';
export { StylePage } from './style-page.tsx';
export { type Asset, assets, styles } from './styles.ts';
export { colon, word } from './texts.ts';
