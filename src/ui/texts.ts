// The words of the ui itself; words of a subject live with its module.

import { type Language, say, type Text } from '../core/texts.ts';

export const uiTexts = {
  skip: { en: 'Skip to the content', tc: '跳到主要內容' },
  menu: { en: 'Menu', tc: '選單', sc: '菜单' },
  mainMenu: { en: 'Main menu', tc: '主選單', sc: '主菜单' },
  languages: { en: 'Language', tc: '語言' },
  breadcrumbs: { en: 'You are here', tc: '目前位置' },
  search: { en: 'Search', tc: '搜尋', sc: '搜索' },
  searchSite: { en: 'Search this site', tc: '搜尋本網站', sc: '搜索本网站' },
  footLinks: { en: 'About this site', tc: '關於本網站' },
  licence: {
    en: 'Free software under the Apache License 2.0. Every figure names its source.',
    tc: '本程式為自由軟件，按 Apache License 2.0 發布。每個數字均列明出處。',
  },
  done: { en: 'complete or ongoing', tc: '已完成或持續推行' },
  completed: { en: 'complete', tc: '已完成' },
  ongoing: { en: 'ongoing', tc: '持續推行' },
  inProgress: { en: 'in progress', tc: '尚在進行' },
  partly: { en: 'partly', tc: '部分可用' },
  works: { en: 'works', tc: '可用' },
  notYet: { en: 'not yet', tc: '未有' },
  planned: { en: 'planned', tc: '計劃中' },
  overdue: { en: 'overdue', tc: '逾期' },
  silent: { en: 'no recent update', tc: '久未更新' },
  unknown: { en: 'unknown', tc: '未知' },
  superseded: { en: 'superseded', tc: '已被取代' },
  live: { en: 'live', tc: '實時' },
  late: { en: 'late', tc: '延誤' },
  recorded: { en: 'recorded', tc: '紀錄' },
  simulated: { en: 'simulated', tc: '模擬' },
  source: { en: 'Source', tc: '資料來源' },
  sources: { en: 'Sources', tc: '資料來源' },
  undated: { en: 'Undated in its source', tc: '來源未註明日期' },
  showTable: { en: 'Show the figures as a table', tc: '以表格顯示數據' },
  download: { en: 'Download the data', tc: '下載數據' },
  target: { en: 'target', tc: '目標' },
  over: { en: 'over', tc: '超過' },
  under: { en: 'under', tc: '少於' },
  about: { en: 'about', tc: '約' },
  today: { en: 'Today', tc: '今天' },
  baseline: { en: 'First target', tc: '原定目標' },
  revised: { en: 'Revised', tc: '修訂' },
  reached: { en: 'Reached', tc: '達成' },
  previous: { en: 'Previous', tc: '上一頁' },
  next: { en: 'Next', tc: '下一頁' },
  first: { en: 'First page', tc: '第一頁' },
  pages: { en: 'Pages', tc: '分頁' },
  apply: { en: 'Apply', tc: '套用' },
  clear: { en: 'Clear all', tc: '全部清除' },
  filters: { en: 'Filters', tc: '篩選' },
  noRows: { en: 'Nothing to show here.', tc: '沒有資料。' },
  problem: { en: 'There is a problem', tc: '出現問題' },
  information: { en: 'Information', tc: '資訊' },
  warning: { en: 'Please note', tc: '請注意' },
  trouble: { en: 'Trouble', tc: '問題' },
  optional: { en: 'optional', tc: '選填' },
  axisNotZero: { en: 'The scale does not start at zero', tc: '數軸並非由零開始' },
  noData: { en: 'No data', tc: '沒有數據' },
  home: { en: 'Home', tc: '主頁' },
} as const satisfies Record<string, Text>;

export type UiWord = keyof typeof uiTexts;

/** One of the words of the ui. */
export const word = (key: UiWord, language: Language): string => say(uiTexts[key], language);

/** `label: rest` with the colon of the language. */
export const colon = (language: Language): string => (language === 'en' ? ': ' : '：');
