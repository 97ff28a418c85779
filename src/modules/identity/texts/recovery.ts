// Words of getting back in without a passkey, and of approving from here what was asked elsewhere.

import type { Text } from '../../../core/texts.ts';

export const recoveryTexts = {
  kicker: { en: 'Recovery', tc: '復原' },
  title: { en: 'Recover my account', tc: '復原我的帳戶' },
  code: { en: 'Recovery code', tc: '復原碼' },
  codeHint: {
    en: 'From the list that you printed or wrote down, or from an officer at a desk. Capitals, spaces and hyphens do not matter.',
    tc: '見你印出或抄下的清單，或由服務櫃位人員提供。大小寫、空格和連字號均不影響。',
  },
  codeMissing: { en: 'Enter a recovery code.', tc: '請輸入復原碼。' },
  codeMalformed: {
    en: 'This is not a recovery code: a letter or digit is missing or mistyped. Compare it with your list.',
    tc: '這不是復原碼：可能漏了或輸錯了字母、數字。請與你的清單核對。',
  },
  begin: { en: 'Begin recovery', tc: '開始復原' },
  whyWait: { en: 'Why you have to wait', tc: '為何要等候' },
  whyWaitText: {
    en: 'A code can be stolen. While you wait, every page of the account warns of it, and so does the next sign-in with a passkey; there it can be stopped. Look there when you miss your list.',
    tc: '復原碼有可能被盜。等候期間，帳戶各頁均會顯示警告，以通行密鑰登入時亦會提示，屆時可停止復原。如發現清單不見了，請即登入查看。',
  },
  noCode: { en: 'I have no recovery code', tc: '我沒有復原碼' },
  noCodeText: {
    en: 'Go to a service desk with your identity document. One officer checks who you are, a second one agrees, and you are given a code that works at once.',
    tc: '請攜同身份證明文件前往服務櫃位。由一名人員核實身份、另一名人員覆核後，你會取得即時生效的復原碼。',
  },
  haveDevice: { en: 'I still have one of my devices', tc: '我仍有其中一部裝置' },
  haveDeviceText: {
    en: 'Sign in with it. In your account you remove the lost device at once and add a new one, without waiting.',
    tc: '請用它登入。你可在帳戶內即時移除遺失的裝置並加入新裝置，無須等候。',
  },
  waitingTitle: { en: 'If the code is right, recovery has begun', tc: '如復原碼正確，復原程序已開始' },
  waitingText: {
    en: 'For your safety this page looks the same for a right and a wrong code, and for one that was stopped.',
    tc: '為保障你的安全，無論復原碼是否正確、復原有否被停止，此頁內容都一樣。',
  },
  waitingHow: { en: 'What happens now', tc: '接下來' },
  comeBack: {
    en: 'Come back to this page with this browser on that day, and make a new passkey.',
    tc: '屆時請用這個瀏覽器返回此頁，建立新的通行密鑰。',
  },
  keepBrowser: {
    en: 'Only this browser can finish it. If you clear its data, begin again with another code of your list.',
    tc: '只有這個瀏覽器可以完成復原。如清除了它的資料，請用清單上另一個復原碼重新開始。',
  },
  stopTitle: { en: 'How to stop it', tc: '如何停止' },
  stopText: {
    en: 'If you find a device, or did not begin this: sign in and press “It is not me: stop it” in your account. It is over at once.',
    tc: '如你找回裝置，或復原並非由你開始：請登入，在帳戶內按「不是我：立即停止」，即時生效。',
  },
  signInToStop: { en: 'Sign in and stop it', tc: '登入並停止' },
  otherCode: { en: 'Use another code', tc: '使用另一個復原碼' },
  forget: { en: 'End it in this browser', tc: '在這個瀏覽器結束' },
  openTitle: { en: 'Make your new passkey', tc: '建立新的通行密鑰' },
  openLede: {
    en: 'The waiting period is over. This device makes a new passkey and keeps it.',
    tc: '等候期已過。這部裝置會建立並保管新的通行密鑰。',
  },
  openNote: {
    en: 'Every session you had is ended. Your other passkeys stay until you remove them in your account.',
    tc: '你所有的登入狀態都會結束。其他通行密鑰會保留，直至你在帳戶內移除。',
  },
  openDeskLede: {
    en: 'The officers have let you back in. Make your new passkey here.',
    tc: '櫃位人員已批准復原。請在此建立新的通行密鑰。',
  },
  openButton: { en: 'Make a passkey on this device', tc: '在此裝置建立通行密鑰' },
  doneTitle: { en: 'You are back', tc: '復原完成' },
  doneLede: {
    en: 'The new passkey works: sign in with it. Your old codes are void. If you have other devices on record, removing them, making new codes and deleting the account must wait once more as long as the recovery did: so a thief cannot throw you out. At a desk it goes at once.',
    tc: '新的通行密鑰已可使用，請用它登入。舊有的復原碼已全部作廢。如帳戶內尚有其他裝置，移除裝置、製作新碼和刪除帳戶須再等候一段同樣長的時間，以免盜用者把你拒諸門外；前往服務櫃位則可即時辦理。',
  },
  overTitle: { en: 'This recovery is over', tc: '此復原程序已結束' },
  overLede: {
    en: 'It was stopped, has run out or is finished, or the code was wrong. If you still cannot sign in, begin again with another code.',
    tc: '程序已被停止、過期或完成，或復原碼不正確。如仍未能登入，請用另一個復原碼重新開始。',
  },
} as const satisfies Record<string, Text>;

