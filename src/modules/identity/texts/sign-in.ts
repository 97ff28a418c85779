// Words of signing in, registering and of what a service is told.

import type { Text } from '../../../core/texts.ts';

export const passkeyTexts = {
  working: {
    en: 'Your device is asking you now. Confirm there.',
    tc: '裝置正要求你確認，請按裝置的指示完成。',
  },
  waiting: {
    en: 'Your device is asking you. Nothing appeared? Press the button again.',
    tc: '裝置正要求你確認。如沒有任何提示，請再按一次按鈕。',
  },
  cancelled: {
    en: 'Nothing happened: it was cancelled, took too long, or there is no fitting passkey here. Press the button to try again, or choose another device in the window that opens.',
    tc: '未能完成：操作已取消、逾時，或此處沒有合適的通行密鑰。請再按按鈕，或在彈出的視窗選用另一部裝置。',
  },
  known: {
    en: 'This device already holds a passkey for you. Sign in with it.',
    tc: '這部裝置已有你的通行密鑰，請直接以它登入。',
  },
  unable: {
    en: 'This browser or device cannot use passkeys. Update it, or use another one, such as your phone.',
    tc: '這個瀏覽器或裝置不支援通行密鑰。請更新，或改用其他裝置，例如手機。',
  },
  failed: {
    en: 'The device did not answer as it should. Open this page again and try once more.',
    tc: '裝置未有正常回應。請重新開啟此頁，再試一次。',
  },
  noScript: {
    en: 'Browsers let only a script ask for a passkey, and scripts are off here. Turn them on for this site, or use another browser or your phone. Everything else on this site works without scripts.',
    tc: '瀏覽器只容許指令碼使用通行密鑰，而此處已停用指令碼。請為本網站啟用，或改用另一個瀏覽器或手機。本網站其餘部分無須指令碼。',
  },
  refused: {
    en: 'The passkey was not accepted. It may have been removed, or this page was open for too long. Try again; if it stays, use another of your devices.',
    tc: '通行密鑰未獲接納。它可能已被移除，或此頁開啟過久。請再試一次；如仍未能完成，請使用你的另一部裝置。',
  },
  bound: {
    en: 'This passkey can be copied to other devices, and the service asks for one that cannot. Use another one, such as a security key.',
    tc: '這個通行密鑰可複製到其他裝置，而此服務要求不能複製的一種。請改用另一個，例如保安密鑰。',
  },
  missing: {
    en: 'The browser sent no passkey. Scripts may be off, or the page had not finished loading. Press the button once more.',
    tc: '瀏覽器沒有送出通行密鑰。指令碼可能已停用，或網頁尚未載入完成。請再按一次按鈕。',
  },
} as const satisfies Record<string, Text>;

