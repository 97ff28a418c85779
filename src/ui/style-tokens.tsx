// The tokens as they look: colours with their uses, and the four sizes of type.

import { type Language, say, type Text } from '../core/texts.ts';
import { type Column, DataTable } from './components/table.tsx';

type Colour = { name: string; use: Text };

const colours: Colour[] = [
  { name: 'ink', use: { en: 'text, structure', tc: '文字、結構' } },
  { name: 'ink-2', use: { en: 'quiet text', tc: '次要文字' } },
  { name: 'paper', use: { en: 'ground', tc: '底色' } },
  { name: 'surface', use: { en: 'foot, code', tc: '頁腳、代碼' } },
  { name: 'rule', use: { en: 'rules between rows', tc: '行間分隔線' } },
  { name: 'link', use: { en: 'links', tc: '連結' } },
  { name: 'water', use: { en: 'figures in charts', tc: '圖表數據' } },
  { name: 'lamp', use: { en: 'alive now, and in progress', tc: '此刻正在發生、進行中' } },
  { name: 'jade', use: { en: 'done', tc: '完成' } },
  { name: 'clay', use: { en: 'trouble', tc: '問題' } },
];

const headers = {
  caption: { en: 'Colours by name', tc: '顏色名稱' },
  colour: { en: 'Colour', tc: '顏色' },
  name: { en: 'Name', tc: '名稱' },
  use: { en: 'Use', tc: '用途' },
} as const satisfies Record<string, Text>;

const columns = (language: Language): Column<Colour>[] => [
  {
    key: 'name',
    header: say(headers.name, language),
    rowHeader: true,
    render: (colour) => <code>{colour.name}</code>,
  },
  {
    key: 'colour',
    header: say(headers.colour, language),
    kind: 'bar',
    render: (colour) => (
      <svg class="swatch" aria-hidden="true">
        <rect class={`swatch-${colour.name}`} width="100%" height="100%" />
      </svg>
    ),
  },
  { key: 'use', header: say(headers.use, language), render: (colour) => say(colour.use, language) },
];

export const ColourTable = ({ language }: { language: Language }) => (
  <DataTable
    caption={say(headers.caption, language)}
    language={language}
    columns={columns(language)}
    rows={colours}
  />
);

const sample: Text = { en: 'The lamp is lit, 2,046 of 2,110', tc: '華燈初上，「維港」2,046盞' };

export const TypeScale = ({ language }: { language: Language }) => (
  <div class="type-scale">
    {['title', 'head', 'body', 'small'].map((size) => (
      <p class={`type-${size}`}>{say(sample, language)}</p>
    ))}
  </div>
);
