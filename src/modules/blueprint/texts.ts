// Words of the blueprint pages, in English and Traditional Chinese.

import type { Text } from '../../core/texts.ts';

const count = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** Fixed words. */
export const texts = {
  home: { en: 'Home', tc: '主頁' },
  progress: { en: 'Progress', tc: '進度' },
  areas: { en: 'Areas', tc: '範疇' },
  area: { en: 'Area', tc: '範疇' },
  group: { en: 'Group', tc: '組別' },
  initiative: { en: 'Initiative', tc: '措施' },
  initiatives: { en: 'Initiatives', tc: '措施' },
  status: { en: 'Status', tc: '狀況' },
  lead: { en: 'Lead body', tc: '負責機構' },
  leadUnknown: { en: 'Not named in the documents', tc: '文件沒有列明' },
  technology: { en: 'Technology', tc: '科技' },
  technologies: { en: 'Technologies', tc: '科技' },
  since: { en: 'First promised', tc: '首次提出' },
  asOf: { en: 'As of', tc: '截至' },
  today: { en: 'today', tc: '今日' },
  source: { en: 'Source', tc: '資料來源' },
  sources: { en: 'Sources', tc: '資料來源' },
  share: { en: 'Share', tc: '比例' },
  total: { en: 'Total', tc: '總數' },
  completedOrOngoing: { en: 'Complete or ongoing', tc: '已完成或持續進行' },
  inProgress: { en: 'In progress', tc: '進行中' },
  notPublished: { en: 'Status not published', tc: '未公布狀況' },
  sixAreas: { en: 'The six areas', tc: '六大範疇' },
  all: { en: 'All', tc: '全部' },
  any: { en: 'Any', tc: '不限' },
  yes: { en: 'Yes', tc: '是' },
  no: { en: 'No', tc: '否' },
  newMark: { en: 'New in Blueprint 2.0', tc: '《藍圖2.0》新措施' },
  newTag: { en: 'New', tc: '新' },
  overdue: { en: 'Target date passed, no result published', tc: '目標日期已過，未公布結果' },
  overdueShort: { en: 'Overdue', tc: '逾期' },
  silent: { en: 'No update for', tc: '沒有更新已達' },
  showResults: { en: 'Show initiatives', tc: '顯示措施' },
  clearFilters: { en: 'Clear all filters', tc: '清除所有篩選' },
  filterLegend: { en: 'Choose initiatives', tc: '篩選措施' },
  nothingFits: { en: 'No initiative fits all of these.', tc: '沒有措施符合全部條件。' },
  nothingFitsHint: {
    en: 'Remove a filter, or choose a later date.',
    tc: '請移除部分條件，或選擇較後的日期。',
  },
  targets: { en: 'Targets', tc: '目標' },
  target: { en: 'Target', tc: '目標' },
  noTargets: {
    en: 'The documents give no dated or measured target for this initiative.',
    tc: '文件沒有為這項措施訂下日期或數字目標。',
  },
  promisedBy: { en: 'Promised by', tc: '承諾日期' },
  latestDate: { en: 'Latest date', tc: '最新日期' },
  figure: { en: 'Figure', tc: '數字' },
  result: { en: 'Result', tc: '結果' },
  slip: { en: 'Slip', tc: '延後' },
  noSlip: { en: 'none', tc: '沒有' },
  timeline: { en: 'Progress and evidence', tc: '進度與憑據' },
  undated: { en: 'undated in the document', tc: '文件沒有註明日期' },
  noProgress: {
    en: 'The documents report no step of progress for this initiative by itself.',
    tc: '文件沒有個別報道這項措施的進展。',
  },
  indicators: { en: 'Indicators', tc: '指標' },
  indicator: { en: 'Indicator', tc: '指標' },
  systems: { en: 'Systems', tc: '系統' },
  system: { en: 'System', tc: '系統' },
  related: { en: 'Related initiatives', tc: '相關措施' },
  lookingAhead: { en: 'Looking ahead', tc: '展望' },
  summary: { en: 'What is promised', tc: '承諾內容' },
  details: { en: 'Details', tc: '詳情' },
  readingNote: { en: 'How we read the documents', tc: '我們如何解讀文件' },
  asData: { en: 'This page as data', tc: '本頁的數據' },
  feed: { en: 'Atom feed', tc: 'Atom訂閱' },
  latestEvidence: { en: 'Latest evidence', tc: '最新憑據' },
  governance: { en: 'Governance', tc: '管治' },
  governanceLede: {
    en: 'Who steers the programme, and who answers for each part of it.',
    tc: '由誰督導整個計劃，各部分又由誰負責。',
  },
  body: { en: 'Body', tc: '機構' },
  role: { en: 'Role', tc: '職責' },
  timelineOfTargets: { en: 'Timeline of targets', tc: '目標時間表' },
  milestones: { en: 'Milestones', tc: '里程碑' },
  cityIndex: { en: 'Smart City Index', tc: '智慧城市指數' },
  programme: { en: 'Digital government by technology', tc: '數字政府措施（按科技劃分）' },
  documents: { en: 'Documents', tc: '文件' },
  date: { en: 'Date', tc: '日期' },
  value: { en: 'Value', tc: '數值' },
  note: { en: 'Note', tc: '備註' },
  kind: { en: 'Kind', tc: '類別' },
  disagree: { en: 'The documents disagree', tc: '文件說法不一' },
  blueprint1: { en: 'first Blueprint, December 2017', tc: '第一份藍圖（2017年12月）' },
  blueprint2: { en: 'Blueprint 2.0, December 2020', tc: '《藍圖2.0》（2020年12月）' },
  sortNote: { en: 'Sorted by', tc: '排序' },
  showAsOf: { en: 'Show', tc: '顯示' },
  asOfHint: {
    en: 'The register remembers: choose a day to see what was known then, e.g. 2020-12-31.',
    tc: '登記冊保留歷史：選擇日期，即可查看當日所知，例如2020-12-31。',
  },
  steering: { en: 'Who steers', tc: '由誰督導' },
  bodiesNamed: { en: 'Bodies named for an initiative', tc: '文件列明負責措施的機構' },
  bodiesCaption: {
    en: 'Bodies and the initiatives the documents name them for',
    tc: '機構及文件列明其負責的措施',
  },
  number: { en: 'No.', tc: '編號' },
  engine: { en: 'Engine', tc: '引擎' },
  engines: { en: 'Engines', tc: '引擎' },
  state: { en: 'State', tc: '狀態' },
  works: { en: 'works', tc: '可用' },
  partly: { en: 'partly', tc: '部分可用' },
  'not-yet': { en: 'not yet', tc: '未有' },
  allSystems: { en: 'All systems', tc: '所有系統' },
  systemsLede: {
    en: 'Each system the programme needs, and whether this platform does its work. A system counts as working only when a test proves every part of what it must do.',
    tc: '列出整個計劃所需的各個系統，以及本平台能否擔當其工作。系統須逐項通過測試，證明全部要求均已達到，才算可用。',
  },
  systemsNote: {
    en: 'This is the state of the open platform, not of the systems that departments run today.',
    tc: '這是本開放平台的狀態，並非各部門現時營運系統的狀態。',
  },
  users: { en: 'Who uses it', tc: '使用者' },
  scale: { en: 'Scale', tc: '規模' },
  scaleUnknown: { en: 'Not stated in the documents', tc: '文件沒有說明' },
  basis: { en: 'Basis', tc: '依據' },
  basisNamed: { en: 'Named in the documents', tc: '文件列明' },
  basisImplied: { en: 'Implied by the documents', tc: '由文件推斷' },
  worksWhen: { en: 'It works when', tc: '達到以下要求即為可用' },
  proof: { en: 'Proof', tc: '證明' },
  noProof: { en: 'No test proves it yet', tc: '尚未有測試證明' },
  stillMissing: { en: 'Still missing', tc: '尚欠' },
  listComma: { en: ', ', tc: '、' },
  countAsPrinted: { en: 'Number as printed', tc: '文件所載數目' },
  exampleBodies: { en: 'Bodies given as examples', tc: '文件列舉的機構' },
  byTechnology: { en: 'By technology', tc: '按科技劃分' },
  examples: { en: 'Examples in the paper', tc: '文件所舉例子' },
  table: { en: 'Table', tc: '列表' },
  sourcesLede: {
    en: 'Everything in this register comes from these published papers. Each fact names its paper and line.',
    tc: '登記冊的全部內容來自以下已公布的文件，每項資料均註明出自哪份文件第幾行。',
  },
  basisOf: {
    printed: { en: 'The date is printed in the document.', tc: '日期印於文件上。' },
    context: { en: 'The date follows from the context of the document.', tc: '日期由文件內容得知。' },
    inferred: {
      en: 'The document has no date; this one is our reading.',
      tc: '文件沒有日期，此為我們的解讀。',
    },
  },
  readingRules: [
    {
      en: 'One bullet of the Blueprint is one initiative. Titles and summaries are in our own words.',
      tc: '藍圖每一要點算作一項措施。標題和摘要由我們撰寫。',
    },
    {
      en: 'The paper of July 2024 names only the initiatives still in progress; every other one is therefore read as complete or ongoing.',
      tc: '2024年7月的文件只列出仍在進行的措施，其餘因此視為已完成或持續進行。',
    },
    {
      en: 'A date in words becomes the last day it can mean: “early 2024” is read as 31 March 2024. The words of the document stand beside it.',
      tc: '以文字表達的日期，一律視為其所指的最後一日：「2024年年初」即2024年3月31日；文件原意並列於旁。',
    },
    {
      en: 'Nothing is overwritten. What a later paper changes is added with its date, so that every page can be asked as of an earlier day.',
      tc: '資料從不覆寫。較後文件的改動會連同日期加入，因此每頁都可查看較早日期的情況。',
    },
  ],
  doubts: { en: 'Where we are in doubt', tc: '存疑之處' },
  doubtsNote: {
    en: 'Initiatives whose place in the documents can be read in two ways.',
    tc: '文件可作兩種解讀的措施。',
  },
  allInitiatives: { en: 'All initiatives', tc: '所有措施' },
  asOfShortHint: { en: '2024, 2024-06 or 2024-06-30', tc: '2024、2024-06或2024-06-30' },
  backToToday: { en: 'Back to what is known today', tc: '返回現時所知' },
  byArea: { en: 'Progress by area', tc: '各範疇進度' },
  chapter: { en: 'Chapter of Blueprint 2.0', tc: '《藍圖2.0》專章' },
  chapterCountedElsewhere: {
    en: 'Since June 2024 these initiatives are counted under the six areas.',
    tc: '由2024年6月起，這些措施已歸入六大範疇計算。',
  },
  contributor: { en: 'contributes', tc: '參與' },
  countedApart: { en: 'Counted apart', tc: '另行計算' },
  expected: { en: 'expected at the time', tc: '當時預計' },
  firstDate: { en: 'the first date given', tc: '首次訂明日期' },
  further: { en: 'Further initiatives', tc: '其他措施' },
  indicatorsLede: {
    en: 'Every figure that the documents print, with their own caution (“over”, “about”), its date and its source.',
    tc: '文件所載的每個數字，連同原文的保留字眼（「超過」、「約」）、日期和出處。',
  },
  latestValue: { en: 'Latest value', tc: '最新數值' },
  milestonesNote: { en: 'Events that the documents name.', tc: '文件提及的事件。' },
  nature: { en: 'What it is', tc: '性質' },
  notFiled: { en: 'Filed under no area on that day', tc: '當日未歸入任何範疇' },
  nothingOnThatDay: { en: 'Nothing had been published by that day.', tc: '截至當日未有公布任何資料。' },
  ourReading: { en: '(our reading)', tc: '（我們的解讀）' },
  points: { en: 'Figures', tc: '數字數目' },
  registerCsv: { en: 'The whole register as CSV', tc: '整份登記冊（CSV）' },
  series: { en: 'The figures', tc: '各項數字' },
  silentField: { en: 'No update for at least so many days', tc: '最少多少日沒有更新' },
  statusReading: {
    en: '(the paper lists only what is in progress; all else is read as complete or ongoing)',
    tc: '（文件只列出進行中的措施，其餘視為已完成或持續進行）',
  },
  tables: { en: 'Tables in the documents', tc: '文件中的列表' },
  targetsNote: {
    en: 'The first promise is never changed; later dates stand beside it.',
    tc: '首次承諾的日期不會更改，其後的日期並列於旁。',
  },
  timelineLede: {
    en: 'What was promised for when, whether the date was moved, and what was published since.',
    tc: '承諾何時達成、日期有否更改，以及其後公布了甚麼。',
  },
  unchanged: { en: 'unchanged', tc: '沒有更改' },
  wordedApart: { en: 'Different wording', tc: '寫法不同' },
  words: { en: 'Words', tc: '字詞' },
  newest: { en: 'What is new', tc: '最新進展' },
  lateNote: {
    en: 'The date has passed, and no paper published since says that it was kept.',
    tc: '日期已過，其後沒有文件說明已如期達成。',
  },
  allIndicators: { en: 'All indicators', tc: '所有指標' },
  more: { en: 'More of the programme', tc: '更多資料' },
} as const;