export const signInTexts = {
  signIn: { en: 'Sign in', tc: '登入' },
  loginLede: {
    en: 'With the fingerprint, face or PIN that unlocks your device. There is no password.',
    tc: '用解鎖裝置的指紋、面容或數字碼即可，不設帳戶密碼。',
  },
  loginButton: { en: 'Sign in with a passkey', tc: '以通行密鑰登入' },
  confirmTitle: { en: 'Confirm that it is you', tc: '請確認是你本人' },
  confirmLede: {
    en: 'You are signed in already. For this step you are asked for your passkey once more.',
    tc: '你已登入；進行這一步前，請再次使用你的通行密鑰。',
  },
  confirmButton: { en: 'Confirm with a passkey', tc: '以通行密鑰確認' },
  boundNeeded: {
    en: 'Use a passkey that cannot leave its device, such as a security key: this service asks for it.',
    tc: '此服務要求使用不能離開裝置的通行密鑰，例如保安密鑰。',
  },
  otherWays: { en: 'If that does not work', tc: '如未能登入' },
  whatIsPasskey: { en: 'What is a passkey?', tc: '甚麼是通行密鑰？' },
  whatIsPasskeyText: {
    en: 'A key that your device keeps for this site alone, in place of a password. It cannot be guessed, and it does not work on a site that only looks like this one.',
    tc: '由裝置專為本網站保管的密鑰，用以代替密碼。它無法被猜中，在冒充本網站的網頁上亦不會生效。',
  },
  otherDevice: { en: 'My passkey is on my phone', tc: '我的通行密鑰在手機上' },
  otherDeviceHow: {
    en: 'Press the button above. In the window that opens choose “Use another device” or “Phone or tablet”, and scan the QR code with your phone. Bluetooth must be on at both: it proves that the phone is near, so that nobody far away can use your code.',
    tc: '按上面的按鈕，在彈出的視窗選擇「使用其他裝置」或「手機或平板電腦」，再用手機掃描二維碼。兩部裝置均須開啟藍牙，以證明手機就在附近，令遠處的人無法利用該二維碼。',
  },
  otherWaysToStart: { en: 'Other ways', tc: '其他方法' },
  firstTime: { en: 'I am new: create a digital identity', tc: '首次使用：建立數碼身份' },
  firstTimeNote: { en: 'One step, no e-mail address, no password.', tc: '只需一步，無須電郵地址或密碼。' },
  lostAll: { en: 'I have lost every device', tc: '我已失去所有裝置' },
  lostAllNote: {
    en: 'Use a recovery code, or go to a service desk.',
    tc: '使用復原碼，或前往服務櫃位。',
  },
  onlyName: {
    en: 'Only that it is the same person each time, under a name made for it alone.',
    tc: '只知道每次都是同一人，並以專為它而設的代號認出你。',
  },
  noCompare: {
    en: 'Every service knows you under another name, so that services cannot compare notes about you.',
    tc: '各項服務所用的代號各不相同，無法互相核對你的資料。',
  },
  askedFirst: {
    en: 'If it asks for more, you see it on the next page and decide.',
    tc: '如它要求更多資料，下一頁會逐項列出，由你決定。',
  },
  createTitle: { en: 'Create your digital identity', tc: '建立你的數碼身份' },
  createLede: {
    en: 'One step: your device makes a passkey and keeps it. You unlock it as you unlock the device.',
    tc: '只需一步：裝置會建立並保管一個通行密鑰，日後用解鎖裝置的方式便可使用。',
  },
  name: { en: 'What shall we call you?', tc: '我們怎樣稱呼你？' },
  nameHint: {
    en: 'Any name. Only you see it, and services to which you allow it.',
    tc: '任何名稱均可，只有你和你允許的服務會看到。',
  },
  nameTooLong: { en: 'Use at most 80 characters.', tc: '最多80個字。' },
  createButton: { en: 'Create a passkey on this device', tc: '在此裝置建立通行密鑰' },
  createPhone: { en: 'I would rather use my phone', tc: '我想改用手機' },
  createPhoneHow: {
    en: 'Press the button, choose “Use another device” or “Phone or tablet”, and scan the QR code with your phone. Or open this site on the phone and begin there.',
    tc: '按上面的按鈕，選擇「使用其他裝置」或「手機或平板電腦」，再用手機掃描二維碼；亦可直接在手機開啟本網站，由該處開始。',
  },
  haveOne: { en: 'I have one already: sign in', tc: '我已有數碼身份：登入' },
  whatWeKeep: { en: 'What is kept about you', tc: '我們保存甚麼' },
  keptKey: { en: 'Passkey', tc: '通行密鑰' },
  keptKeyNote: {
    en: 'Only its public half. The secret half, your fingerprint and your face never leave your device.',
    tc: '只保存公開的一半。保密的一半、你的指紋和面容均不會離開裝置。',
  },
  keptName: { en: 'Name', tc: '稱呼' },
  keptNameNote: {
    en: 'If you give one; encrypted. You can change or remove it at any time.',
    tc: '如你有提供，會加密保存；你可隨時更改或刪除。',
  },
  keptNothing: { en: 'Nothing else', tc: '別無其他' },
  keptNothingNote: {
    en: 'No e-mail address, no phone number, no identity card. You can delete everything yourself.',
    tc: '沒有電郵地址、電話號碼或身份證資料。你可自行刪除一切。',
  },
  register: { en: 'Register', tc: '登記' },
  permission: { en: 'Permission', tc: '授權' },
  consentChooseToo: { en: 'And, one by one', tc: '以及個別資料' },
  consentAlways: { en: 'It is always told', tc: '必定告知' },
  consentChoose: { en: 'It asks to know', tc: '它希望知道' },
  consentChooseHint: { en: 'Untick what it need not know.', tc: '如不想它知道，請取消勾選。' },
  consentNever: { en: 'It is never told', tc: '絕不告知' },
  consentReach: { en: 'If you leave that ticked', tc: '如保留勾選' },
  readsAccount: {
    en: 'It reads your name, your language, since when you have this account, how and when your identity was verified, and how many devices and recovery codes you have.',
    tc: '它可讀取你的稱呼、語言、帳戶開立時間、身份經過何種核實及其日期，以及裝置和復原碼的數目。',
  },
  actsAsOfficer: {
    en: 'It sees and does whatever you may see and do as an officer, in your name.',
    tc: '凡你以人員身份可查看和處理的事項，它均可以你的名義查看和處理。',
  },
  mayCompare: {
    en: 'Services that you allow this can tell that you are the same person.',
    tc: '獲你如此授權的各項服務，可得知你是同一人。',
  },
  neverCard: { en: 'your identity card number', tc: '你的身份證號碼' },
  neverServices: {
    en: 'which other services you use, or your names there',
    tc: '你使用的其他服務，以及你在該處的代號',
  },
  neverDevices: {
    en: 'which devices you have, your fingerprint or face',
    tc: '你有哪些裝置，以及你的指紋或面容',
  },
  consentChange: {
    en: 'You can end this at any time: My account, Services that know me.',
    tc: '你可隨時在「我的帳戶」的「認識我的服務」撤回。',
  },
  allow: { en: 'Allow and continue', tc: '允許並繼續' },
  refuse: { en: 'Refuse', tc: '拒絕' },
  noValue: { en: 'not on record', tc: '未有紀錄' },
} as const satisfies Record<string, Text>;

