// The HTML document around every page: head, masthead, breadcrumbs, main part, foot.

import type { VNode } from 'preact';
import { rememberedPart } from '../core/markup.ts';
import type { View } from '../core/module.ts';
import { type Language, languageTag } from '../core/texts.ts';
import { Breadcrumbs, type Link } from './components/links.tsx';
import { formatDate } from './format.ts';
import { SearchForm } from './forms/search-form.tsx';
import { iconHref } from './styles.ts';
import { word } from './texts.ts';

/** What the document needs to know beside the view itself. */
export type Frame = {
  language: Language;
  /** Without the language, e.g. `/initiatives/MOB-01`. */
  path: string;
  /** Query string with `?`, or empty. */
  search: string;
  /** `https://city.example`, without a slash at the end. */
  origin: string;
  siteName: string;
  menu: { label: string; href: string; current: boolean }[];
  languages: { language: Language; label: string; tag: string; href: string; current: boolean }[];
  /** Address of the style sheet. */
  styleHref: string;
  /** The city's calendar day, `YYYY-MM-DD`. */
  day: string;
  dev: boolean;
  status: number;
  /** Links of the foot: data and API, sources, accessibility, licence. */
  footer?: Link[];
  /** What the site says of itself at its foot. */
  about?: string;
};

/** The whole `<html>` element; the server puts the doctype before it. */
export function layout(view: View, frame: Frame): VNode {
  return (
    <html lang={languageTag[frame.language]}>
      <Head view={view} frame={frame} />
      <body>
        <a class="skip" href="#content">
          {word('skip', frame.language)}
        </a>
        <Masthead {...frame} />
        {view.breadcrumbs && view.breadcrumbs.length > 0 ? (
          <div class="frame">
            <Breadcrumbs items={view.breadcrumbs} language={frame.language} />
          </div>
        ) : null}
        <main class="frame" id="content" tabindex={-1}>
          {view.main}
        </main>
        <Foot {...frame} />
      </body>
    </html>
  );
}

/** What owns the parts that depend on no data. */
const onEveryPage = {};

const Looks = ({ styleHref }: { styleHref: string }) => (
  <>
    <link rel="stylesheet" href={styleHref} />
    <link rel="icon" href={iconHref} type="image/svg+xml" />
    <meta name="color-scheme" content="light dark" />
    <meta name="theme-color" content="#fdfcf9" media="(prefers-color-scheme: light)" />
    <meta name="theme-color" content="#0a1420" media="(prefers-color-scheme: dark)" />
  </>
);

/** `Page - Site`, or the site alone on its home page. */
const documentTitle = (title: string, siteName: string): string =>
  title === siteName ? siteName : `${title} - ${siteName}`;

const withoutQuery = (href: string): string => href.split('?', 1)[0] ?? href;

function Head({ view, frame }: { view: View; frame: Frame }) {
  const current = frame.languages.find((item) => item.current);
  const fallback = frame.languages[0];
  const address = frame.origin + withoutQuery(current?.href ?? frame.path);
  const title = documentTitle(view.title, frame.siteName);
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      {rememberedPart(onEveryPage, frame.styleHref, () => (
        <Looks styleHref={frame.styleHref} />
      ))}
      {view.description ? <meta name="description" content={view.description} /> : null}
      {view.noIndex || frame.status >= 400 ? <meta name="robots" content="noindex" /> : null}
      <meta property="og:title" content={title} />
      <meta property="og:site_name" content={frame.siteName} />
      <meta property="og:type" content="website" />
      {view.description ? <meta property="og:description" content={view.description} /> : null}
      {frame.status < 400 ? <link rel="canonical" href={address} /> : null}
      {frame.status < 400
        ? frame.languages.map((item) => (
            <link rel="alternate" hreflang={item.tag} href={frame.origin + withoutQuery(item.href)} />
          ))
        : null}
      {frame.status < 400 && fallback ? (
        <link rel="alternate" hreflang="x-default" href={frame.origin + withoutQuery(fallback.href)} />
      ) : null}
      {view.alternates?.map((item) => (
        <link rel="alternate" type={item.type} href={item.href} title={item.title} />
      ))}
      {view.structuredData?.map((data) => (
        <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: escapeJson(data) }} />
      ))}
      {view.scripts?.map((source) => (
        <script type="module" src={source} />
      ))}
    </head>
  );
}

