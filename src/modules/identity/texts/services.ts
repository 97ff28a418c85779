// What is said about services that people sign in to, and about signing in to the portal.

import type { Text } from '../../../core/texts.ts';

export const serviceTexts = {
  unknown: {
    en: 'There is no such service. It may have been disabled.',
    tc: '找不到這項服務，可能已停用。',
  },
  exists: {
    en: 'A service with this identifier is registered already. Choose another one.',
    tc: '這個識別碼已有服務登記，請另選一個。',
  },
  wrongMetadata: {
    en: 'The service cannot be registered with these settings. See what is wrong with each.',
    tc: '無法以這些設定登記服務。請查看各項問題。',
  },
  noSecretUsed: {
    en: 'This service proves who it is without a secret, so there is none to renew.',
    tc: '這項服務並非以密碼證明身份，沒有密碼可更換。',
  },
  unknownInteraction: {
    en: 'This sign-in has expired, or was begun in another browser. Go back to the service and begin again.',
    tc: '這次登入已過期，或在另一個瀏覽器開始。請返回服務，重新登入。',
  },
  needsBoundPasskey: {
    en: 'This service asks for a passkey that cannot leave its device, such as a security key. Use one of those.',
    tc: '這項服務要求使用不能離開裝置的通行密鑰，例如保安密鑰。請改用這類通行密鑰。',
  },
  signInFailed: {
    en: 'Signing in did not work. Nothing has changed; please begin again.',
    tc: '登入未能完成，你的資料沒有改變。請重新登入。',
  },
  signInStopped: {
    en: 'You stopped signing in. Nothing has changed.',
    tc: '你已取消登入，資料沒有改變。',
  },
  foreignRequest: {
    en: 'This request was sent from another site. Open the page here and try again.',
    tc: '這項要求由其他網站送出。請在本網站開啟該頁，再試一次。',
  },
  badToken: {
    en: 'The access token is unknown, has expired, or is not meant for this address.',
    tc: '存取權杖不明、已過期，或不適用於這個網址。',
  },
  badProof: {
    en: 'The proof of possession (DPoP) does not fit this request.',
    tc: '持有證明（DPoP）與這項要求不符。',
  },
  missingScope: {
    en: 'The access token does not allow this.',
    tc: '存取權杖不容許這項操作。',
  },
  unknownApproval: {
    en: 'This request has expired, or was answered already.',
    tc: '這項要求已過期或已獲回覆。',
  },
  signOutTitle: { en: 'Sign out', tc: '登出' },
  signOutLede: {
    en: 'You will be signed out here and at every service that asked to be told.',
    tc: '你將登出本網站，以及要求接收登出通知的各項服務。',
  },
  signOut: { en: 'Sign out', tc: '登出' },
} satisfies Record<string, Text>;
