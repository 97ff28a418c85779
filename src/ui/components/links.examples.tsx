// Examples of link lists, documents, sources, ages, paging and search results.

import type { ExampleSet } from '../examples.ts';
import { DocumentList, LinkList } from './links.tsx';
import { Pagination } from './pagination.tsx';
import { SearchResults } from './search-results.tsx';
import { AgeNote, SourceNote } from './source.tsx';
import { Status } from './status.tsx';

export const linkExamples: ExampleSet = {
  name: 'LinkList, DocumentList',
  about: { en: 'Ways to other pages and to papers.', tc: '通往其他頁面和文件。' },
  examples: [
    {
      name: 'links with notes',
      render: (language) => (
        <LinkList
          items={[
            {
              label: language === 'en' ? 'Electronic road pricing' : '電子道路收費',
              href: '#',
              after: <Status kind="in-progress" language={language} />,
              note: language === 'en' ? 'Transport Department' : '運輸署',
            },
            { label: language === 'en' ? 'Open data' : '開放數據', href: '#' },
          ]}
        />
      ),
    },
    {
      name: 'documents',
      render: (language) => (
        <DocumentList
          language={language}
          items={[
            {
              title: language === 'en' ? 'Paper on smart city development' : '智慧城市發展文件',
              href: '#',
              publisher: language === 'en' ? 'Legislative Council' : '立法會',
              date: '2024-07-12',
              format: 'PDF',
            },
            { title: '香港智慧城市藍圖', language: 'tc', date: '2017-12' },
          ]}
        />
      ),
    },
  ],
};

export const sourceExamples: ExampleSet = {
  name: 'SourceNote, AgeNote',
  compact: true,
  about: {
    en: 'Where a value comes from and how old it is; the lamp is lit only for what is live.',
    tc: '數值的出處和時間；只有實時數值才亮燈。',
  },
  examples: [
    ...(['live', 'late', 'recorded', 'simulated'] as const).map((kind) => ({
      name: kind,
      render: (language: 'en' | 'tc' | 'sc') => (
        <AgeNote kind={kind} language={language} at="2026-11-21T14:05" />
      ),
    })),
    {
      name: 'one source',
      render: (language) => (
        <SourceNote language={language} sources={[{ label: 'Annex 1', href: '#', date: '2024-07-12' }]} />
      ),
    },
    {
      name: 'several sources',
      render: (language) => (
        <SourceNote
          language={language}
          sources={[
            { label: 'Annex 1', href: '#' },
            { label: language === 'en' ? 'Brochure' : '小冊子', place: 'p. 4' },
          ]}
        />
      ),
    },
  ],
};

export const pagingExamples: ExampleSet = {
  name: 'Pagination, SearchResults',
  about: { en: 'Long lists in parts, and what a search found.', tc: '分頁的長列表，以及搜尋結果。' },
  examples: [
    {
      name: 'by number',
      render: (language) => (
        <Pagination
          language={language}
          previousHref="#content"
          nextHref="#content"
          pages={[
            { number: 1, href: '#content' },
            { number: 2, href: '#content' },
            { number: 3, href: '#content', current: true },
            { number: 9, href: '#content', gap: true },
          ]}
          summary={language === 'en' ? '51 to 75 of 210' : '第51至75項，共210項'}
        />
      ),
    },
    {
      name: 'by cursor',
      render: (language) => (
        <Pagination
          language={language}
          label={language === 'en' ? 'Parts of the list' : '列表各部分'}
          firstHref="?"
          nextHref="#content"
        />
      ),
    },
    {
      name: 'search results',
      render: (language) => (
        <SearchResults
          terms={['parking', '泊車']}
          hits={[
            {
              href: '#',
              kind: language === 'en' ? 'Initiative' : '措施',
              title: language === 'en' ? 'Smart parking meters' : '智能泊車收費錶',
              excerpt:
                language === 'en'
                  ? 'New parking meters take remote payment and tell drivers of free spaces.'
                  : '新泊車收費錶支援遙距繳費，並提供空置泊車位資訊。',
              after: <Status kind="ongoing" language={language} />,
            },
          ]}
        />
      ),
    },
  ],
};
