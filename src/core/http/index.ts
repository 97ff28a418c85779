// The door of the web server: build it, describe it, fuzz it.

export { parseCookies } from './asking.ts';
export { devReloadHref } from './dev-reload.ts';
export { problemTitles } from './failing.ts';
export { openReader } from './input.ts';
export { preferredLanguage } from './languages.ts';
export { defaultLimits, type Limits } from './limits.ts';
export { openApi } from './openapi.ts';
export { addressOf } from './page-document.ts';
export { securityHeaders } from './security.ts';
export { createServer, type Server, type ServerOptions } from './server.ts';
export type { Asset, ErrorView, Frame, Layout } from './site.ts';
