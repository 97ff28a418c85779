// What acts, notices, claims, roles and levels are called on the pages of an account, and sentences with
// numbers.

import type { Text } from '../../../core/texts.ts';

/** What an act is called to the person it is about, by topic. */
export const actWords: Record<string, Text> = {
  'identity.registered': { en: 'Account registered', tc: '登記帳戶' },
  'identity.signed-in': { en: 'Signed in', tc: '登入' },
  'identity.passkey-added': { en: 'Device added', tc: '加入裝置' },
  'identity.passkey-revoked': { en: 'Device revoked', tc: '撤銷裝置' },
  'identity.session-ended': { en: 'Session ended', tc: '結束登入狀態' },
  'identity.codes-made': { en: 'Recovery codes made', tc: '製作復原碼' },
  'identity.recovery': { en: 'Recovery', tc: '復原帳戶' },
  'identity.recovery-begun': { en: 'Recovery begun', tc: '開始復原帳戶' },
  'identity.recovery-cancelled': { en: 'Recovery stopped', tc: '停止復原帳戶' },
  'identity.recovery-stopped': { en: 'Recovery stopped', tc: '停止復原帳戶' },
  'identity.recovery-finished': { en: 'Account recovered', tc: '已復原帳戶' },
  'identity.recovered': { en: 'Account recovered', tc: '已復原帳戶' },
  'identity.consented': { en: 'Consent given to a service', tc: '同意向服務提供資料' },
  'identity.consent-withdrawn': { en: 'Consent withdrawn', tc: '撤回同意' },
  'identity.verified': { en: 'Identity verified', tc: '核實身份' },
  'identity.verification-refused': { en: 'Identity could not be verified', tc: '未能核實身份' },
  'identity.invitation-made': { en: 'Invitation made', tc: '發出邀請' },
  'identity.role-granted': { en: 'Role granted', tc: '授予職權' },
  'identity.role-ended': { en: 'Role ended', tc: '終止職權' },
  'identity.data-read': { en: 'Your data was looked at', tc: '查閱你的資料' },
  'identity.data-exported': { en: 'Data exported', tc: '匯出資料' },
  'identity.details-changed': { en: 'Details changed', tc: '更改個人資料' },
  'identity.approval-decided': { en: 'Sign-in approved or refused', tc: '批准或拒絕登入' },
  'identity.proposal-made': { en: 'Proposal made by an officer', tc: '人員提出建議' },
  'identity.proposal-decided': { en: 'Proposal decided by an officer', tc: '人員就建議作出決定' },
};

/** What an act is called; of a recovery its step is in the details. */
export function actTitle({ topic, details }: { topic: string; details: unknown }): Text {
  const { step } = (details ?? {}) as { step?: unknown };
  const named = typeof step === 'string' ? `${topic}-${step}` : topic;
  return wordsFor(actWords, Object.hasOwn(actWords, named) ? named : topic);
}

/** What a notice says; by kind. */
export const noticeWords: Record<string, Text> = {
  'passkey-added': { en: 'A device was added', tc: '已加入一部裝置' },
  'passkey-revoked': { en: 'A device was revoked', tc: '已撤銷一部裝置' },
  'codes-made': { en: 'New recovery codes were made', tc: '已製作新的復原碼' },
  'recovery-begun': { en: 'A recovery of this account was begun', tc: '有人開始復原此帳戶' },
  'recovery-cancelled': { en: 'The recovery was stopped', tc: '復原已停止' },
  recovered: { en: 'The account was recovered with a new device', tc: '已用新裝置復原帳戶' },
  verified: { en: 'Your identity was verified', tc: '你的身份已核實' },
  'recovery-proposed': {
    en: 'An officer asked to recover this account at a desk',
    tc: '有人員在服務櫃位要求復原此帳戶',
  },
  'role-granted': { en: 'You were given a role', tc: '你獲授予職權' },
  'role-ended': { en: 'A role of yours has ended', tc: '你的一項職權已終止' },
  'data-exported': { en: 'Your data was downloaded', tc: '你的資料已被下載' },
  'approval-asked': { en: 'A service asked you to approve a sign-in', tc: '有服務要求你批准登入' },
};

