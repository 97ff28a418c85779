// Examples of facts, rows of figures, definitions.

import type { ExampleSet } from '../examples.ts';
import { formatCompact } from '../format.ts';
import { DefinitionList, Facts, StatRow } from './facts.tsx';
import { AgeNote } from './source.tsx';
import { Status } from './status.tsx';

export const factExamples: ExampleSet = {
  name: 'Facts, StatRow, DefinitionList',
  about: {
    en: 'Figures carry unit, date and source within reach.',
    tc: '每個數字均附單位、日期和出處。',
  },
  examples: [
    {
      name: 'big figures',
      render: (language) => (
        <Facts
          items={[
            {
              label: language === 'en' ? 'Air quality, worst station' : '空氣質素最差的監測站',
              value: 6,
              unit: language === 'en' ? 'of 10+' : '（最高10+）',
              about: <AgeNote kind="live" language={language} at="2026-11-21T14:05" />,
            },
            {
              label: language === 'en' ? 'Registrations' : '登記人數',
              value: formatCompact(14_700_000, language),
              about: <AgeNote kind="recorded" language={language} at="2024-06" />,
            },
            {
              label: language === 'en' ? 'Free parking spaces' : '泊車位空缺',
              value: '4,182',
              about: (
                <AgeNote kind="late" language={language}>
                  {language === 'en' ? '9 car parks silent' : '9個停車場未有更新'}
                </AgeNote>
              ),
            },
            {
              label: language === 'en' ? 'Emergency wait' : '急症室等候時間',
              value: '2½',
              unit: language === 'en' ? 'hours' : '小時',
              about: <AgeNote kind="simulated" language={language} at="2026-11-21T13:54" />,
            },
          ]}
        />
      ),
    },
    {
      name: 'row of small figures',
      render: (language) => (
        <StatRow
          items={[
            { value: 144, label: language === 'en' ? 'initiatives' : '項措施' },
            { value: 139, label: language === 'en' ? 'complete or ongoing' : '項已完成或持續推行' },
            { value: 5, label: language === 'en' ? 'in progress' : '項進行中' },
          ]}
        />
      ),
    },
    {
      name: 'definitions',
      render: (language) => (
        <DefinitionList
          items={[
            {
              term: language === 'en' ? 'Lead' : '負責部門',
              description: language === 'en' ? 'Transport Department' : '運輸署',
            },
            {
              term: language === 'en' ? 'Status' : '狀態',
              description: <Status kind="in-progress" language={language} />,
            },
          ]}
        />
      ),
    },
  ],
};
