// What people are told when something of their account is refused, and what programs read about the codes.

import type { Problem } from '../../../core/problems.ts';
import type { Text } from '../../../core/texts.ts';

export const accountProblems = {
  unknownAct: {
    en: 'There is no act of yours with this id. Choose one from the list of your account.',
    tc: '你沒有此編號的行動。請從帳戶的紀錄中選取。',
  },
  unknownCursor: {
    en: 'This cursor was not given by a previous answer.',
    tc: '此游標並非由先前的回應提供。',
  },
  unknownDevice: {
    en: 'You have no such device. It may have been revoked already.',
    tc: '你沒有此裝置，可能早已撤銷。',
  },
  unknownService: {
    en: 'This service does not know you. You may have withdrawn your consent already.',
    tc: '此服務並不認識你。你可能早已撤回同意。',
  },
  unknownDeviceLink: {
    en: 'This link is used, replaced or older than ten minutes. Show a new QR code on the device where you are signed in.',
    tc: '此連結已經使用、已被取代，或已超過十分鐘。請在已登入的裝置重新顯示二維碼。',
  },
  noDeviceYet: {
    en: 'The other device has not made its passkey yet. Finish there first; then it shows the code.',
    tc: '另一部裝置尚未製作通行密鑰。請先在該裝置完成，代碼隨即顯示。',
  },
  wrongDeviceCode: {
    en: 'This is not the code of the other device. After three wrong ones the link is void. If your other device says that the link is used, somebody else has used it: cancel.',
    tc: '代碼與另一部裝置不符。輸入錯誤三次，連結即告作廢。如果你的裝置顯示連結已經使用，即有他人用過：請取消。',
  },
  notWithToken: {
    en: 'A program may not do this for you. Sign in and do it yourself.',
    tc: '程式不可代你進行此操作。請親自登入處理。',
  },
} as const satisfies Record<string, Text>;

const again: Text = {
  en: 'Ask for the list again and use an id from it.',
  tc: '請重新索取列表，並使用其中的編號。',
};

/** Codes of these problems, for the pages at `/problems/`. */
export const accountAdvice: Record<string, Problem> = {
  'unknown-device': { kind: 'not-found', advice: again },
  'unknown-service': { kind: 'not-found', advice: again },
  'unknown-device-link': {
    kind: 'not-found',
    advice: { en: 'Make a new link from a signed-in device.', tc: '請在已登入的裝置重新製作連結。' },
  },
  'no-device-yet': {
    kind: 'invalid',
    advice: {
      en: 'Make the passkey on the other device, then confirm it.',
      tc: '請先在另一部裝置製作通行密鑰，然後確認。',
    },
  },
  'wrong-device-code': {
    kind: 'invalid',
    advice: { en: 'Type the code that the other device shows.', tc: '請輸入另一部裝置顯示的代碼。' },
  },
  'not-with-token': {
    kind: 'forbidden',
    advice: {
      en: 'Use the scope `account` for reading; everything else needs the session of the person.',
      tc: '讀取資料須有範圍「account」；其他操作須由本人登入進行。',
    },
  },
};