/** JSON that cannot close the element it stands in. */
export const escapeJson = (data: unknown): string =>
  JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

/** The mark of the house: a lamp on its post. */
export const LampMark = () => (
  <svg viewBox="0 0 18 24" aria-hidden="true">
    <path class="lamp-post" d="M4 23V7q0-4 4-4h4" />
    <circle class="lamp-light" cx="12.5" cy="8.5" r="4" />
  </svg>
);

const MarkAndSearch = ({ language, siteName }: Pick<Frame, 'language' | 'siteName'>) => (
  <>
    <a class="site-mark" href={`/${language}`}>
      <LampMark />
      {siteName}
    </a>
    <SearchForm id="site-search" action={`/${language}/search`} language={language} small />
  </>
);

function Masthead({ language, siteName, menu, languages, day, path }: Frame) {
  return (
    <header class="masthead">
      <div class="frame">
        {rememberedPart(onEveryPage, `mark ${language} ${siteName}`, () => (
          <MarkAndSearch language={language} siteName={siteName} />
        ))}
        <nav class="languages" aria-label={word('languages', language)}>
          {languages.map((item) =>
            item.current ? (
              <span lang={item.tag} aria-current="true">
                {item.label}
              </span>
            ) : (
              <a href={item.href} lang={item.tag} hreflang={item.tag}>
                {item.label}
              </a>
            ),
          )}
        </nav>
        <p class="dateline">
          <time datetime={day}>{formatDate(day, language)}</time>
        </p>
        {menu.length > 0
          ? rememberedPart(menu, currentPage(menu, path), () => (
              <Menu menu={menu} language={language} path={path} />
            ))
          : null}
      </div>
    </header>
  );
}

/** `page` for the page itself, `true` for the part of the site it belongs to. */
const currency = (item: Frame['menu'][number], path: string) =>
  item.current ? (item.href.endsWith(path) ? 'page' : 'true') : undefined;

/** Address of the entry that is the page itself; empty when the page is only below one. */
const currentPage = (menu: Frame['menu'], path: string): string =>
  menu.find((item) => currency(item, path) === 'page')?.href ?? '';

const Menu = ({ menu, language, path }: Pick<Frame, 'menu' | 'language' | 'path'>) => (
  <nav class="menu" aria-label={word('mainMenu', language)}>
    <details>
      <summary>{word('menu', language)}</summary>
      <ul>
        {menu.map((item) => (
          <li>
            <a href={item.href} aria-current={currency(item, path)}>
              {item.label}
            </a>
          </li>
        ))}
      </ul>
    </details>
  </nav>
);

function Foot(frame: Frame) {
  const { language, siteName, footer = [], about = '' } = frame;
  const links = footer.map(({ label, href }) => `${label} ${href}`).join(' ');
  return rememberedPart(onEveryPage, `foot ${language} ${siteName} ${about} ${links}`, () => (
    <FootOf {...frame} />
  ));
}

function FootOf({ language, siteName, footer = [], about }: Frame) {
  return (
    <footer class="foot">
      <div class="frame">
        <p>{siteName}</p>
        <div class="foot-body">
          {footer.length > 0 ? (
            <nav aria-label={word('footLinks', language)}>
              <ul>
                {footer.map((item) => (
                  <li>
                    <a href={item.href}>{item.label}</a>
                  </li>
                ))}
              </ul>
            </nav>
          ) : null}
          {about ? <p>{about}</p> : null}
          <p>{word('licence', language)}</p>
        </div>
      </div>
    </footer>
  );
}
