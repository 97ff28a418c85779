// The rooms that a new module starts with; it stays off until an edition has data for it.

const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);

const readme = (name: string) => `# ${capital(name)}

**Purpose.** One sentence: who needs this, and for what.

**Words.** Each word of this module that is not in \`docs/glossary.md\`, and what it means.

**Tables.** Schema \`${name}\`: none yet.

**Sources.** Where its data comes from, and how often.

**Invariants.** What is always true here, and which test shows it.
`;

const door = (name: string) => `// The door of the ${name} module.

import type { Module } from '../../core/module.ts';
import { ${name}DataSchema } from './schema.ts';

/** The module as the house sees it; it is enabled in an edition that has data for it. */
export const ${name}: Module = {
  name: '${name}',
  enabled: (edition) => ${name}DataSchema.safeParse(edition.data.${name}).success,
};
`;

const schema = (name: string) => `// The shapes of the ${name} module.

import { z } from 'zod';

/** What an edition tells this module, under \`data.${name}\`. */
export const ${name}DataSchema = z.strictObject({});
export type ${capital(name)}Data = z.infer<typeof ${name}DataSchema>;
`;

const texts = (name: string, title: Title) => `// The words of the ${name} module.

import type { Text } from '../../core/texts.ts';

/** Its name in the menu. */
export const ${name}Title: Text = { en: '${title.en}', tc: '${title.tc}' };
`;

const test = (name: string) => `// Tests of when the ${name} module is enabled.

import { describe, expect, it } from 'vitest';
import type { Edition } from '../../core/edition.ts';
import { ${name} } from './index.ts';

const edition = (data: Edition['data']): Edition => ({
  id: 'tiny',
  name: { en: 'Tiny', tc: '小城' },
  siteName: { en: 'Tiny', tc: '小城' },
  description: { en: 'A city for tests.', tc: '測試用的城市。' },
  languages: ['en', 'tc', 'sc'],
  timeZone: 'UTC',
  bounds: [0, 0, 1, 1],
  currency: 'XXX',
  data,
});

describe('the ${name} module', () => {
  it('is enabled only in an edition that has data for it', () => {
    expect(${name}.enabled(edition({}))).toBe(false);
    expect(${name}.enabled(edition({ ${name}: {} }))).toBe(true);
  });
});
`;

/** Name of the module for people, in the two written languages. */
export type Title = { en: string; tc: string };

/** The files of a new module, by path from the root. */
export function moduleFiles(name: string, title: Title): Record<string, string> {
  const folder = `src/modules/${name}`;
  return {
    [`${folder}/README.md`]: readme(name),
    [`${folder}/index.ts`]: door(name),
    [`${folder}/index.test.ts`]: test(name),
    [`${folder}/schema.ts`]: schema(name),
    [`${folder}/texts.ts`]: texts(name, title),
  };
}
