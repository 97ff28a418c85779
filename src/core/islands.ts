// The one door to the `esbuild` package: scripts of pages, bundled at start and named by their content.

import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { Island } from './module.ts';

/** Scripts ready to be served. */
export type Islands = {
  /** Address of a script. Throws TypeError when no module offers it. */
  hrefOf(name: string): string;
  assets: readonly { path: string; contentType: string; body: Buffer }[];
};

type Built = { name: string; path: string; body: Buffer };

const known = new Map<string, Built>();

function build({ name, file }: Island): Built {
  const before = known.get(file.href);
  if (before !== undefined) return before;
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(file)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
  });
  const body = Buffer.from(outputFiles[0]!.contents);
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 10);
  const built = { name, path: `/assets/${name}.${hash}.js`, body };
  known.set(file.href, built);
  return built;
}

/** Bundles the scripts; each once in the life of the process. */
export function openIslands(islands: readonly Island[]): Islands {
  const built = new Map(islands.map((island) => [island.name, build(island)]));
  return {
    hrefOf: (name) => {
      const found = built.get(name);
      if (found === undefined) throw new TypeError(`no module offers the script ${name}`);
      return found.path;
    },
    assets: [...built.values()].map(({ path, body }) => ({
      path,
      contentType: 'text/javascript; charset=utf-8',
      body,
    })),
  };
}
