// Words of the desk: verifying a person, and letting one back in.

import type { Text } from '../../../core/texts.ts';

export const deskTexts = {
  desk: { en: 'Verify a person', tc: '核實身份' },
  deskLede: {
    en: 'The person opens "My account", then "At a desk", and reads a code of eight letters to you.',
    tc: '請對方開啟「我的帳戶」中的「在服務櫃位」，並讀出八位代碼。',
  },
  code: { en: 'Code that the person reads out', tc: '對方讀出的代碼' },
  codeHint: { en: 'Capitals and dashes do not matter.', tc: '不分大小寫，可省略連字號。' },
  forDepartment: { en: 'Department for which you act', tc: '你所代表的部門' },
  go: { en: 'Continue', tc: '繼續' },
  visit: { en: 'Is this the person on the card?', tc: '對方是否與身份證相符？' },
  visitLede: {
    en: 'You see only the name that the person told us. Everything else you read from the card.',
    tc: '你只會看到對方自行申報的姓名，其他資料須由你按身份證填寫。',
  },
  toldName: { en: 'Name that the person told', tc: '對方申報的姓名' },
  cardNumber: { en: 'Number of the card', tc: '身份證號碼' },
  cardNumberHint: (example: string): Text => ({
    en: `All of it, as it stands on the card, such as ${example}.`,
    tc: `請按身份證完整填寫，例如 ${example}。`,
  }),
  nameOnCard: { en: 'Name on the card', tc: '身份證上的姓名' },
  nameOnCardHint: {
    en: 'It becomes the name of the account.',
    tc: '此姓名將成為帳戶的姓名。',
  },
  checks: { en: 'What you have checked', tc: '你已核對的事項' },
  confirm: { en: 'The person is verified', tc: '確認已核實' },
  done: { en: 'The person is verified.', tc: '身份已核實。' },
  doneLede: {
    en: 'They have been told in their account, and hold a receipt. Give the card back.',
    tc: '系統已在帳戶通知對方，並發出收據。請交還身份證。',
  },
  next: { en: 'Next person', tc: '下一位' },
  recovery: { en: 'Let a person back in', tc: '協助復原帳戶' },
  recoveryShort: { en: 'For who has lost every device', tc: '適用於失去所有裝置的市民' },
  deskShort: { en: 'With the code that they read out', tc: '憑對方讀出的代碼' },
  recoveryLede: {
    en: 'For a person at your desk who was verified before and has lost every device. Another officer must approve.',
    tc: '適用於曾核實身份、現已失去所有裝置並親臨櫃位的市民。須由另一名人員批准。',
  },
  recoveryNote: {
    en: 'The account is found by the whole number of the card only. You may look up ten cards an hour; each look is shown to the person.',
    tc: '只可憑完整的身份證號碼尋找帳戶。每小時最多查找十次，每次查閱均會向當事人顯示。',
  },
  why: { en: 'What happened to the devices', tc: '裝置的情況' },
  propose: { en: 'Propose the recovery', tc: '建議復原帳戶' },
  proposed: { en: 'The recovery is proposed.', tc: '已建議復原帳戶。' },
  proposedLede: {
    en: 'Ask an approver to come and to decide. Then open the proposal again: it shows you the code once.',
    tc: '請審批人員到場決定，然後再次開啟此建議，代碼只會顯示一次。',
  },
  openProposal: { en: 'Open the proposal', tc: '開啟建議' },
} as const satisfies Record<string, Text | ((example: string) => Text)>;

export const checkWords: Record<string, Text> = {
  'present-in-person': { en: 'The person stands before me.', tc: '對方親身在場。' },
  'card-genuine': { en: 'The card is genuine.', tc: '身份證為真實正本。' },
  'face-matches': { en: 'The face is that on the card.', tc: '容貌與身份證相片相符。' },
};

export const reasonWords: Record<string, Text> = {
  lost: { en: 'They are lost.', tc: '遺失' },
  stolen: { en: 'They were stolen.', tc: '被竊' },
  broken: { en: 'They are broken.', tc: '損壞' },
};
