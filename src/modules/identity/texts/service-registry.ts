// Words of the register of services.

import type { Text } from '../../../core/texts.ts';

export const registryTexts = {
  services: { en: 'Services', tc: '服務' },
  servicesLede: {
    en: 'Programs and sites that people sign in to with their account. Each knows a person by a pseudonym of its own.',
    tc: '供市民以帳戶登入的程式和網站。每項服務只知道當事人在該服務的代號。',
  },
  caption: { en: 'Registered services', tc: '已登記的服務' },
  none: { en: 'No service is registered yet.', tc: '暫未有服務登記。' },
  name: { en: 'Service', tc: '服務' },
  department: { en: 'Department', tc: '部門' },
  registeredAt: { en: 'Registered', tc: '登記日期' },
  state: { en: 'State', tc: '狀況' },
  works: { en: 'in use', tc: '使用中' },
  disabled: { en: 'disabled', tc: '已停用' },
  register: { en: 'Register a service', tc: '登記服務' },
  registerLede: {
    en: 'What the service is called, who answers for it, and where people come back to after signing in.',
    tc: '請填寫服務名稱、負責部門，以及市民登入後返回的網址。',
  },
  details: { en: 'The service', tc: '服務資料' },
  nameEn: { en: 'Name in English', tc: '英文名稱' },
  nameTc: { en: 'Name in Chinese', tc: '中文名稱' },
  nameMissing: { en: 'Write the name of the service.', tc: '請填寫服務名稱。' },
  redirectUris: { en: 'Addresses to return to', tc: '登入後返回的網址' },
  redirectUrisHint: {
    en: 'One on each line, beginning with https://, exactly as the service sends them.',
    tc: '每行一個，以https://開頭，須與服務所用的網址完全相同。',
  },
  redirectUrisMissing: { en: 'Write at least one address.', tc: '請填寫至少一個網址。' },
  proves: { en: 'How the service proves who it is', tc: '服務證明身份的方式' },
  withKey: { en: 'With a key of its own (private_key_jwt)', tc: '以自己的密鑰（private_key_jwt）' },
  withSecret: {
    en: 'With a secret that it keeps (client_secret_basic)',
    tc: '以用戶端密鑰（client_secret_basic）',
  },
  withNothing: {
    en: 'Not at all: an app on the device of the person, with PKCE',
    tc: '無須證明：裝置上的應用程式，使用PKCE',
  },
  jwksUri: { en: 'Address of its public keys (jwks_uri)', tc: '公開密鑰的網址（jwks_uri）' },
  jwksUriHint: { en: 'Needed for a key of its own.', tc: '使用自己的密鑰時必須填寫。' },
  backchannel: { en: 'Address that is told when a person signs out', tc: '登出通知網址' },
  registered: { en: 'The service is registered.', tc: '服務已登記。' },
  clientId: { en: 'Client identifier', tc: '用戶端識別碼' },
  secret: { en: 'Secret', tc: '用戶端密鑰' },
  secretOnce: {
    en: 'The secret is shown once. Hand it to the service now.',
    tc: '用戶端密鑰只顯示一次，請立即交予服務。',
  },
  metadata: { en: 'Further settings, as JSON', tc: '其他設定（JSON）' },
  metadataHint: {
    en: 'E.g. {"grant_types": ["authorization_code", "refresh_token"]}. The names are those of OpenID Connect Dynamic Client Registration; docs/identity.md lists them.',
    tc: '例如{"grant_types": ["authorization_code", "refresh_token"]}。名稱按OpenID Connect Dynamic Client Registration，詳見docs/identity.md。',
  },
  allMetadataHint: {
    en: 'All settings of the service. What you take out is no longer set.',
    tc: '服務的全部設定；刪去的項目不再設定。',
  },
  notJson: {
    en: 'This is not JSON. Look for a missing quotation mark, comma or bracket.',
    tc: '內容不是有效的JSON，請檢查有否欠缺引號、逗號或括號。',
  },
  notObject: {
    en: 'Write one JSON object, from { to }.',
    tc: '請填寫一個JSON物件，以 { 開始，以 } 結束。',
  },
  wrongSetting: (field: string, { en, tc }: Text): Text => ({ en: `${field}: ${en}`, tc: `${field}：${tc}` }),
  change: { en: 'Change the settings', tc: '更改設定' },
  changeLede: {
    en: 'The client identifier stays, and with it the pseudonyms by which the service knows people.',
    tc: '用戶端識別碼維持不變，服務所知的市民代號亦不會改變。',
  },
  changeNow: { en: 'Change them now', tc: '確認更改' },
  changed: { en: 'The settings are changed.', tc: '設定已更改。' },
  leaveIt: { en: 'Leave them as they are', tc: '不作更改' },
  renew: { en: 'New secret', tc: '更換密碼' },
  renewNote: {
    en: 'The secret of now stops working at once. The service must have the new one to go on.',
    tc: '現用密碼即時失效，服務須改用新密碼才可繼續運作。',
  },
  renewNow: { en: 'Make a new secret now', tc: '立即更換密碼' },
  renewed: { en: 'The service has a new secret.', tc: '服務已有新密碼。' },
  settings: { en: 'Settings', tc: '設定' },
  disable: { en: 'Disable the service', tc: '停用服務' },
  disableNote: {
    en: 'At once nobody signs in to it, and everything that it was given stops working. This cannot be undone.',
    tc: '停用後即時無法登入，所有已發出的憑證亦會失效，且不能復原。',
  },
  disableNow: { en: 'Disable it now', tc: '立即停用' },
  disabledNow: { en: 'The service is disabled.', tc: '服務已停用。' },
} as const satisfies Record<string, Text | ((field: string, message: Text) => Text)>;
