// The living style page: every component with every state, tokens first.

import type { View } from '../core/module.ts';
import { type Language, say, type Text } from '../core/texts.ts';
import { styleSets } from './all-examples.ts';
import { PageHeader, Section } from './components/page.tsx';
import { TagList } from './components/status.tsx';
import type { ExampleSet } from './examples.ts';
import { ColourTable, TypeScale } from './style-tokens.tsx';

const words = {
  title: { en: 'How the house looks', tc: '本站的樣式' },
  lede: {
    en: 'Every part from which the pages are made, in each of its states.',
    tc: '組成各頁的每個部件，以及它們的各種狀態。',
  },
  contents: { en: 'On this page', tc: '本頁內容' },
  colours: { en: 'Colour', tc: '顏色' },
  coloursNote: {
    en: 'The lamp is for what is alive now, and for nothing else.',
    tc: '燈色只用於此刻正在發生的事物。',
  },
  type: { en: 'Type', tc: '字體' },
  typeNote: { en: 'Four sizes; figures of one width.', tc: '四種字級；數字等寬。' },
} as const satisfies Record<string, Text>;

const anchorOf = (set: ExampleSet): string => `set-${set.name.toLowerCase().replace(/[^a-z]+/g, '-')}`;

/** Every component with every state. */
export const StylePage = (language: Language): View => ({
  title: say(words.title, language),
  description: say(words.lede, language),
  main: (
    <>
      <PageHeader
        title={say(words.title, language)}
        lede={say(words.lede, language)}
        meta={
          <TagList
            label={say(words.contents, language)}
            items={styleSets.map((set) => ({ label: set.name, href: `#${anchorOf(set)}` }))}
          />
        }
      />
      <Section id="colours" title={say(words.colours, language)} note={say(words.coloursNote, language)}>
        <ColourTable language={language} />
      </Section>
      <Section id="type" title={say(words.type, language)} note={say(words.typeNote, language)}>
        <TypeScale language={language} />
      </Section>
      {styleSets.map((set) => (
        <Section id={anchorOf(set)} title={set.name} note={say(set.about, language)}>
          <div class={set.compact ? 'examples-compact' : undefined}>
            {set.examples.map((example) => (
              <div class="example">
                <p class="example-name">{example.name}</p>
                {example.render(language)}
              </div>
            ))}
          </div>
        </Section>
      ))}
    </>
  ),
});
