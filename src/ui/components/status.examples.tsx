// Examples of status and tags.

import type { ExampleSet } from '../examples.ts';
import { Status, type StatusKind, TagList } from './status.tsx';

const kinds: StatusKind[] = [
  'done',
  'completed',
  'ongoing',
  'works',
  'in-progress',
  'partly',
  'planned',
  'not-yet',
  'overdue',
  'silent',
  'unknown',
  'superseded',
];

export const statusExamples: ExampleSet = {
  name: 'Status',
  compact: true,
  about: {
    en: 'State is always a word, a shape and a colour together.',
    tc: '狀態必以文字、形狀和顏色一併表示。',
  },
  examples: [
    ...kinds.map((kind) => ({
      name: kind,
      render: (language: Parameters<ExampleSet['examples'][number]['render']>[0]) => (
        <Status kind={kind} language={language} />
      ),
    })),
    {
      name: 'own words',
      render: (language) => (
        <Status
          kind="silent"
          language={language}
          label={language === 'en' ? 'silent for 212 days' : '已有212日未更新'}
        />
      ),
    },
  ],
};

export const tagExamples: ExampleSet = {
  name: 'Tag, TagList',
  about: { en: 'Short words that classify, with or without a link.', tc: '用作分類的短詞，可帶連結。' },
  examples: [
    {
      name: 'plain, linked, strong',
      render: (language) => (
        <TagList
          label={language === 'en' ? 'Technologies' : '科技'}
          items={[
            { label: language === 'en' ? 'NEW' : '新', strong: true },
            { label: language === 'en' ? 'Internet of Things' : '物聯網', href: '#' },
            { label: language === 'en' ? 'Transport Department' : '運輸署' },
          ]}
        />
      ),
    },
  ],
};
