// The API as a short page, from its OpenAPI description.

type Operation = { summary?: string; tags?: string[] };
export type OpenApi = { paths?: Record<string, Record<string, Operation>> };

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

type Row = { tag: string; line: string };

function rowsOf(document: OpenApi): Row[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method])
      .map((method) => {
        const operation = item[method]!;
        const line = `| ${method.toUpperCase()} | \`${path}\` | ${cell(operation.summary ?? '')} |`;
        return { tag: operation.tags?.[0] ?? 'other', line };
      }),
  );
}

/** `docs/api.md`: every endpoint in one line, by group. */
export function apiPage(document: OpenApi): string {
  const rows = rowsOf(document);
  const groups = [...new Set(rows.map((row) => row.tag))].map((tag) => {
    const lines = rows.filter((row) => row.tag === tag).map((row) => row.line);
    return `## ${tag}\n\n| method | path | what it gives |\n|---|---|---|\n${lines.join('\n')}\n`;
  });
  return `# API

Written by \`npm run docs\` from the routes of the modules; edit those, not this page. The full description is
\`docs/openapi.json\`, and every running city serves its own at \`/api/openapi.json\`.

${groups.join('\n')}`;
}
