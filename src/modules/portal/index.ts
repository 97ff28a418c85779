// The door of the portal: home, search, data pages and the frame of links around every page.

import { type Frame as CoreFrame, devReloadHref, type Layout } from '../../core/http/index.ts';
import type { Module, View } from '../../core/module.ts';
import { say, type Text } from '../../core/texts.ts';
import { layout } from '../../ui/index.ts';
import { pages } from './pages/index.ts';
import { routes } from './routes.ts';
import { problems, texts } from './texts.ts';

const ownPages: { path: string; title: Text }[] = [
  { path: '/data', title: texts.data },
  { path: '/api', title: texts.reference },
  { path: '/accessibility', title: texts.accessibility },
];

/** The site's front: it gathers what the other modules bring and owns no data. */
export const portal: Module = {
  name: 'portal',
  routes,
  pages,
  problems,
  menu: [{ label: texts.data, path: '/data', order: 90 }],
  footLinks: [
    { label: texts.data, path: '/data', order: 10 },
    { label: texts.accessibility, path: '/accessibility', order: 80 },
    { label: texts.style, path: '/style', order: 90 },
  ],
  enabled: () => true,
  async searchDocuments() {
    return ownPages.map(({ path, title }) => ({
      id: path.slice(1),
      kind: { en: 'Page', tc: '網頁' },
      title,
      body: path === '/accessibility' ? texts.accessibilityLede : texts.dataLede,
      path,
    }));
  },
  async sitemap() {
    return [{ path: '/' }, ...ownPages.map(({ path }) => ({ path }))];
  },
};

/** The breadcrumbs of a page and the page itself, as schema.org lists them for search engines. */
function trailOf({ breadcrumbs = [], title }: View, { origin, language, path, status }: CoreFrame) {
  if (breadcrumbs.length === 0 || status >= 400) return [];
  const steps = [...breadcrumbs, { label: title, href: `/${language}${path}` }];
  const itemListElement = steps.map(({ label, href }, index) => ({
    '@type': 'ListItem',
    position: index + 1,
    name: label,
    item: origin + href,
  }));
  return [{ '@context': 'https://schema.org', '@type': 'BreadcrumbList', itemListElement }];
}

/** The layout of the ui with the links at the foot of every page of a site made of these modules. */
export const siteLayout =
  (modules: Module[]): Layout =>
  (view, frame: CoreFrame) => {
    const scripts = frame.dev ? { scripts: [...(view.scripts ?? []), devReloadHref] } : {};
    const links = modules.flatMap((module) => module.footLinks ?? []).sort((a, b) => a.order - b.order);
    return layout(
      { ...view, ...scripts, structuredData: [...(view.structuredData ?? []), ...trailOf(view, frame)] },
      {
        ...frame,
        footer: links.map(({ label, path }) => ({
          label: say(label, frame.language),
          href: `/${frame.language}${path}`,
        })),
        about: say(texts.notOfficial, frame.language),
      },
    );
  };
