// Examples of form controls.

import type { Language } from '../../core/texts.ts';
import type { ExampleSet } from '../examples.ts';
import { Checkboxes, type Choice, RadioGroup, Select, TextField } from './fields.tsx';
import { Button, ErrorSummary, FilterForm } from './forms.tsx';
import { SearchForm } from './search-form.tsx';

const areas = (language: Language): Choice[] => [
  { value: 'mobility', label: language === 'en' ? 'Smart Mobility' : '智慧出行', count: 32 },
  { value: 'living', label: language === 'en' ? 'Smart Living' : '智慧生活', count: 16 },
];

const areaWord = (language: Language) => (language === 'en' ? 'Area' : '範疇');

export const fieldExamples: ExampleSet = {
  name: 'TextField, Select, Checkboxes, RadioGroup',
  about: {
    en: 'Each field has a label, and may have a hint and an error.',
    tc: '每欄均有標籤，可附提示和錯誤說明。',
  },
  examples: [
    {
      name: 'text with hint',
      render: (language) => (
        <TextField
          name="example-name"
          label={language === 'en' ? 'Your name' : '姓名'}
          hint={language === 'en' ? 'As on your identity card.' : '與身份證相同。'}
          language={language}
          autocomplete="name"
        />
      ),
    },
    {
      name: 'date with error',
      render: (language) => (
        <TextField
          name="example-date"
          label={language === 'en' ? 'As of' : '截至日期'}
          value="2024-13-01"
          error={
            language === 'en'
              ? 'There is no month 13. Write a date such as 2024-06-30.'
              : '沒有13月。請輸入如2024-06-30的日期。'
          }
          language={language}
          short
        />
      ),
    },
    {
      name: 'long text, optional',
      render: (language) => (
        <TextField
          name="example-views"
          label={language === 'en' ? 'What should we know?' : '你想告訴我們甚麼？'}
          language={language}
          long
          optional
        />
      ),
    },
    {
      name: 'select',
      render: (language) => (
        <Select
          name="example-area"
          label={areaWord(language)}
          language={language}
          options={areas(language)}
          value="living"
        />
      ),
    },
    {
      name: 'checkboxes',
      render: (language) => (
        <Checkboxes
          name="example-areas"
          label={areaWord(language)}
          language={language}
          options={areas(language)}
          values={['mobility']}
        />
      ),
    },
    {
      name: 'radio with error',
      render: (language) => (
        <RadioGroup
          name="example-radio"
          label={areaWord(language)}
          language={language}
          options={areas(language)}
          error={language === 'en' ? 'Choose one area.' : '請選擇一個範疇。'}
        />
      ),
    },
  ],
};

export const formExamples: ExampleSet = {
  name: 'Button, SearchForm, FilterForm, ErrorSummary',
  about: {
    en: 'Forms work without JavaScript; filters stand in the address.',
    tc: '表格無需JavaScript；篩選條件保存在網址中。',
  },
  examples: [
    {
      name: 'buttons',
      render: (language) => (
        <div class="actions">
          <Button label={language === 'en' ? 'Send' : '提交'} />
          <Button label={language === 'en' ? 'Download' : '下載'} href="#" quiet />
          <Button label={language === 'en' ? 'Delete' : '刪除'} danger />
          <Button label={language === 'en' ? 'Closed' : '已截止'} disabled />
        </div>
      ),
    },
    {
      name: 'search',
      render: (language) => (
        <SearchForm
          id="example-search"
          action="#"
          language={language}
          label={language === 'en' ? 'Search the examples' : '搜尋示例'}
          placeholder={language === 'en' ? 'minibus arrival, 停車位' : '小巴到站時間'}
        />
      ),
    },
    {
      name: 'filters side by side',
      render: (language) => (
        <FilterForm action="#" language={language} clearHref="#" across>
          <Checkboxes
            id="filter-area"
            name="area"
            label={areaWord(language)}
            language={language}
            options={areas(language)}
            values={['living']}
          />
          <Select
            id="filter-lead"
            name="lead"
            label={language === 'en' ? 'Lead' : '負責部門'}
            language={language}
            options={[
              { value: '', label: language === 'en' ? 'Any' : '全部' },
              { value: 'td', label: language === 'en' ? 'Transport Department' : '運輸署' },
            ]}
            value=""
          />
        </FilterForm>
      ),
    },
    {
      name: 'error summary',
      render: (language) => (
        <ErrorSummary
          language={language}
          problems={[
            {
              message: language === 'en' ? 'There is no month 13.' : '沒有13月。',
              fieldId: 'example-date',
            },
            { message: language === 'en' ? 'Choose one area.' : '請選擇一個範疇。' },
          ]}
        />
      ),
    },
  ],
};