/** What a scope lets a service know or do, in words (OpenID Connect Core 1.0, 5.4 and 11). */
export const scopeTexts: Record<string, Text> = {
  profile: { en: 'Your name and language', tc: '你的稱呼和語言' },
  assurance: { en: 'How well your identity was verified, and when', tc: '你的身份經過何種核實及其日期' },
  offline_access: {
    en: 'To go on while you are away, until you end it',
    tc: '在你離開後繼續運作，直至你撤回',
  },
  account: { en: 'To read your account at this site', tc: '讀取你在本網站的帳戶' },
  officer: { en: 'To act for you as an officer', tc: '以人員身份代你行事' },
};

/** What a single claim tells (OpenID Connect Core 1.0, 5.1). */
export const claimTexts: Record<string, Text> = {
  name: { en: 'Your name', tc: '你的稱呼' },
  locale: { en: 'Your language', tc: '你的語言' },
  assurance: { en: 'How well your identity was verified', tc: '你的身份經過何種核實' },
  verified_at: { en: 'When your identity was verified', tc: '你的身份何時核實' },
};

export const assuranceTexts: Record<string, Text> = {
  'self-asserted': { en: 'not verified: said by yourself', tc: '未核實，由你自行申報' },
  'verified-remotely': { en: 'verified remotely', tc: '已遙距核實' },
  'verified-at-desk': { en: 'verified at a desk', tc: '已於服務櫃位核實' },
};

export const signInPhrases = {
  signInTo: (name: Text): Text => ({ en: `Sign in to ${name.en}`, tc: `登入${name.tc}` }),
  asksSignIn: (name: Text): Text => ({ en: `${name.en} asks you to sign in`, tc: `「${name.tc}」請你登入` }),
  asksConfirm: (name: Text): Text => ({
    en: `${name.en} asks you to confirm that it is you`,
    tc: `「${name.tc}」請你確認身份`,
  }),
  learns: (name: Text): Text => ({ en: `What ${name.en} learns`, tc: `「${name.tc}」會知道甚麼` }),
  createFor: (name: Text): Text => ({
    en: `Then you go on to ${name.en}.`,
    tc: `完成後會帶你前往「${name.tc}」。`,
  }),
  backTo: (name: Text): Text => ({ en: `Cancel and go back to ${name.en}`, tc: `取消並返回「${name.tc}」` }),
  mayKnow: (name: Text): Text => ({ en: `May ${name.en} know this?`, tc: `讓「${name.tc}」知道這些嗎？` }),
  mayKnowLede: (name: Text): Text => ({
    en: `You are signed in. ${name.en} learns only what you allow here.`,
    tc: `你已登入。「${name.tc}」只會知道你在此允許的資料。`,
  }),
  service: (name: Text): Text => ({ en: `Service: ${name.en}`, tc: `服務：${name.tc}` }),
};
