// Examples of charts, each in its figure.

import type { Language } from '../../core/texts.ts';
import { Figure } from '../components/figure.tsx';
import { SourceNote } from '../components/source.tsx';
import { statusWord } from '../components/status.tsx';
import { DataTable } from '../components/table.tsx';
import type { ExampleSet } from '../examples.ts';
import { formatCompact, formatShortDate } from '../format.ts';
import { BarChart } from './bar-chart.tsx';
import { DotChart } from './dot-chart.tsx';
import { LineChart, type LinePoint } from './line-chart.tsx';
import { StackedBars } from './stacked-bars.tsx';
import { TimelineChart } from './timeline-chart.tsx';

const registrations: LinePoint[] = [
  { date: '2020-05', value: 5_000_000, qualifier: 'about' },
  { date: '2020-12', value: 6_500_000, qualifier: 'over' },
  { date: '2021-10', value: 9_200_000 },
  { date: '2022-12', value: 11_300_000 },
  { date: '2024-06', value: 14_700_000 },
];

const english = (language: Language) => language === 'en';

export const lineExamples: ExampleSet = {
  name: 'LineChart, Figure',
  about: {
    en: 'Dated points with direct labels; over and about are drawn, targets are hollow, gaps stay gaps.',
    tc: '直接標示數值的折線圖；「超過」和「約」會畫出，目標以空心表示，缺口保留。',
  },
  examples: [
    {
      name: 'in a figure, with table and source',
      render: (language) => (
        <Figure
          id="example-figure"
          language={language}
          title={english(language) ? 'Registrations nearly tripled' : '登記人數增至近三倍'}
          summary={
            english(language)
              ? 'Registrations grew from about 5 million in May 2020 to 14.7 million in June 2024.'
              : '登記人數由2020年5月約500萬增至2024年6月的1,470萬。'
          }
          source={
            <SourceNote language={language} sources={[{ label: 'Annex 3', href: '#', date: '2024-07-12' }]} />
          }
          download={{ href: '#' }}
          table={
            <DataTable
              caption={english(language) ? 'Registrations by date' : '按日期列出的登記人數'}
              language={language}
              rows={registrations}
              columns={[
                {
                  key: 'date',
                  header: english(language) ? 'Date' : '日期',
                  rowHeader: true,
                  render: (row) => formatShortDate(row.date, language),
                },
                {
                  key: 'value',
                  header: english(language) ? 'Registrations' : '登記人數',
                  kind: 'number',
                  render: (row) => formatCompact(row.value ?? 0, language),
                },
              ]}
            />
          }
        >
          <LineChart
            id="example-line"
            language={language}
            title={english(language) ? 'Registrations' : '登記人數'}
            description={
              english(language) ? 'From about 5 million to 14.7 million.' : '由約500萬增至1,470萬。'
            }
            points={registrations}
          />
        </Figure>
      ),
    },
    {
      name: 'targets, a gap, sources that differ',
      render: (language) => (
        <LineChart
          id="example-line-targets"
          language={language}
          title={english(language) ? 'Open datasets' : '開放數據集'}
          description={
            english(language)
              ? 'From 3,300 to 5,400, with a target of 6,000.'
              : '由3,300增至5,400，目標為6,000。'
          }
          unit={english(language) ? 'datasets' : '個數據集'}
          points={[
            { date: '2018', value: 3300, qualifier: 'over' },
            { date: '2019', value: 4000 },
            { date: '2020', value: null },
            { date: '2021', value: 4500 },
            { date: '2021', value: 4900 },
            { date: '2024-06', value: 5400, qualifier: 'over' },
          ]}
          targets={[{ date: '2026', value: 6000 }]}
          live
        />
      ),
    },
    {
      name: 'falling, scale cut',
      render: (language) => (
        <LineChart
          id="example-line-cut"
          language={language}
          title={english(language) ? 'Carbon intensity' : '碳強度'}
          description={english(language) ? 'From 720 to 640.' : '由720降至640。'}
          points={[
            { date: '2021', value: 720 },
            { date: '2022', value: 700 },
            { date: '2023', value: 640 },
          ]}
          cut
        />
      ),
    },
  ],
};