/** Names of what is known of a person: claims, scopes, and fields that an officer sees. */
export const fieldWords: Record<string, Text> = {
  openid: { en: 'only that you signed in', tc: '只知道你曾登入' },
  sub: { en: 'your pseudonym there', tc: '你在該處的代號' },
  profile: { en: 'name and language', tc: '姓名及語言' },
  name: { en: 'name', tc: '姓名' },
  locale: { en: 'language', tc: '語言' },
  language: { en: 'language', tc: '語言' },
  updated_at: { en: 'when your details last changed', tc: '資料最後更新時間' },
  offline_access: { en: 'access while you are away', tc: '你不在時仍可存取' },
  account: { en: 'your account here', tc: '你在本網站的帳戶' },
  acr: { en: 'how you signed in', tc: '登入方式' },
  auth_time: { en: 'when you signed in', tc: '登入時間' },
  assurance: { en: 'how well your identity is known', tc: '身份核實程度' },
  verified_at: { en: 'date of verification', tc: '核實日期' },
  officer: { en: 'to act for you as an officer', tc: '以人員身份代你行事' },
  verified_claims: { en: 'verified identity', tc: '已核實身份' },
  card: { en: 'identity card number (masked)', tc: '身份證號碼（部分遮蓋）' },
  devices: { en: 'devices', tc: '裝置' },
  sessions: { en: 'sessions', tc: '登入狀態' },
  recovery: { en: 'state of a recovery', tc: '復原狀況' },
  services: { en: 'services', tc: '服務' },
  roles: { en: 'roles', tc: '職權' },
  verifiedAt: { en: 'date of verification', tc: '核實日期' },
  createdAt: { en: 'date of registration', tc: '登記日期' },
};

/** Purposes that have a code; others are sentences of the officer. */
export const purposeWords: Record<string, Text> = {
  'verify-identity': { en: 'To verify your identity at a desk', tc: '在服務櫃位核實你的身份' },
  'recover-account': { en: 'To help you back into your account', tc: '協助你重新登入帳戶' },
  'manage-officers': { en: 'To administer the roles of a department', tc: '管理部門的職權' },
  'answer-question': { en: 'To answer a question of yours', tc: '回覆你的查詢' },
};

export const roleWords: Record<string, Text> = {
  viewer: { en: 'viewer', tc: '查閱人員' },
  editor: { en: 'editor', tc: '編輯人員' },
  approver: { en: 'approver', tc: '審批人員' },
  administrator: { en: 'administrator', tc: '管理員' },
  auditor: { en: 'auditor', tc: '審計人員' },
};

export const assuranceWords: Record<string, Text> = {
  'self-asserted': { en: 'As you told us; not verified', tc: '由你自行申報，未經核實' },
  'verified-at-desk': { en: 'Verified at a desk', tc: '已在服務櫃位核實' },
  'verified-remotely': { en: 'Verified remotely', tc: '已遙距核實' },
};

/** Names of what the details of an act hold. */
export const detailWords: Record<string, Text> = {
  department: { en: 'Department', tc: '部門' },
  role: { en: 'Role', tc: '職權' },
  purpose: { en: 'Purpose', tc: '目的' },
  fields: { en: 'What was seen', tc: '查閱的資料' },
  service: { en: 'Service', tc: '服務' },
  client: { en: 'Service', tc: '服務' },
  clientId: { en: 'Service', tc: '服務' },
  scopes: { en: 'Scopes', tc: '範圍' },
  claims: { en: 'Claims', tc: '資料項目' },
  passkey: { en: 'Passkey', tc: '通行密鑰' },
  label: { en: 'Device', tc: '裝置' },
  agent: { en: 'Browser and system', tc: '瀏覽器及系統' },
  way: { en: 'Way', tc: '方式' },
  acr: { en: 'Strength', tc: '登入強度' },
  assurance: { en: 'Identity', tc: '身份' },
  count: { en: 'Number', tc: '數目' },
  deviceBound: { en: 'Stays on its device', tc: '只存於該裝置' },
  all: { en: 'All others', tc: '其他全部' },
  approved: { en: 'Approved', tc: '已批准' },
  action: { en: 'What was asked for', tc: '申請事項' },
  decision: { en: 'Decision', tc: '決定' },
  reason: { en: 'Reason', tc: '原因' },
  name: { en: 'Name', tc: '名稱' },
};

