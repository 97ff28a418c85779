// Examples of notices, empty states and things that open.

import type { ExampleSet } from '../examples.ts';
import { Disclosure } from './disclosure.tsx';
import { EmptyState, Notice } from './notice.tsx';

export const noticeExamples: ExampleSet = {
  name: 'Notice, EmptyState, Disclosure',
  about: {
    en: 'Say what happened and what to do next.',
    tc: '說明發生了甚麼，以及下一步可以怎樣做。',
  },
  examples: [
    {
      name: 'information',
      render: (language) => (
        <Notice kind="information" language={language}>
          {language === 'en'
            ? 'You see this register as of 31 December 2020.'
            : '你正查看2020年12月31日的紀錄。'}
        </Notice>
      ),
    },
    {
      name: 'warning',
      render: (language) => (
        <Notice
          kind="warning"
          language={language}
          title={language === 'en' ? 'The documents disagree' : '文件所載數字不一'}
        >
          {language === 'en' ? 'One says 76, another over 70.' : '一份文件指76項，另一份指超過70項。'}
        </Notice>
      ),
    },
    {
      name: 'trouble',
      render: (language) => (
        <Notice kind="trouble" language={language}>
          {language === 'en' ? 'This source has been silent since Monday.' : '此來源自星期一起沒有更新。'}
        </Notice>
      ),
    },
    {
      name: 'empty',
      render: (language) => (
        <EmptyState
          title={language === 'en' ? 'No initiative fits these filters' : '沒有符合篩選條件的措施'}
          action={<a href="#content">{language === 'en' ? 'Clear all filters' : '清除所有篩選'}</a>}
        >
          {language === 'en' ? 'Take one of them away.' : '請移除其中一項條件。'}
        </EmptyState>
      ),
    },
    {
      name: 'closed',
      render: (language) => (
        <Disclosure summary={language === 'en' ? 'How we count' : '點算方法'}>
          <p>
            {language === 'en' ? 'One bullet of the paper is one initiative.' : '文件中每一點為一項措施。'}
          </p>
        </Disclosure>
      ),
    },
    {
      name: 'open',
      render: (language) => (
        <Disclosure summary={language === 'en' ? 'How we count' : '點算方法'} open>
          <p>
            {language === 'en' ? 'One bullet of the paper is one initiative.' : '文件中每一點為一項措施。'}
          </p>
        </Disclosure>
      ),
    },
  ],
};
