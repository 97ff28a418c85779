// Words of the receipts, in English and Traditional Chinese.

import type { Problem } from '../../core/problems.ts';
import type { Text } from '../../core/texts.ts';

export const texts = {
  receipts: { en: 'Receipts', tc: '收據' },
  title: { en: 'Every act leaves a receipt.', tc: '每項行動，皆有收據。' },
  lede: {
    en: 'What the city records here is sealed into a public log. Nobody can change, remove or move an entry later without being found out.',
    tc: '城市在此記錄的每項行動，都會封存於公開的紀錄冊。日後如有人更改、刪除或移動任何一項，必會被發現。',
  },
  entries: { en: 'Acts in the log', tc: '紀錄冊內的行動' },
  meaning: { en: 'What it means', tc: '這是甚麼' },
  meaningActs: {
    en: 'An act is something that matters: a step of an initiative, a change of a date, a look into your data. It is written down in the same moment as the change itself; one never exists without the other.',
    tc: '「行動」指任何重要的事：措施的進展、日期的更改、查閱你的資料。行動與更改同時寫下，兩者缺一不可。',
  },
  meaningSeal: {
    en: 'All acts together form a tree of fingerprints. Its root, the checkpoint, is signed. If a single letter of any act were another, the root would be another too.',
    tc: '所有行動組成一棵由數碼指紋構成的樹，樹根即「查核點」，並附數碼簽署。任何行動只要有一字之差，樹根便會不同。',
  },
  meaningPrivacy: {
    en: 'The log holds no personal data: only the kind of act, its time, and salted fingerprints that say nothing without the receipt.',
    tc: '紀錄冊不含個人資料，只有行動的種類、時間及加鹽的數碼指紋；沒有收據，指紋不透露任何內容。',
  },
  howToCheck: { en: 'How to check', tc: '如何查核' },
  checkHere: { en: 'Check a receipt', tc: '查核收據' },
  checkHereNote: {
    en: 'Paste it; every step is explained.',
    tc: '貼上收據，即逐步解釋結果。',
  },
  checkAlone: { en: 'Without this site: ', tc: '不經本網站查核：' },
  checkAloneNote: {
    en: 'The command needs no server and no database, only the receipt and the public key of the log.',
    tc: '此指令無須伺服器或數據庫，只需收據和紀錄冊的公開密匙。',
  },
  watchLog: {
    en: 'Anybody can watch the whole log. It is served as tiles (C2SP tlog-tiles), so that a monitor reads it once and then only what is new.',
    tc: '任何人都可監察整個紀錄冊。紀錄冊以分塊形式提供（C2SP tlog-tiles），監察程式讀過一次後，只需讀取新增部分。',
  },
  publicKey: { en: 'Public key', tc: '公開密匙' },
  checkpointFile: { en: 'Checkpoint', tc: '查核點' },
  recent: { en: 'Latest public acts', tc: '最新公開行動' },
  recentNote: {
    en: 'Acts that concern a person are in the log as well; they are not listed here.',
    tc: '涉及個人的行動同樣記入紀錄冊，但不會在此列出。',
  },
  nothingYet: { en: 'No act has been recorded yet.', tc: '暫未有行動記錄。' },
  notOpen: { en: 'The log is not open yet.', tc: '紀錄冊尚未啟用。' },
  entry: { en: 'Entry', tc: '編號' },
  act: { en: 'Act', tc: '行動' },
  when: { en: 'When', tc: '時間' },
  receipt: { en: 'Receipt', tc: '收據' },
  checkTitle: { en: 'Is this receipt true?', tc: '這張收據是否真確？' },
  checkLede: {
    en: 'Paste the whole text of a receipt. It is checked and forgotten: it is neither kept nor written to any log.',
    tc: '請貼上收據的全部文字。查核後即棄，不會保存，亦不會寫入任何日誌。',
  },
  pasteLabel: { en: 'Text of the receipt', tc: '收據文字' },
  pasteHint: { en: 'It begins with { and ends with }.', tc: '以 { 開始，以 } 結束。' },
  check: { en: 'Check', tc: '查核' },
  pasteMissing: { en: 'Paste the text of a receipt first.', tc: '請先貼上收據文字。' },
  result: { en: 'Result', tc: '結果' },
  valid: { en: 'This receipt is true.', tc: '這張收據真確無誤。' },
  invalid: { en: 'This receipt is not true.', tc: '這張收據不真確。' },
  undecided: { en: 'Not everything could be checked.', tc: '未能查核全部步驟。' },
  step: { en: 'Step', tc: '步驟' },
  outcome: { en: 'Outcome', tc: '結果' },
  right: { en: 'Right', tc: '正確' },
  wrong: { en: 'Wrong', tc: '不正確' },
  unknown: { en: 'Not checked', tc: '未查核' },
  whatToDo: {
    en: 'If you got it from us as it stands, report it: either the text was damaged on its way, or the log was tampered with.',
    tc: '如收據原文由本網站發出，請向我們報告：文字可能在傳送途中受損，或紀錄冊曾被竄改。',
  },
  searchWords: {
    en: 'proof log Merkle tree tamper-evident verify transparency audit checkpoint',
    tc: '證明 紀錄冊 默克爾樹 防竄改 核實 透明度 審計 查核點',
  },
  page: { en: 'Page', tc: '網頁' },
} as const satisfies Record<string, Text>;

