// What to do about the problems of services, access tokens and signing in.

import type { Problem } from '../../../core/problems.ts';
import type { Text } from '../../../core/texts.ts';

const text = (en: string, tc: string): Text => ({ en, tc });

const again = text(
  'Go back to where you began and sign in again, in the same browser.',
  '請返回原先的頁面，在同一瀏覽器重新登入。',
);
const newToken = text(
  'Ask the OpenID Provider for a token with the resource of this interface, and send it as its type demands.',
  '請向OpenID提供者索取適用於本介面的權杖，並按其類別傳送。',
);

/** By code, for the pages of problems. */
export const serviceAdvice: Record<string, Problem> = {
  'unknown-interaction': { kind: 'not-found', advice: again },
  'sign-in-failed': { kind: 'invalid', advice: again },
  'sign-in-stopped': { kind: 'forbidden', advice: again },
  'bound-passkey-needed': {
    kind: 'forbidden',
    advice: text(
      'Use a passkey that cannot leave its device, such as a security key; add one to your account first.',
      '請使用不能離開裝置的通行密鑰，例如保安密鑰；如未有，請先在帳戶加入。',
    ),
  },
  'unknown-approval': {
    kind: 'not-found',
    advice: text('Ask the service to send its request again.', '請要求服務重新提出要求。'),
  },
  'passkey-of-another': {
    kind: 'forbidden',
    advice: text('Use a passkey of the account that is signed in.', '請使用所登入帳戶的通行密鑰。'),
  },
  'unknown-service': {
    kind: 'not-found',
    advice: text('Choose a service from the register.', '請從登記冊選取服務。'),
  },
  'service-exists': {
    kind: 'conflict',
    advice: text('Choose another client identifier, or none.', '請另選識別碼，或不填寫。'),
  },
  'no-secret-used': {
    kind: 'conflict',
    advice: text(
      'Change `token_endpoint_auth_method` to `client_secret_basic` first, if the service can keep a secret only.',
      '如服務只能以密碼證明身份，請先將「token_endpoint_auth_method」改為「client_secret_basic」。',
    ),
  },
  'wrong-service-metadata': {
    kind: 'invalid',
    advice: text(
      'Correct the metadata of the client that `errors` names (OpenID Connect Dynamic Client Registration 1.0).',
      '請改正「errors」所指的用戶端設定（OpenID Connect Dynamic Client Registration 1.0）。',
    ),
  },
  'foreign-request': {
    kind: 'forbidden',
    advice: text(
      'Send requests with the cookie only from pages of this site; programs use an access token.',
      '附有 cookie 的要求只可由本網站的頁面送出；程式應使用存取權杖。',
    ),
  },
  'bad-token': { kind: 'unauthenticated', advice: newToken },
  'scope-missing': {
    kind: 'forbidden',
    advice: text(
      'Ask for the scope `account` to read an account, or `officer` to act as an officer.',
      '讀取帳戶須有「account」範圍，以人員身份行事須有「officer」範圍。',
    ),
  },
};