export const barChartExamples: ExampleSet = {
  name: 'BarChart, StackedBars, DotChart',
  about: {
    en: 'Words above each bar, the value at its end; nothing to look up in a legend.',
    tc: '文字置於棒上，數值置於末端，無需對照圖例。',
  },
  examples: [
    {
      name: 'bars with qualifiers and a missing value',
      render: (language) => (
        <BarChart
          id="example-bars"
          language={language}
          title={english(language) ? 'By technology' : '按科技'}
          description={english(language) ? 'Chatbots lead with about 25.' : '聊天機械人最多，約25項。'}
          rows={[
            {
              label: english(language) ? 'Chatbots for public enquiries' : '公眾查詢聊天機械人',
              value: 25,
              qualifier: 'about',
              strong: true,
            },
            {
              label: english(language)
                ? 'Big data analytics and artificial intelligence for planning'
                : '用於規劃的大數據分析及人工智能',
              value: 20,
              qualifier: 'over',
            },
            { label: english(language) ? 'Blockchain' : '區塊鏈', value: 5 },
            { label: english(language) ? 'Geospatial analytics' : '地理空間分析', value: null },
          ]}
          noValue={english(language) ? 'no figure' : '沒有數字'}
        />
      ),
    },
    {
      name: 'stacked by area',
      render: (language) => (
        <StackedBars
          id="example-stacked"
          language={language}
          title={english(language) ? 'By area' : '按範疇'}
          description={english(language) ? 'Mobility has four in progress.' : '智慧出行有四項進行中。'}
          proportional
          rows={[
            { label: english(language) ? 'Smart Mobility' : '智慧出行', parts: [28, 4, 0] },
            { label: english(language) ? 'Smart Living' : '智慧生活', parts: [14, 1, 1] },
            { label: english(language) ? 'Smart Environment' : '智慧環境', parts: [20, 0, 0] },
          ].map(({ label, parts }) => ({
            label,
            segments: [
              { tone: 'done' as const, value: parts[0] ?? 0, label: statusWord('done', language) },
              { tone: 'going' as const, value: parts[1] ?? 0, label: statusWord('in-progress', language) },
              { tone: 'trouble' as const, value: parts[2] ?? 0, label: statusWord('overdue', language) },
            ],
          }))}
        />
      ),
    },
    {
      name: 'dots, then and now',
      render: (language) => (
        <DotChart
          id="example-dots"
          language={language}
          title={english(language) ? 'Score by subject' : '各項得分'}
          description={english(language) ? 'All rose but one.' : '除一項外均上升。'}
          rows={[
            {
              label: english(language) ? 'Health and safety' : '健康與安全',
              values: [
                { value: 61, label: '2021: 61' },
                { value: 74, label: '2024: 74' },
              ],
            },
            {
              label: english(language) ? 'Mobility' : '出行',
              values: [
                { value: 58, label: '2021: 58' },
                { value: 52, label: '2024: 52' },
              ],
            },
            { label: english(language) ? 'Governance' : '管治', values: [{ value: 66, label: '2024: 66' }] },
          ]}
          domain={[0, 100]}
        />
      ),
    },
  ],
};

export const timelineChartExamples: ExampleSet = {
  name: 'TimelineChart',
  about: {
    en: 'First target hollow, revision joined to it, what is reached filled, today in amber.',
    tc: '原定目標為空心，修訂與之相連，已達成為實心，今天以琥珀色標示。',
  },
  examples: [
    {
      name: 'kept, slipped, waiting',
      render: (language) => (
        <TimelineChart
          id="example-timeline"
          language={language}
          title={english(language) ? 'Targets' : '目標'}
          description={
            english(language) ? 'One was kept, one slipped by two years.' : '一項如期達成，一項延遲兩年。'
          }
          today="2024-11-21"
          rows={[
            {
              label: english(language) ? 'Free-flow tolling in government tunnels' : '政府隧道不停車繳費',
              baseline: '2023',
              reached: '2023-12',
              tone: 'done',
            },
            {
              label: english(language) ? 'Traffic data system' : '交通數據系統',
              baseline: '2022',
              revised: ['2023', '2024'],
              tone: 'trouble',
            },
            {
              label: english(language) ? 'Digital corporate identity' : '數碼企業身份',
              baseline: '2026',
              tone: 'going',
            },
          ]}
        />
      ),
    },
  ],
};
