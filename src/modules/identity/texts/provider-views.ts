// Words of the pages that the OpenID Provider shows by itself: a device's code, signing out, errors.

import type { Text } from '../../../core/texts.ts';

export const deviceTexts = {
  kicker: { en: 'Sign in on a device', tc: '在裝置上登入' },
  inputTitle: { en: 'Enter the code that the device shows', tc: '輸入裝置顯示的代碼' },
  inputLede: {
    en: 'A television, kiosk or program without a keyboard shows a code. Enter it here, and it signs in as you.',
    tc: '電視、服務站或沒有鍵盤的程式會顯示代碼。在此輸入後，該裝置便會以你的身份登入。',
  },
  code: { en: 'Code', tc: '代碼' },
  codeHint: { en: 'Capitals and hyphens do not matter.', tc: '大小寫和連字號均不影響。' },
  go: { en: 'Continue', tc: '繼續' },
  missing: { en: 'Enter the code.', tc: '請輸入代碼。' },
  wrong: {
    en: 'This code is not waiting for anybody: it is mistyped, has run out or was used. Look at the device again.',
    tc: '沒有此代碼：可能輸入有誤、已過期或已使用。請再看裝置上的代碼。',
  },
  refused: {
    en: 'You refused. The device was not signed in. To connect another one, enter its code.',
    tc: '你已拒絕，該裝置沒有登入。如要連接另一部裝置，請輸入其代碼。',
  },
  confirmLede: {
    en: 'Compare the code with the one on the device. Go on only if it stands before you and you began this yourself.',
    tc: '請與裝置上的代碼核對。只有在裝置就在你面前，並由你本人開始時，才可繼續。',
  },
  warning: {
    en: 'Did somebody send or read you this code? Then refuse: they would be signed in as you.',
    tc: '代碼是別人傳來或讀給你的嗎？請拒絕，否則對方會以你的身份登入。',
  },
  confirm: { en: 'The codes are the same: continue', tc: '代碼相同，繼續' },
  abort: { en: 'Refuse', tc: '拒絕' },
  doneTitle: { en: 'The device is signed in', tc: '裝置已登入' },
  doneLede: {
    en: 'Go on at the device; you may close this page. In your account you can end it at any time.',
    tc: '請在該裝置上繼續，此頁可以關閉。你可隨時在帳戶內結束。',
  },
} as const satisfies Record<string, Text>;

export const logoutTexts = {
  kicker: { en: 'Sign out', tc: '登出' },
  title: { en: 'Sign out everywhere?', tc: '全部登出？' },
  lede: {
    en: 'You leave this site and the services that you opened with it in this browser.',
    tc: '你會登出本網站，以及在這個瀏覽器以它登入的服務。',
  },
  yes: { en: 'Sign out', tc: '登出' },
  no: { en: 'Stay signed in', tc: '保持登入' },
  doneTitle: { en: 'You are signed out', tc: '你已登出' },
  doneLede: { en: 'On a shared computer, close the browser too.', tc: '如使用公用電腦，請同時關閉瀏覽器。' },
  again: { en: 'Sign in again', tc: '重新登入' },
  home: { en: 'Go to the home page', tc: '前往首頁' },
  account: { en: 'My account', tc: '我的帳戶' },
} as const satisfies Record<string, Text>;

type ErrorWords = { title: Text; next: Text };

const wrongRequest: ErrorWords = {
  title: { en: 'The service asked in a way we cannot accept', tc: '服務的要求不獲接納' },
  next: {
    en: 'The fault is not yours. Go back to the service and try again; if it stays, tell it the code below.',
    tc: '問題不在於你。請返回該服務再試；如仍未解決，請把下列代號告知該服務。',
  },
};

const unknownService: ErrorWords = {
  title: { en: 'We do not know this service', tc: '我們不認識這項服務' },
  next: {
    en: 'It is not registered here, or no longer. Do not enter anything personal there; tell those who run it the code below.',
    tc: '它未有在此登記，或登記已取消。請勿在該處提供個人資料，並把下列代號告知營辦者。',
  },
};

const tookTooLong: ErrorWords = {
  title: { en: 'This sign-in is over', tc: '這次登入已結束' },
  next: {
    en: 'It took too long, was finished already, or began in another browser. Go back to the service and sign in from there.',
    tc: '可能已逾時、已完成，或由另一個瀏覽器開始。請返回該服務重新登入。',
  },
};

const refused: ErrorWords = {
  title: { en: 'You refused', tc: '你已拒絕' },
  next: {
    en: 'The service was told nothing about you. You can begin again there at any time.',
    tc: '該服務沒有得到你的任何資料。你可隨時在該處重新開始。',
  },
};

const ourFault: ErrorWords = {
  title: { en: 'Something went wrong on our side', tc: '我們的系統出現問題' },
  next: {
    en: 'It has been recorded. Nothing was passed on. Go back to the service and try again in a few minutes.',
    tc: '問題已記錄，沒有任何資料外傳。請返回該服務，數分鐘後再試。',
  },
};

/** What happened and what to do, by the error codes of RFC 6749, RFC 8628 and OpenID Connect. */
export const providerErrors: Record<string, ErrorWords> = {
  invalid_client: unknownService,
  unauthorized_client: unknownService,
  invalid_redirect_uri: unknownService,
  access_denied: refused,
  expired_token: tookTooLong,
  interaction_required: tookTooLong,
  login_required: tookTooLong,
  session_not_found: tookTooLong,
  temporarily_unavailable: ourFault,
  server_error: ourFault,
};

export const otherError = wrongRequest;

export const errorTexts = {
  kicker: { en: 'Sign in', tc: '登入' },
  nothing: { en: 'No service was told anything about you.', tc: '沒有任何服務得到你的資料。' },
  word: { en: 'Code to quote', tc: '查詢代號' },
  request: { en: 'Number of the request', tc: '要求編號' },
} as const satisfies Record<string, Text>;

export const deviceConfirmTitle = (client: Text): Text => ({
  en: `Sign in to ${client.en} on the device?`,
  tc: `在裝置上登入「${client.tc}」？`,
});

export const logoutFor = (client: Text): Text => ({
  en: `${client.en} asks whether you want to sign out here too.`,
  tc: `「${client.tc}」想知道你是否同時在此登出。`,
});

export const deviceDoneFor = (client: Text): Text => ({
  en: `${client.en} is signed in on the device`,
  tc: `裝置已登入「${client.tc}」`,
});