/** Details that only name rows of the database: they tell a reader nothing. */
export const hiddenDetails: ReadonlySet<string> = new Set([
  'proposal',
  'approvedBy',
  'invitation',
  'step',
  'client',
  'clientId',
  'passkey',
]);

/** How one signed in, by the code of the standard. */
export const acrWords: Record<string, Text> = {
  phr: { en: 'Passkey', tc: '通行密鑰' },
  phrh: { en: 'Passkey that cannot leave its device', tc: '不可離開裝置的通行密鑰' },
};

/** Values of the details of acts. */
export const valueWords: Record<string, Text> = {
  true: { en: 'yes', tc: '是' },
  false: { en: 'no', tc: '否' },
  code: { en: 'with a recovery code', tc: '以復原碼' },
  desk: { en: 'at a desk', tc: '在服務櫃位' },
  approved: { en: 'approved', tc: '批准' },
  refused: { en: 'refused', tc: '拒絕' },
  portal: { en: 'This site', tc: '本網站' },
  'identity.recover-person': { en: 'Recovery of an account', tc: '復原帳戶' },
  'identity.grant-role': { en: 'A role for an officer', tc: '授予人員職權' },
  'identity.end-role': { en: 'The end of a role', tc: '終止人員職權' },
  lost: { en: 'The devices are lost', tc: '裝置已遺失' },
  stolen: { en: 'The devices were stolen', tc: '裝置被盜' },
  broken: { en: 'The devices are broken', tc: '裝置損壞' },
  'card-known': { en: 'The card belongs to another account', tc: '身份證已登記於另一帳戶' },
  'wrong-card-number': { en: 'The card number is wrong', tc: '身份證號碼不正確' },
  'account-erased': { en: 'The account was deleted', tc: '帳戶已刪除' },
};

const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`;

export const accountPhrases = {
  revokedOwn: {
    en: 'It was the one you used, so you are signed out here as well. Sign in with another device, or with a recovery code.',
    tc: '這正是你使用中的裝置，因此你亦已登出。請用另一部裝置或復原碼登入。',
  } satisfies Text,
  passkeyOf: (when: Text): Text => ({ en: `Passkey of ${when.en}`, tc: `${when.tc}的通行密鑰` }),
  lastLook: (department: Text, total: number, more: boolean): Text => ({
    en: `${department.en}; ${many(total, 'look', 'looks')}${more ? ' and more' : ''} in all`,
    tc: `${department.tc}；共${total}次${more ? '以上' : ''}`,
  }),
  recoveryOpens: (when: Text): Text => ({
    en: `A recovery was begun. From ${when.en} on it could bring a new device into your account. If it is not you, stop it now.`,
    tc: `有人開始復原此帳戶，由${when.tc}起可加入新裝置。如果不是你，請立即停止。`,
  }),
  codesWait: (hours: number): Text => ({
    en: `Whoever uses one must wait ${hours} hours. Meanwhile every page of your account warns you, and so does the next sign-in with your passkey: there you can stop it.`,
    tc: `使用復原碼的人必須等候${hours}小時。其間帳戶各頁均會顯示警告，下次以通行密鑰登入時亦會提示，你可隨即制止。`,
  }),
  madeOn: (when: Text): Text => ({ en: `Made on ${when.en}.`, tc: `製作日期：${when.tc}。` }),
  validUntil: (when: Text): Text => ({ en: `Valid until ${when.en}.`, tc: `有效期至${when.tc}。` }),
  timesOf: (city: Text): Text => ({
    en: `Times are those of ${city.en}.`,
    tc: `時間以${city.tc}時間為準。`,
  }),
  receiptOf: (index: string): Text => ({ en: `receipt ${index}`, tc: `收據第${index}號` }),
  byOfficer: (department: Text, role: Text | undefined): Text => ({
    en: `an officer of ${department.en}${role === undefined ? '' : `, ${role.en}`}`,
    tc: `${department.tc}人員${role === undefined ? '' : `（${role.tc}）`}`,
  }),
  entry: (index: string): Text => ({ en: `entry ${index}`, tc: `第${index}號` }),
} as const;

/** The words for a code, or the code itself where there are none. */
export const wordsFor = (words: Record<string, Text>, code: string): Text =>
  Object.hasOwn(words, code) ? words[code]! : { en: code, tc: code };
