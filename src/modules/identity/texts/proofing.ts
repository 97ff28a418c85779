// Words of verifying oneself with a remote service.

import type { Text } from '../../../core/texts.ts';

export const proofingTexts = {
  title: { en: 'Verify who you are online', tc: '網上核實身份' },
  lede: {
    en: 'A service that the city trusts checks your identity card and tells us your name and card number. You need not come to a desk.',
    tc: '由本市信任的服務核對你的身份證，並將姓名及身份證號碼告知我們，無須親臨櫃位。',
  },
  part: { en: 'With your identity card, without going to a desk', tc: '憑身份證在網上辦理，無須前往櫃位' },
  service: { en: 'What will happen', tc: '核實過程' },
  note: { en: 'You leave this site and come back.', tc: '你將離開本網站，完成後返回。' },
  provider: { en: 'Service', tc: '服務' },
  learns: { en: 'It learns from us', tc: '該服務獲悉' },
  learnsWhat: {
    en: 'That somebody of this city wants to be verified. Not who.',
    tc: '本市有人要求核實身份，但不知道是誰。',
  },
  tells: { en: 'It tells us', tc: '我們獲悉' },
  tellsWhat: {
    en: 'Your name and the number of your card. The number is sealed and never shown whole.',
    tc: '你的姓名及身份證號碼。號碼會加密保存，不會完整顯示。',
  },
  go: { en: 'Go to the service', tc: '前往該服務' },
  done: { en: 'You are verified.', tc: '你的身份已核實。' },
  doneLede: {
    en: 'Your account now bears the name of your card. You find the receipt under "What was done, and who looked".',
    tc: '帳戶姓名已更新為身份證上的姓名。你可在「紀錄與查閱」查看收據。',
  },
  back: { en: 'My account', tc: '我的帳戶' },
} as const satisfies Record<string, Text>;