export const recoveryPhrases = {
  lede: (hours: number): Text => ({
    en: `Enter one of your recovery codes. After waiting ${hours} hours you make a new passkey.`,
    tc: `輸入其中一個復原碼，等候${hours}小時後，便可建立新的通行密鑰。`,
  }),
  waits: (hours: number): Text => ({
    en: `The wait is ${hours} hours; a code from a desk needs none.`,
    tc: `等候時間為${hours}小時；由服務櫃位提供的復原碼無須等候。`,
  }),
  opens: (date: string, dateTc: string): Text => ({
    en: `A new passkey can be made from ${date}.`,
    tc: `由${dateTc}起可建立新的通行密鑰。`,
  }),
  closes: (date: string, dateTc: string): Text => ({
    en: `It stays open until ${date}.`,
    tc: `有效期至${dateTc}。`,
  }),
};

export const approvalTexts = {
  kicker: { en: 'My account', tc: '我的帳戶' },
  title: { en: 'Requests for your approval', tc: '等待你批准的要求' },
  lede: {
    en: 'A service asks you to confirm here what was begun elsewhere. Approve only what you began yourself.',
    tc: '有服務請你在此確認在別處開始的事項。請只批准由你本人開始的事項。',
  },
  none: { en: 'Nothing is waiting for you.', tc: '沒有等待你批准的要求。' },
  noneHow: {
    en: 'If a service says it has asked you, open this page again in a moment.',
    tc: '如服務表示已發出要求，請稍後重新開啟此頁。',
  },
  again: { en: 'Look again', tc: '重新查看' },
  message: { en: 'It shows you', tc: '它顯示的代碼' },
  messageNote: {
    en: 'It must be the same as on the other screen.',
    tc: '必須與另一個畫面上的相同。',
  },
  wants: { en: 'It asks to know', tc: '它希望知道' },
  onlySignIn: { en: 'only that it is you', tc: '只確認是你本人' },
  until: { en: 'Runs out', tc: '到期時間' },
  approve: { en: 'Approve with a passkey', tc: '以通行密鑰批准' },
  refuse: { en: 'Refuse', tc: '拒絕' },
  notMine: { en: 'I did not begin this: refuse', tc: '並非由我開始：拒絕' },
  approved: { en: 'Approved. The service has been told.', tc: '已批准，並已通知該服務。' },
  refused: {
    en: 'Refused. The service learns nothing about you.',
    tc: '已拒絕，該服務不會得知你的任何資料。',
  },
  gone: {
    en: 'That request has run out or was decided already.',
    tc: '該要求已過期，或已有決定。',
  },
  decided: { en: 'Decided', tc: '已決定' },
} as const satisfies Record<string, Text>;
