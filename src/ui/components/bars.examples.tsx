// Examples of bars.

import type { Language } from '../../core/texts.ts';
import type { ExampleSet } from '../examples.ts';
import { ProgressBar, type Segment, StackedBar } from './bars.tsx';
import { statusWord } from './status.tsx';

const parts = (
  language: Language,
  [done, going, trouble, unknown]: [number, number, number, number],
): Segment[] => [
  { tone: 'done', value: done, label: statusWord('done', language) },
  { tone: 'going', value: going, label: statusWord('in-progress', language) },
  { tone: 'trouble', value: trouble, label: statusWord('overdue', language) },
  { tone: 'unknown', value: unknown, label: statusWord('unknown', language) },
];

const label = (language: Language) => (language === 'en' ? 'Smart Mobility' : '智慧出行');

export const barExamples: ExampleSet = {
  name: 'StackedBar, ProgressBar',
  about: {
    en: 'Parts of a whole: full height is done, half is under way, hollow is trouble, a line is unknown.',
    tc: '整體中的各部分：全高為完成，半高為進行中，空心為有問題，細線為未知。',
  },
  examples: [
    {
      name: 'stacked, with words',
      render: (language) => (
        <StackedBar
          language={language}
          label={label(language)}
          segments={parts(language, [28, 4, 2, 3])}
          labelled
        />
      ),
    },
    {
      name: 'all done',
      render: (language) => (
        <StackedBar language={language} label={label(language)} segments={parts(language, [20, 0, 0, 0])} />
      ),
    },
    {
      name: 'progress, part',
      render: (language) => (
        <ProgressBar
          language={language}
          label={language === 'en' ? 'Targets reached' : '已達成目標'}
          value={12}
          max={20}
        />
      ),
    },
    {
      name: 'progress, none of none',
      render: (language) => (
        <ProgressBar
          language={language}
          label={language === 'en' ? 'Targets reached' : '已達成目標'}
          value={0}
          max={0}
        />
      ),
    },
  ],
};
