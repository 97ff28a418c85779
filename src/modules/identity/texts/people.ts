// What people are told when something of their identity is refused, in English and Traditional Chinese.

import type { Problem } from '../../../core/problems.ts';
import type { Text } from '../../../core/texts.ts';

export const peopleTexts = {
  unknownPerson: { en: 'There is no such person here.', tc: '找不到此人。' },
  cardKnown: {
    en: 'This identity card belongs to another account already. A person has one account: sign in to it, or recover it.',
    tc: '此身份證已登記於另一帳戶。每人只可有一個帳戶，請登入或復原該帳戶。',
  },
  wrongCard: {
    en: 'This is not a card number, or a digit is wrong. Compare it with the card, with the digit in brackets.',
    tc: '身份證號碼不正確。請對照身份證重新輸入，包括括號內的數字。',
  },
  noCard: {
    en: 'This city has no identity card that could be recorded.',
    tc: '此城市沒有可供記錄的身份證。',
  },
  passkeyRefused: {
    en: 'The passkey could not be accepted. Try again; if it fails again, use another of your devices.',
    tc: '未能接受此通行密鑰。請再試一次；如仍然不行，請改用你的另一部裝置。',
  },
  unknownPasskey: {
    en: 'You have no such passkey. It may have been removed already.',
    tc: '你沒有此通行密鑰，可能早已移除。',
  },
  lastPasskey: {
    en: 'This is your only passkey, and you have no recovery codes: without it you could not sign in again. Add another passkey or make recovery codes first.',
    tc: '這是你唯一的通行密鑰，而你並無復原碼；移除後將無法再登入。請先新增另一個通行密鑰，或製作復原碼。',
  },
  tooManyPasskeys: {
    en: 'You have as many passkeys as an account can hold. Remove one that you no longer use.',
    tc: '你的通行密鑰已達上限。請先移除不再使用的通行密鑰。',
  },
  unknownSession: { en: 'This session has ended already.', tc: '此登入狀態已經結束。' },
  tooManyAttempts: {
    en: 'This was tried too often. Wait a while, then try again.',
    tc: '嘗試次數過多，請稍後再試。',
  },
  recoveredLately: {
    en: 'You signed in with a passkey that came of a recovery code. For as long as the waiting period was, it may not remove your earlier devices, make codes, stop a recovery or delete the account: a thief could do that too. Use an earlier device, or wait.',
    tc: '你所用的通行密鑰經復原碼建立。為防盜用，在與等候期相同的一段時間內，它不能移除較早的裝置、製作復原碼、停止復原或刪除帳戶。請使用較早的裝置，或稍後再試。',
  },
  recoveryClosed: {
    en: 'This recovery cannot go on: it has not opened yet, was stopped, or has ended. Start again with another code.',
    tc: '未能繼續復原帳戶：時間未到、已被取消，或已經結束。請用另一個復原碼重新開始。',
  },
  nothingToStop: {
    en: 'No recovery of your account is under way.',
    tc: '你的帳戶現時並無復原程序進行中。',
  },
} satisfies Record<string, Text>;

/** What a program, or whoever runs one, can do about each of these codes. */
export const peopleAdvice: Record<string, Problem> = {
  'unknown-person': {
    kind: 'not-found',
    advice: {
      en: 'Check the id; an erased account is gone for good.',
      tc: '請核對編號；已刪除的帳戶無法復原。',
    },
  },
  'card-known': {
    kind: 'conflict',
    advice: {
      en: 'Do not make a second account: sign in to the first, or recover it.',
      tc: '請勿另開帳戶；請登入或復原原有的帳戶。',
    },
  },
  'wrong-card-number': {
    kind: 'invalid',
    advice: {
      en: 'Send the number as it stands on the card, with its check digit.',
      tc: '請按身份證所示填寫號碼，包括校驗碼。',
    },
  },
  'no-card-here': {
    kind: 'invalid',
    advice: { en: 'Leave the card number out.', tc: '請勿填寫身份證號碼。' },
  },
  'passkey-refused': {
    kind: 'invalid',
    advice: {
      en: 'Begin the ceremony anew. The reason is told to nobody: it would help an attacker more than you.',
      tc: '請重新開始。系統不會透露原因，以免有利於攻擊者。',
    },
  },
  'unknown-passkey': {
    kind: 'not-found',
    advice: { en: 'Read the list of your devices again.', tc: '請重新讀取你的裝置清單。' },
  },
  'last-passkey': {
    kind: 'conflict',
    advice: {
      en: 'Add another passkey, or make recovery codes, before you remove the last one.',
      tc: '移除最後一個通行密鑰前，請先新增另一個，或製作復原碼。',
    },
  },
  'too-many-passkeys': {
    kind: 'conflict',
    advice: { en: 'Remove a passkey that you no longer use.', tc: '請移除不再使用的通行密鑰。' },
  },
  'unknown-session': {
    kind: 'not-found',
    advice: { en: 'Read the list of your sessions again.', tc: '請重新讀取你的登入清單。' },
  },
  'too-many-attempts': {
    kind: 'too-many',
    advice: {
      en: 'Wait as long as the header Retry-After says.',
      tc: '請按標頭Retry-After所示時間等候。',
    },
  },
  'recovered-lately': {
    kind: 'conflict',
    advice: {
      en: 'Use a passkey that is older than the recovery, go to a desk, or wait.',
      tc: '請使用復原前已有的通行密鑰、前往服務櫃位，或稍後再試。',
    },
  },
  'recovery-closed': {
    kind: 'conflict',
    advice: {
      en: 'Look at the state of the recovery; if it has ended, begin another with a code that is still good.',
      tc: '請查看復原程序的狀態；如已結束，請用未使用的復原碼重新開始。',
    },
  },
  'no-recovery': {
    kind: 'not-found',
    advice: { en: 'Nothing has to be stopped.', tc: '無須取消任何程序。' },
  },
};
