// The pages for those who build on the data: downloads, feeds, and the readable reference of the interface.

import { openApi } from '../../../core/http/index.ts';
import { type DataLink, page, type View } from '../../../core/module.ts';
import { type Language, say, type Text } from '../../../core/texts.ts';
import { type Column, DataTable, Disclosure, LinkList, PageHeader, Section } from '../../../ui/index.ts';
import { texts } from '../texts.ts';

export const dataPage = page({
  path: '/data',
  audience: 'public',
  cache: 'change',
  async render({ house, language, origin }) {
    const links = house.modules.flatMap((module) => module.dataLinks ?? []);
    const about = { name: house.edition.siteName, description: house.edition.description };
    return { ...dataView(language, links), structuredData: [datasetOf(about, links, { language, origin })] };
  },
});

type About = { name: Text; description: Text };

/** All downloads together, as schema.org describes data to search engines. */
const datasetOf = (
  { name, description }: About,
  links: DataLink[],
  { language, origin }: { language: Language; origin: string },
) => ({
  '@context': 'https://schema.org',
  '@type': 'Dataset',
  name: `${say(name, language)}: ${say(texts.data, language)}`,
  description: say(description, language),
  url: `${origin}/${language}/data`,
  license: 'https://www.apache.org/licenses/LICENSE-2.0',
  isAccessibleForFree: true,
  distribution: links
    .filter(({ kind }) => kind === 'download')
    .map(({ label, href }) => ({
      '@type': 'DataDownload',
      name: say(label, language),
      contentUrl: origin + href(language),
      encodingFormat: href(language).endsWith('.csv') ? 'text/csv' : 'application/json',
    })),
});

export const apiPage = page({
  path: '/api',
  audience: 'public',
  cache: 'change',
  async render({ house, language }) {
    return apiView(language, openApi(house.modules, house.edition) as unknown as Description);
  },
});

function dataView(language: Language, links: DataLink[]): View {
  const t = (text: Text) => say(text, language);
  const ofKind = (wanted: DataLink['kind']) =>
    links
      .filter(({ kind }) => kind === wanted)
      .map(({ label, href }) => ({ label: t(label), href: href(language) }));
  const [downloads, feeds] = [ofKind('download'), ofKind('feed')];
  return {
    title: t(texts.data),
    description: t(texts.dataLede),
    alternates: feeds.map(({ label, href }) => ({ type: 'application/atom+xml', href, title: label })),
    main: (
      <>
        <PageHeader kicker={t(texts.data)} title={t(texts.dataTitle)} lede={t(texts.dataLede)} />
        {downloads.length > 0 ? (
          <Section id="downloads" title={t(texts.downloads)}>
            <LinkList items={downloads} />
          </Section>
        ) : null}
        {feeds.length > 0 ? (
          <Section id="feeds" title={t(texts.feeds)} note={t(texts.feedsNote)}>
            <LinkList items={feeds} />
          </Section>
        ) : null}
        <Section id="interface" title={t(texts.programmingInterface)}>
          <LinkList
            items={[
              { label: t(texts.reference), href: `/${language}/api`, note: t(texts.referenceNote) },
              { label: t(texts.openApi), href: '/api/openapi.json', note: t(texts.openApiNote) },
            ]}
          />
        </Section>
        <Section id="permalinks" title={t(texts.permalinks)}>
          <p>{t(texts.permalinksText)}</p>
        </Section>
        <Section id="terms" title={t(texts.terms)}>
          <p>{t(texts.termsText)}</p>
        </Section>
      </>
    ),
  };
}

/** As much of an OpenAPI 3.1 description as the reference reads. */
type Parameter = {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Record<string, unknown>;
};
type Operation = {
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  responses?: Record<string, { description?: string; content?: Record<string, unknown> }>;
};
type Description = { paths: Record<string, Record<string, Operation>> };

type Endpoint = { method: string; path: string; operation: Operation };

