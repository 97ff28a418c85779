// What to do about each problem that the blueprint can answer with, in English and Traditional Chinese.

import type { Problem } from '../../../core/problems.ts';

const unknown = (list: string, where: string): Problem => ({
  kind: 'not-found',
  advice: { en: `Take an id from ${where}.`, tc: `請使用${where}（${list}）所列的編號。` },
});

/** By code. */
export const problems: Record<string, Problem> = {
  'unknown-initiative': unknown('措施', '/api/v1/initiatives'),
  'unknown-area': unknown('範疇', '/api/v1/areas'),
  'unknown-indicator': unknown('指標', '/api/v1/indicators'),
  'unknown-system': unknown('系統', '/api/v1/systems'),
  'unknown-table': unknown('列表', '/api/v1/tables'),
  'unknown-target': unknown('目標', '/api/v1/targets'),
  'unknown-document': { ...unknown('文件', '/api/v1/documents'), kind: 'invalid' },
  'unknown-topic': { ...unknown('主題', '/api/v1/indicators'), kind: 'invalid' },
  'unknown-filter': {
    kind: 'invalid',
    advice: {
      en: 'Correct or remove the filter; ids stand at /api/v1/areas, /api/v1/governance and /api/v1/systems.',
      tc: '請改正或移除該篩選條件；編號見/api/v1/areas、/api/v1/governance及/api/v1/systems。',
    },
  },
  'unknown-cursor': {
    kind: 'invalid',
    advice: {
      en: 'Send `next` of the previous answer as it is, or start again without a cursor.',
      tc: '請原樣送回上一個回應的「next」，或不帶游標重新開始。',
    },
  },
  'no-such-page': {
    kind: 'not-found',
    advice: { en: 'Start at the first page and follow `next`.', tc: '請由第一頁開始，按「next」逐頁閱讀。' },
  },
  'not-yet-announced': {
    kind: 'not-found',
    advice: {
      en: 'Ask for a later day, or leave the day out to see today.',
      tc: '請選擇較後的日期，或不填日期以查看今日的情況。',
    },
  },
  'wrong-as-of': {
    kind: 'invalid',
    advice: {
      en: 'Write a year, month or day that has begun: 2024, 2024-06 or 2024-06-30.',
      tc: '請填寫已開始的年份、月份或日期：2024、2024-06或2024-06-30。',
    },
  },
  'future-instant': {
    kind: 'invalid',
    advice: {
      en: 'Send the instant `knownAt` of an earlier report.',
      tc: '請使用先前報告所載的「knownAt」時刻。',
    },
  },
  'invalid-entry': {
    kind: 'invalid',
    advice: { en: 'Correct the fields that `errors` names.', tc: '請改正「errors」所指的欄位。' },
  },
  'date-in-future': {
    kind: 'invalid',
    advice: {
      en: 'Record it when the day, month or year is over.',
      tc: '請待該日、該月或該年完結後才記錄。',
    },
  },
  'not-later': {
    kind: 'conflict',
    advice: {
      en: 'Give a date after what is recorded; what is recorded stays.',
      tc: '請填寫遲於現有記錄的日期；已有記錄不會更改。',
    },
  },
  'progress-known': {
    kind: 'conflict',
    advice: { en: 'Nothing is to be done: the step is recorded.', tc: '毋須處理：該項進展已有記錄。' },
  },
  'blueprint-history-changed': {
    kind: 'conflict',
    advice: {
      en: 'Restore the facts that the message names in the files of the edition, and add new ones.',
      tc: '請還原訊息所列檔案中的事實，並另加新事實。',
    },
  },
};