/** What each outcome of each step means. */
export const stepTexts = {
  written: {
    right: { en: 'It is written as a receipt.', tc: '文字符合收據的格式。' },
    wrong: {
      en: 'This is not the text of a receipt, or a part of it is missing.',
      tc: '這並非收據的文字，或文字不完整。',
    },
    unknown: { en: 'The text was not read.', tc: '未讀取文字。' },
  },
  leaf: {
    right: {
      en: 'What it says about the act is what was sealed.',
      tc: '收據所載的行動內容與封存的內容一致。',
    },
    wrong: {
      en: 'What it says about the act is not what was sealed.',
      tc: '收據所載的行動內容與封存的內容不符。',
    },
    unknown: {
      en: 'It shows no details of the act, so there was nothing to compare.',
      tc: '收據沒有列出行動詳情，無從比對。',
    },
  },
  included: {
    right: {
      en: 'The act stands in the log, at the place it names.',
      tc: '該行動載於紀錄冊，位置與收據所述相同。',
    },
    wrong: {
      en: 'The proof does not lead from the act to the checkpoint.',
      tc: '收據的證明未能由該行動推算至查核點。',
    },
    unknown: { en: 'The proof was not followed.', tc: '未核對證明。' },
  },
  signed: {
    right: { en: 'The checkpoint was signed with the key of this log.', tc: '查核點由本紀錄冊的密匙簽署。' },
    wrong: {
      en: 'The checkpoint was not signed with the key of this log.',
      tc: '查核點並非由本紀錄冊的密匙簽署。',
    },
    unknown: {
      en: 'No public key was given, so the signature could not be checked.',
      tc: '未提供公開密匙，無法核對簽署。',
    },
  },
  witnessed: {
    right: {
      en: 'Every witness that was named has cosigned the checkpoint.',
      tc: '所指定的見證人均已聯署查核點。',
    },
    wrong: {
      en: 'A witness that was named has not cosigned the checkpoint.',
      tc: '所指定的見證人當中，有人未有聯署查核點。',
    },
    unknown: { en: 'No witness was named.', tc: '未有指定見證人。' },
  },
  continued: {
    right: {
      en: 'The log of today is a continuation of that checkpoint: nothing before it was changed.',
      tc: '今天的紀錄冊由該查核點延續而來，之前的內容從未更改。',
    },
    wrong: {
      en: 'The log of today is not a continuation of that checkpoint: something before it was changed.',
      tc: '今天的紀錄冊並非由該查核點延續而來，之前的內容曾被更改。',
    },
    unknown: { en: 'It was not compared with the log of today.', tc: '未與今天的紀錄冊比對。' },
  },
} as const satisfies Record<string, Record<'right' | 'wrong' | 'unknown', Text>>;

export const problems = {
  unknownAct: {
    en: 'There is no act with this id. Look at the receipt you hold for its id.',
    tc: '沒有此編號的行動。請查看你所持收據上的編號。',
  },
  unknownCursor: {
    en: 'This cursor was not given by a previous answer.',
    tc: '此游標並非由先前的回應提供。',
  },
  notInTree: {
    en: 'The log has not grown that far. Ask for the checkpoint to see its size.',
    tc: '紀錄冊尚未有這麼多項目。請先讀取查核點以了解其大小。',
  },
  unknownTile: {
    en: 'There is no such tile. The checkpoint says how far the log has grown.',
    tc: '沒有此分塊。請先讀取查核點以了解紀錄冊的大小。',
  },
} as const satisfies Record<string, Text>;

export const phrases = {
  checkpointAt: (time: string): Text => ({
    en: `Latest checkpoint: ${time}`,
    tc: `最新查核點：${time}`,
  }),
};

/** What to do about each problem of the receipts, by code. */
export const advice: Record<string, Problem> = {
  'unknown-act': {
    kind: 'not-found',
    advice: {
      en: 'Take the id of the act as it was given; a private act is shown to its holder only.',
      tc: '請使用當初給予的行動編號；不公開的行動只向持有人顯示。',
    },
  },
  'unknown-tile': {
    kind: 'not-found',
    advice: {
      en: 'Ask for tiles within the size that the latest checkpoint states.',
      tc: '請在最新查核點所示的大小之內索取分塊。',
    },
  },
  'not-in-tree': {
    kind: 'invalid',
    advice: {
      en: 'Use sizes and positions no larger than the latest checkpoint states.',
      tc: '大小和位置不得超過最新查核點所示。',
    },
  },
  'log-not-open': {
    kind: 'unavailable',
    advice: { en: 'Try again in a moment.', tc: '請稍後再試。' },
  },
};
