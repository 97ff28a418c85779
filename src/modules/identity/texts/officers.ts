// What officers are told when something is refused, and what programs read about the codes.

import type { Problem } from '../../../core/problems.ts';
import type { Text } from '../../../core/texts.ts';

export const problemWords = {
  unknownDepartment: {
    en: 'There is no such department, or it is closed. Choose one from the list.',
    tc: '沒有此部門，或該部門已撤銷。請從名單中選取。',
  },
  unknownProposal: { en: 'There is no such proposal.', tc: '沒有此項建議。' },
  unknownAppointment: {
    en: 'This role is not held any more. Look at the list again.',
    tc: '此職權已經終止。請重新查看名單。',
  },
  unknownInvitation: {
    en: 'This invitation was used, made void, or is too old.',
    tc: '此邀請已被使用、已作廢或已過期。',
  },
  roleNotFree: {
    en: 'This person holds the role already, or the department is closed.',
    tc: '此人已擔任該職權，或該部門已撤銷。',
  },
  notAnOfficer: {
    en: 'Only somebody who is an officer already can be given a role directly. Send an invitation instead.',
    tc: '只可直接向現任人員授予職權。請改為發出邀請。',
  },
  ownRole: {
    en: 'Nobody gives a role to themselves. Ask another administrator.',
    tc: '任何人不得向自己授予職權。請交由另一名管理員處理。',
  },
  thirdFirst: {
    en: 'The only other administrator is the person concerned. Invite a third administrator first.',
    tc: '除你以外，唯一的管理員就是當事人。請先邀請第三名管理員。',
  },
  ownInvitation: {
    en: 'You made or approved this invitation yourself. It is for somebody else.',
    tc: '此邀請由你發出或批准，只可供其他人使用。',
  },
  wrongInvitation: {
    en: 'This code is not right, was used already, or is too old. Ask for a new invitation.',
    tc: '代碼不正確、已被使用或已過期。請索取新的邀請。',
  },
  lastAdministrator: {
    en: 'This is the last administrator of the coordinating department. Appoint another one first.',
    tc: '這是統籌部門的最後一名管理員。請先委任另一名管理員。',
  },
  wrongDeskCode: {
    en: 'This code is not right, was used already, or is older than ten minutes. Ask the person to show a new one.',
    tc: '代碼不正確、已被使用或已超過十分鐘。請對方顯示新的代碼。',
  },
  ownDeskCode: {
    en: 'Nobody verifies themselves. Another officer must do it.',
    tc: '任何人不得核實自己的身份。請由另一名人員處理。',
  },
  deskVisitOver: {
    en: 'This visit is over. Ask the person to show a new code.',
    tc: '此次核實已經結束。請對方顯示新的代碼。',
  },
  checksMissing: {
    en: 'Tick each check that you made. If you could not make one, do not go on.',
    tc: '請逐項確認已完成的核對。如有任何一項未能完成，請勿繼續。',
  },
  reasonMissing: { en: 'Choose what happened to the devices.', tc: '請選擇裝置的情況。' },
  nameMissing: { en: 'Write the name as it stands on the card.', tc: '請按身份證填寫姓名。' },
  cardMissing: { en: 'Write the number of the card.', tc: '請填寫身份證號碼。' },
  wrongCardNumber: (example: string): Text => ({
    en: `This is not a card number, or a digit is wrong. Write all of it as it stands on the card, such as ${example}.`,
    tc: `身份證號碼不正確。請按身份證完整填寫，例如 ${example}。`,
  }),
  cardKnown: {
    en: 'Another account holds this card. Nothing was changed. The person may have registered twice.',
    tc: '此身份證已登記於另一帳戶，資料沒有更改。此人可能曾重複登記。',
  },
  cardDiffers: {
    en: 'This account was verified with another card before. Nothing was changed.',
    tc: '此帳戶曾以另一張身份證核實，資料沒有更改。',
  },
  nobodyWithCard: {
    en: 'No account was verified with this card number. Compare it with the card.',
    tc: '沒有帳戶以此身份證號碼核實。請對照身份證再次查看。',
  },
  ownRecovery: {
    en: 'Nobody recovers their own account as an officer. Another officer must do it.',
    tc: '任何人員不得復原自己的帳戶。請由另一名人員處理。',
  },
  recoveryProposed: {
    en: 'The recovery of this account has been proposed already.',
    tc: '已有人建議復原此帳戶。',
  },
  ownProposal: {
    en: 'Somebody else must decide this: it is your own proposal, or it is about you.',
    tc: '此建議由你提出或與你有關，須由其他人決定。',
  },
  alreadyDecided: {
    en: 'This was decided, withdrawn, or is too old. Look at the list again.',
    tc: '此建議已有決定、已撤回或已過期。請重新查看名單。',
  },
  nothingToCollect: {
    en: 'There is no code to take: it was shown already, or the time for it is over.',
    tc: '沒有可領取的代碼：代碼已經顯示，或已過領取時限。',
  },
  noProofing: {
    en: 'This city verifies people at a service desk only.',
    tc: '本市只在服務櫃位核實身份。',
  },
  verifiedAlready: {
    en: 'You were verified at a service desk already. There is nothing left to do.',
    tc: '你已在服務櫃位核實身份，無須再次核實。',
  },
  proofingFailed: {
    en: 'The service could not confirm who you are. Nothing was changed. Try again, or come to a service desk.',
    tc: '該服務未能核實你的身份，資料沒有更改。請再試一次，或親臨服務櫃位辦理。',
  },
} as const satisfies Record<string, Text | ((example: string) => Text)>;

