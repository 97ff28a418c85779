// Words of the portal, in English and Traditional Chinese.

import type { Problem } from '../../core/problems.ts';
import type { Text } from '../../core/texts.ts';

export const texts = {
  search: { en: 'Search', tc: '搜尋' },
  searchHint: { en: 'Try “minibus arrival times” or 停車位', tc: '例如「停車位」或「小巴到站」' },
  searchStart: {
    en: 'Search initiatives, indicators, systems, milestones and papers, in English or Chinese.',
    tc: '以中文或英文搜尋措施、指標、系統、里程碑和文件。',
  },
  nearMatches: {
    en: 'Nothing holds all of your words. These come near.',
    tc: '沒有資料包含全部字詞，以下為相近的結果。',
  },
  nothingFound: { en: 'Nothing was found.', tc: '找不到結果。' },
  nothingFoundHint: {
    en: 'Try fewer or other words, or start from the home page.',
    tc: '請減少或更換字詞，或由主頁開始瀏覽。',
  },
  toHome: { en: 'Go to the home page', tc: '前往主頁' },
  allKinds: { en: 'All', tc: '全部' },
  kinds: { en: 'Kinds of result', tc: '結果類別' },
  results: { en: 'Results', tc: '結果' },
  data: { en: 'Data', tc: '數據' },
  dataTitle: { en: 'Take all of it with you.', tc: '全部資料，任君取用。' },
  dataLede: {
    en: 'Whatever a page shows, a program can read: no key, no registration, the same figures.',
    tc: '網頁所示的一切，程式都可讀取：毋須密匙，毋須登記，數字一致。',
  },
  downloads: { en: 'Downloads', tc: '下載' },
  feeds: { en: 'Feeds', tc: '訂閱' },
  feedsNote: {
    en: 'Atom feeds tell you when something changes; every area and initiative has one of its own as well.',
    tc: 'Atom訂閱會通知你資料的更改；每個範疇及每項措施亦各有訂閱。',
  },
  programmingInterface: { en: 'Programming interface', tc: '程式介面' },
  reference: { en: 'Reference of the interface', tc: '介面參考' },
  referenceNote: {
    en: 'Every endpoint with its parameters and answers, for reading.',
    tc: '列出每個端點及其參數和回應，供閱讀。',
  },
  openApi: { en: 'OpenAPI 3.1 description', tc: 'OpenAPI 3.1描述檔' },
  openApiNote: { en: 'The same for programs.', tc: '同樣內容，供程式使用。' },
  terms: { en: 'Terms', tc: '使用條款' },
  termsText: {
    en: 'The summaries are free to use under the Apache License 2.0. Facts belong to nobody; please name the paper they come from.',
    tc: '摘要可按Apache License 2.0自由使用。事實不屬任何人；引用時請註明其出處文件。',
  },
  permalinks: { en: 'Addresses that last', tc: '永久網址' },
  permalinksText: {
    en: 'An initiative keeps its address for good. Without a language, the address leads each reader to theirs: /initiatives/MOB-01.',
    tc: '每項措施的網址永久不變。網址不加語言時，會按讀者的語言轉到相應版本：/initiatives/MOB-01。',
  },
  parameters: { en: 'Parameters', tc: '參數' },
  parameter: { en: 'Parameter', tc: '參數' },
  place: { en: 'Where', tc: '位置' },
  meaning: { en: 'Meaning', tc: '意義' },
  required: { en: 'required', tc: '必填' },
  problem: { en: 'Problem of the interface', tc: '介面問題' },
  problemCode: { en: 'Code', tc: '代碼' },
  httpStatus: { en: 'HTTP status', tc: 'HTTP狀態碼' },
  whatToDo: { en: 'What to do', tc: '如何處理' },
  shape: { en: 'Shape', tc: '格式' },
  answers: { en: 'Answers', tc: '回應' },
  referenceLede: {
    en: 'All endpoints are open to everybody, answer JSON unless said otherwise, and refuse what they do not know with a problem that names the field.',
    tc: '所有端點均開放予任何人使用，除另有註明外以JSON回應；遇到不認識的輸入，會指出有問題的欄位並拒絕。',
  },
  style: { en: 'Style', tc: '設計' },
  accessibility: { en: 'Accessibility', tc: '無障礙' },
  accessibilityLede: {
    en: 'This site is made for everybody. It aims at WCAG 2.2, level AA.',
    tc: '本網站為所有人而設，以《無障礙網頁內容指引》2.2版AA級為目標。',
  },
  whatWeDo: { en: 'What we do', tc: '我們的做法' },
  whatWeCheck: { en: 'How it is checked', tc: '如何檢查' },
  notOfficial: {
    en: 'An open edition built from published papers; not a website of the Government.',
    tc: '本網站為根據已公布文件編製的開放版本，並非政府網站。',
  },
} as const satisfies Record<string, Text>;

export const accessibilityPromises: Text[] = [
  {
    en: 'Every page works without JavaScript, by keyboard alone and with a screen reader.',
    tc: '每頁無須JavaScript，單靠鍵盤或屏幕閱讀器亦可使用。',
  },
  {
    en: 'Every chart has a sentence that says what it shows, and its figures as a table.',
    tc: '每幅圖表都以一句話說明內容，並附數據表。',
  },
  {
    en: 'A state is always a word and a shape, never a colour alone.',
    tc: '狀態必以文字和圖形表示，從不只靠顏色。',
  },
  {
    en: 'Text can be enlarged to 400 % and pages fit a screen 320 pixels wide.',
    tc: '文字可放大至400%，網頁可於320像素闊的屏幕閱讀。',
  },
  {
    en: 'Light and dark follow your device; motion stops when you ask for it.',
    tc: '明暗模式跟隨你的裝置；如你要求，動態效果會停止。',
  },
];

export const accessibilityChecks: Text[] = [
  {
    en: 'Before every release all pages are checked in a real browser with axe-core, in English, Traditional and Simplified Chinese, and their HTML is validated.',
    tc: '每次發布前，均以axe-core在真實瀏覽器中檢查所有網頁的英文、繁體和简体版本，並驗證其HTML。',
  },
];

/** Problems of the portal's own, by code. */
export const problems: Record<string, Problem> = {
  'unknown-problem': {
    kind: 'not-found',
    advice: {
      en: 'Copy the code from the problem as it is written there.',
      tc: '請按問題訊息所載原樣抄錄代碼。',
    },
  },
  'sitemap-too-large': {
    kind: 'bug',
    advice: { en: 'Tell the operator of the site.', tc: '請通知網站營運者。' },
  },
};

export const phrases = {
  unknownProblem: (code: string): Text => ({
    en: `There is no problem of the code “${code}”.`,
    tc: `沒有代碼為「${code}」的問題。`,
  }),
  found: (n: number, query: string): Text => ({
    en: `${n.toLocaleString('en')} ${n === 1 ? 'result' : 'results'} for “${query}”`,
    tc: `「${query}」有${n.toLocaleString('en')}項結果`,
  }),
  range: (from: number, to: number, all: number): Text => ({
    en: `${from} to ${to} of ${all}`,
    tc: `第${from}至${to}項，共${all}項`,
  }),
};
