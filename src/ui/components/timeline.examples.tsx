// Examples of the timeline.

import type { ExampleSet } from '../examples.ts';
import { SourceNote } from './source.tsx';
import { Timeline } from './timeline.tsx';

export const timelineExamples: ExampleSet = {
  name: 'Timeline',
  about: {
    en: 'What happened, in order, with evidence; what has no date says so.',
    tc: '按次序列出經過及證據；來源未註明日期的會說明。',
  },
  examples: [
    {
      name: 'every tone',
      render: (language) => (
        <Timeline
          language={language}
          entries={[
            {
              date: '2024-06-30',
              tone: 'going',
              text:
                language === 'en' ? 'Tender closed; works begin in two districts.' : '截標，兩區開始施工。',
              source: (
                <SourceNote
                  language={language}
                  sources={[
                    {
                      label: language === 'en' ? 'Council paper' : '立法會文件',
                      href: '#',
                      place: language === 'en' ? 'paragraph 12' : '第12段',
                      date: '2024-07-12',
                    },
                  ]}
                />
              ),
            },
            {
              date: '2023-11',
              tone: 'trouble',
              text: language === 'en' ? 'Moved from 2022 to 2024.' : '由2022年延至2024年。',
            },
            {
              date: '2022',
              tone: 'done',
              text: language === 'en' ? 'First stage opened.' : '第一階段啟用。',
            },
            { date: '2020-12', text: language === 'en' ? 'Promised in the blueprint.' : '在藍圖中承諾。' },
            { text: language === 'en' ? 'Study carried out.' : '已進行研究。' },
          ]}
        />
      ),
    },
  ],
};