const again: Text = {
  en: 'Ask for the list again and use an id from it.',
  tc: '請重新索取列表，並使用其中的編號。',
};
const somebodyElse: Text = {
  en: 'Leave this to another officer: four eyes see more than two.',
  tc: '請交由另一名人員處理：此事須由兩人經手。',
};
const freshCode: Text = {
  en: 'Ask for a fresh code; each is used once, and not for long.',
  tc: '請索取新的代碼；每個代碼只可使用一次，並設有時限。',
};
const lookAtCard: Text = {
  en: 'Compare with the card; if it stays so, refuse and report it to your department.',
  tc: '請對照身份證；如情況不變，請拒絕辦理並向所屬部門報告。',
};
const wait: Text = {
  en: 'Look at the present state, then go on from there.',
  tc: '請先查看現況，再作處理。',
};

/** Codes of these problems, for the pages at `/problems/`. */
export const officerAdvice: Record<string, Problem> = {
  'unknown-department': { kind: 'not-found', advice: again },
  'unknown-proposal': { kind: 'not-found', advice: again },
  'unknown-appointment': { kind: 'not-found', advice: again },
  'unknown-invitation': { kind: 'not-found', advice: again },
  'role-not-free': { kind: 'conflict', advice: wait },
  'not-an-officer': {
    kind: 'conflict',
    advice: { en: 'Make an invitation to the role.', tc: '請就該職權發出邀請。' },
  },
  'own-role': { kind: 'conflict', advice: somebodyElse },
  'third-administrator-first': {
    kind: 'conflict',
    advice: {
      en: 'Invite a third administrator: the second can agree to that. Then ask again.',
      tc: '請先邀請第三名管理員（可由第二名管理員批准），然後再次提出。',
    },
  },
  'own-invitation': { kind: 'conflict', advice: somebodyElse },
  'wrong-invitation': { kind: 'invalid', advice: freshCode },
  'last-administrator': {
    kind: 'conflict',
    advice: { en: 'Appoint a second administrator first.', tc: '請先委任第二名管理員。' },
  },
  'wrong-desk-code': { kind: 'invalid', advice: freshCode },
  'own-desk-code': { kind: 'conflict', advice: somebodyElse },
  'desk-visit-over': { kind: 'not-found', advice: freshCode },
  'desk-incomplete': { kind: 'invalid', advice: { en: 'Fill in every field.', tc: '請填寫所有欄位。' } },
  'card-differs': { kind: 'conflict', advice: lookAtCard },
  'nobody-with-card': { kind: 'invalid', advice: lookAtCard },
  'own-recovery': { kind: 'conflict', advice: somebodyElse },
  'recovery-proposed': { kind: 'conflict', advice: wait },
  'own-proposal': { kind: 'conflict', advice: somebodyElse },
  'already-decided': { kind: 'conflict', advice: wait },
  'nothing-to-collect': { kind: 'conflict', advice: wait },
  'no-proofing': {
    kind: 'not-found',
    advice: { en: 'Come to a service desk.', tc: '請親臨服務櫃位辦理。' },
  },
  'verified-already': { kind: 'conflict', advice: wait },
  'proofing-failed': { kind: 'invalid', advice: { en: 'Begin again.', tc: '請重新開始。' } },
};
