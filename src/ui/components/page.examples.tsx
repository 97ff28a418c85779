// Examples of page header, section, columns and running text.

import type { ExampleSet } from '../examples.ts';
import { LinkList } from './links.tsx';
import { PageHeader, Prose, Section, Split } from './page.tsx';
import { Status, TagList } from './status.tsx';

export const pageExamples: ExampleSet = {
  name: 'Section, Split, Prose',
  about: {
    en: 'A section has its heading in the margin and its content in the strong column.',
    tc: '每個部分的標題放在邊欄，內容放在主欄。',
  },
  examples: [
    {
      name: 'section with a note',
      render: (language) => (
        <Section
          id="example-section"
          title={language === 'en' ? 'Evidence' : '證據'}
          note={language === 'en' ? 'Newest first.' : '由新至舊排列。'}
        >
          <Prose>
            <p>
              {language === 'en'
                ? 'The department installed 1,200 lamp posts with sensors in four districts, and published what they measure.'
                : '部門在四區設置1,200支智慧燈柱，並公開量度所得的數據。「智慧燈柱」不收集個人資料。'}
            </p>
            <ul>
              <li>{language === 'en' ? 'Air quality every minute' : '每分鐘量度空氣質素'}</li>
              <li>{language === 'en' ? 'Traffic counts by lane' : '按行車線點算交通流量'}</li>
            </ul>
          </Prose>
        </Section>
      ),
    },
    {
      name: 'main column and aside',
      render: (language) => (
        <Split
          aside={
            <LinkList items={[{ label: language === 'en' ? 'A related page' : '相關頁面', href: '#' }]} />
          }
        >
          <p>
            {language === 'en' ? 'The main column is twice as wide as the aside.' : '主欄闊度為旁欄的兩倍。'}
          </p>
        </Split>
      ),
    },
  ],
};

export const pageHeaderExamples: ExampleSet = {
  name: 'PageHeader',
  about: {
    en: 'The title is the answer; the first screen says it in one sentence.',
    tc: '標題就是答案，首屏以一句話說明。',
  },
  examples: [
    {
      name: 'with everything',
      render: (language) => (
        <PageHeader
          kicker="MOB-01"
          title={language === 'en' ? 'Road works shared in real time' : '實時發放道路工程資訊'}
          lede={
            language === 'en'
              ? 'Every road work with its place, its days and who digs.'
              : '列出每項道路工程的位置、日期及施工單位。'
          }
          meta={
            <>
              <p>
                <Status kind="in-progress" language={language} />
              </p>
              <TagList
                items={[
                  { label: language === 'en' ? 'NEW' : '新', strong: true },
                  { label: 'GIS', href: '#' },
                ]}
              />
            </>
          }
        />
      ),
    },
  ],
};