function endpointsByTag(description: Description): [string, Endpoint[]][] {
  const groups = new Map<string, Endpoint[]>();
  for (const [path, operations] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const tag = operation.tags?.[0] ?? 'house';
      groups.set(tag, [...(groups.get(tag) ?? []), { method: method.toUpperCase(), path, operation }]);
    }
  }
  return [...groups];
}

/** `string`, `integer 1 to 100`, `one of a, b`. */
function shapeOf(schema: Record<string, unknown> | undefined): string {
  if (!schema) return '';
  const { type, enum: choices, minimum, maximum, pattern, format, default: standard } = schema;
  const words = [
    Array.isArray(choices) ? `one of ${choices.join(', ')}` : String(type ?? 'any'),
    format ? String(format) : '',
    minimum !== undefined || maximum !== undefined ? `${minimum ?? ''} to ${maximum ?? ''}` : '',
    pattern ? `like ${pattern}` : '',
    standard !== undefined ? `default ${String(standard) || '""'}` : '',
  ];
  return words.filter(Boolean).join(', ');
}

const anchor = ({ method, path }: Endpoint) =>
  `${method}-${path}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

function EndpointView({ language, endpoint }: { language: Language; endpoint: Endpoint }) {
  const t = (text: Text) => say(text, language);
  const { operation } = endpoint;
  const columns: Column<Parameter>[] = [
    { key: 'name', header: t(texts.parameter), rowHeader: true, render: (one) => <code>{one.name}</code> },
    { key: 'in', header: t(texts.place), render: (one) => one.in },
    {
      key: 'meaning',
      header: t(texts.meaning),
      render: (one) => (
        <>
          <span lang="en">{one.description ?? ''}</span> {one.required ? `(${t(texts.required)})` : ''}
        </>
      ),
    },
    { key: 'shape', header: t(texts.shape), render: (one) => <code>{shapeOf(one.schema)}</code> },
  ];
  const answers = Object.entries(operation.responses ?? {});
  return (
    <div class="endpoint" id={anchor(endpoint)}>
      <h3>
        <code>
          {endpoint.method} {endpoint.path}
        </code>
      </h3>
      <p lang="en">{operation.summary}</p>
      {operation.description ? (
        <p class="quiet small" lang="en">
          {operation.description}
        </p>
      ) : null}
      {operation.parameters && operation.parameters.length > 0 ? (
        <DataTable
          caption={t(texts.parameters)}
          language={language}
          rows={operation.parameters}
          columns={columns}
        />
      ) : null}
      <Disclosure summary={t(texts.answers)}>
        <ul lang="en">
          {answers.map(([status, answer]) => (
            <li>
              <code>{status}</code> {answer.description}{' '}
              <span class="quiet">{Object.keys(answer.content ?? {}).join(', ')}</span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </div>
  );
}

function apiView(language: Language, description: Description): View {
  const t = (text: Text) => say(text, language);
  return {
    title: t(texts.reference),
    description: t(texts.referenceLede),
    breadcrumbs: [{ label: t(texts.data), href: `/${language}/data` }],
    main: (
      <>
        <PageHeader
          kicker={t(texts.programmingInterface)}
          title={t(texts.reference)}
          lede={t(texts.referenceLede)}
          meta={<a href="/api/openapi.json">{t(texts.openApi)}</a>}
        />
        {endpointsByTag(description).map(([tag, endpoints]) => (
          <Section
            id={`tag-${tag}`}
            title={tag}
            margin={
              <LinkList
                items={endpoints.map((endpoint) => ({
                  label: endpoint.operation.summary ?? endpoint.path,
                  href: `#${anchor(endpoint)}`,
                }))}
              />
            }
          >
            {endpoints.map((endpoint) => (
              <EndpointView language={language} endpoint={endpoint} />
            ))}
          </Section>
        ))}
      </>
    ),
  };
}
