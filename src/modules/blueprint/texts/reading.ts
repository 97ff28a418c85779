// How the documents are read, in English and Traditional Chinese.

import type { Text } from '../../../core/texts.ts';

/** Where the date of a document comes from. */
export const basisOf = {
  printed: { en: 'The date is printed in the document.', tc: '日期印於文件上。' },
  context: { en: 'The date follows from the context of the document.', tc: '日期由文件內容得知。' },
  inferred: {
    en: 'The document has no date; this one is our reading.',
    tc: '文件沒有日期，此為我們的解讀。',
  },
} satisfies Record<string, Text>;

/** The rules by which this register was made. */
export const readingRules: Text[] = [
  {
    en: 'One bullet of the Blueprint is one initiative. Titles and summaries are in our own words.',
    tc: '藍圖每一要點算作一項措施。標題和摘要由我們撰寫。',
  },
  {
    en: 'The paper of July 2024 names only the initiatives still in progress; every other one is therefore read as complete or ongoing.',
    tc: '2024年7月的文件只列出尚在進行的措施，其餘因此視為已完成或持續推行。',
  },
  {
    en: 'A date in words becomes the last day it can mean: “early 2024” is read as 31 March 2024. The words of the document stand beside it.',
    tc: '以文字表達的日期，一律視為其所指的最後一日：「2024年年初」即2024年3月31日；文件原意並列於旁。',
  },
  {
    en: 'Nothing is overwritten. What a later paper changes is added with its date, so that every page can be asked as of an earlier day.',
    tc: '資料從不覆寫。較後文件的改動會連同日期加入，因此每頁都可查看較早日期的情況。',
  },
];