/** Words that hold a number or a name. */
export const phrases = {
  initiatives: (n: number): Text => ({
    en: count(n, 'initiative', 'initiatives'),
    tc: `${n.toLocaleString('en')}項措施`,
  }),
  found: (n: number): Text => ({
    en: n === 1 ? '1 initiative fits' : `${n} initiatives fit`,
    tc: `${n}項措施符合條件`,
  }),
  days: (n: number): Text => ({ en: count(n, 'day', 'days'), tc: `${n.toLocaleString('en')}日` }),
  slip: (months: number): Text => ({ en: count(months, 'month', 'months'), tc: `${months}個月` }),
  silentDays: (n: number): Text => ({
    en: `no update for ${count(n, 'day', 'days')}`,
    tc: `${n.toLocaleString('en')}日沒有更新`,
  }),
  unnamed: (n: number): Text => ({
    en: `The documents name no body for ${n} of the initiatives.`,
    tc: `文件沒有為其中${n}項措施列明負責機構。`,
  }),
  unknownSystem: (id: string): Text => ({ en: `There is no system “${id}”.`, tc: `沒有「${id}」這個系統。` }),
  unknownTable: (id: string): Text => ({ en: `There is no table “${id}”.`, tc: `沒有「${id}」這個列表。` }),
  unknownInitiative: (id: string): Text => ({
    en: `There is no initiative “${id}”.`,
    tc: `沒有「${id}」這項措施。`,
  }),
  unknownArea: (id: string): Text => ({ en: `There is no area “${id}”.`, tc: `沒有「${id}」這個範疇。` }),
  unknownIndicator: (id: string): Text => ({
    en: `There is no indicator “${id}”.`,
    tc: `沒有「${id}」這項指標。`,
  }),
  systemsTitle: (all: number, works: number, partly: number): Text => ({
    en: `Of ${all} software systems, ${works} ${works === 1 ? 'works' : 'work'} here and ${partly} ${partly === 1 ? 'does' : 'do'} in part.`,
    tc: `${all}個軟件系統之中，${works}個可用，${partly}個部分可用。`,
  }),
  systemsCaption: (n: number): Text => ({ en: count(n, 'system', 'systems'), tc: `${n}個系統` }),
  systemNumber: (n: number, all: number): Text => ({
    en: `System ${n} of ${all}`,
    tc: `第${n}個系統，共${all}個`,
  }),
  programmeTitle: (announced: Text): Text => ({
    en: `The paper of 2024 announced ${announced.en} digital-government initiatives.`,
    tc: `2024年的文件公布了${announced.tc}數字政府措施。`,
  }),
  largestCategory: (title: Text, printed: Text): Text => ({
    en: `The largest kind is “${title.en}”: ${printed.en.toLowerCase()}.`,
    tc: `最多的是「${title.tc}」，${printed.tc}。`,
  }),
  audited: (n: number): Text => ({
    en: `${n} bureaux and departments were audited for such projects.`,
    tc: `曾審視${n}個政策局和部門的同類項目。`,
  }),
  /** The answer of the first screen. */
  answer: (counts: { completedOrOngoing: number; inProgress: number; total: number }): Text => ({
    en: `${counts.completedOrOngoing} of ${counts.total} initiatives complete or ongoing; ${inWords(counts.inProgress)} in progress.`,
    tc: `${counts.total}項措施中，${counts.completedOrOngoing}項已完成或持續進行，${counts.inProgress}項進行中。`,
  }),
  areaAnswer: (counts: { completedOrOngoing: number; inProgress: number; total: number }): Text =>
    counts.inProgress === 0
      ? {
          en: `All ${counts.total} initiatives are complete or ongoing.`,
          tc: `全部${counts.total}項措施均已完成或持續進行。`,
        }
      : {
          en: `Of ${counts.total} initiatives, ${counts.completedOrOngoing} are complete or ongoing and ${inWords(counts.inProgress)} ${counts.inProgress === 1 ? 'is' : 'are'} in progress.`,
          tc: `${counts.total}項措施中，${counts.completedOrOngoing}項已完成或持續進行，${counts.inProgress}項進行中。`,
        },
  noStatusYet: (total: number): Text => ({
    en: `${total} initiatives announced; no document had published their status by then.`,
    tc: `已公布${total}項措施；截至當日，未有文件公布其狀況。`,
  }),
  nothingYet: (): Text => ({
    en: 'No initiative had been announced by then.',
    tc: '截至當日未有公布任何措施。',
  }),
  asOfNotice: (date: string): Text => ({
    en: `You see what was known on ${date}.`,
    tc: `你正查看截至${date}所知的情況。`,
  }),
  countedCaption: (date: string): Text => ({
    en: `Initiatives by area, counted as published for ${date}`,
    tc: `按範疇劃分的措施數目，按${date}公布的方式計算`,
  }),
  daysAgo: (n: number): Text => ({
    en: n === 0 ? 'today' : `${count(n, 'day', 'days')} ago`,
    tc: n === 0 ? '今日' : `${n.toLocaleString('en')}日前`,
  }),
  indicatorsTitle: (all: number, differing: number): Text => ({
    en: `${all} indicators; for ${inWords(differing)} of them the documents differ.`,
    tc: `${all}項指標，其中${differing}項各文件說法不同。`,
  }),
  indicators: (n: number): Text => ({ en: count(n, 'indicator', 'indicators'), tc: `${n}項指標` }),
  latest: (date: string, silent: number): Text => ({
    en: `Latest evidence ${date}, ${count(silent, 'day', 'days')} ago`,
    tc: `最新憑據：${date}，距今${silent.toLocaleString('en')}日`,
  }),
  latestFigure: (figure: Text, date: string): Text => ({
    en: `${capital(figure.en)} (${date}).`,
    tc: `${figure.tc}（${date}）。`,
  }),
  notAnnouncedYet: (title: Text, day: string): Text => ({
    en: `“${title.en}” had not been announced by ${day}.`,
    tc: `截至${day}，「${title.tc}」仍未公布。`,
  }),
  pointsCaption: (n: number): Text => ({
    en: `${count(n, 'figure', 'figures')}, earliest first`,
    tc: `${n}個數字，由早至近`,
  }),
  range: (from: number, to: number, all: number): Text => ({
    en: `${from} to ${to} of ${all}`,
    tc: `第${from}至${to}項，共${all}項`,
  }),
  since: (date: string): Text => ({ en: `since ${date}`, tc: `由${date}起` }),
  targetsAnswer: (n: { dated: number; met: number; passed: number; moved: number }): Text => ({
    en: `${n.dated} dated targets: ${n.met} reported reached, ${n.passed} past their date without a later report, ${n.moved} moved.`,
    tc: `共${n.dated}個有日期的目標：${n.met}個已報稱達成，${n.passed}個已過期而其後未有報告，${n.moved}個曾改期。`,
  }),
  targetsDrawn: (dated: number, met: number): Text => ({
    en: `${count(dated, 'dated target', 'dated targets')}, ${met === 0 ? 'none' : met} of them reported reached.`,
    tc: `${dated}個有日期的目標，${met === 0 ? '未有' : `其中${met}個`}報稱達成。`,
  }),
  lateTitle: (n: number): Text => ({
    en: `${capital(inWords(n))} ${n === 1 ? 'target is' : 'targets are'} past ${n === 1 ? 'its' : 'their'} date`,
    tc: `${n}個目標已過期`,
  }),
  fromTo: (change: { from: Text; fromDate: string; to: Text; toDate: string }): Text => ({
    en: `${capital(change.from.en)} (${change.fromDate}); ${change.to.en} (${change.toDate}).`,
    tc: `${change.fromDate}：${change.from.tc}；${change.toDate}：${change.to.tc}。`,
  }),
};

const numberWords = 'none one two three four five six seven eight nine ten'.split(' ');

/** English small numbers in words, as running text has them. */
function inWords(n: number): string {
  return numberWords[n] ?? String(n);
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
