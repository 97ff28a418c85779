// What the codes of problems mean, for those who meet one: each has an address of its own.

import type { ErrorKind } from './errors.ts';
import type { Text } from './texts.ts';

/** A code of a problem: its kind, the status of its answer (RFC 9110), and what to do about it. */
export type Problem = { kind: ErrorKind; status?: number; advice: Text };

const text = (en: string, tc: string): Text => ({ en, tc });

const shorten = text('Shorten the address or the request.', '請縮短網址或要求。');
const later = text('Wait a little, then send the request again.', '請稍候，然後重新提出要求。');

/** Problems that every endpoint can have. */
export const coreProblems: Record<string, Problem> = {
  'invalid-input': {
    kind: 'invalid',
    advice: text(
      'Correct the fields that `errors` names; the description of the interface says what each takes.',
      '請改正「errors」所指的欄位；介面說明列出各欄位可接受的內容。',
    ),
  },
  'malformed-json': {
    kind: 'invalid',
    advice: text('Send a body that is valid JSON.', '請提供有效的JSON內容。'),
  },
  'empty-body': { kind: 'invalid', advice: text('Send a body as JSON.', '請提供JSON內容。') },
  'wrong-length': {
    kind: 'invalid',
    advice: text('Send as many bytes as Content-Length says.', '內容的長度須與Content-Length相符。'),
  },
  'body-too-large': { kind: 'invalid', status: 413, advice: text('Send a smaller body.', '請縮減內容。') },
  'unsupported-media': {
    kind: 'invalid',
    status: 415,
    advice: text(
      'Send JSON, with the header Content-Type: application/json.',
      '請提供JSON，並附上標頭Content-Type: application/json。',
    ),
  },
  'malformed-address': {
    kind: 'invalid',
    advice: text('Check the percent signs of the address.', '請檢查網址中的百分號。'),
  },
  'malformed-request': {
    kind: 'invalid',
    advice: text('Send a request that follows HTTP/1.1.', '請按照HTTP/1.1提出要求。'),
  },
  'address-too-long': { kind: 'invalid', status: 414, advice: shorten },
  'headers-too-large': { kind: 'invalid', status: 431, advice: shorten },
  'request-too-slow': { kind: 'invalid', status: 408, advice: later },
  'method-not-allowed': {
    kind: 'invalid',
    status: 405,
    advice: text('Use a method that the header Allow names.', '請使用標頭Allow所列的方法。'),
  },
  'not-found': {
    kind: 'not-found',
    advice: text('Check the address, or start from the search.', '請檢查網址，或由搜尋開始。'),
  },
  'sign-in-first': {
    kind: 'unauthenticated',
    advice: text(
      'Sign in again; a program sends an access token of the OpenID Provider of this site.',
      '請重新登入；程式則須附上本網站OpenID Provider發出的存取權杖。',
    ),
  },
  'not-allowed': {
    kind: 'forbidden',
    advice: text(
      'Ask an administrator of the department for the role that this needs.',
      '請向部門管理員申請所需的角色。',
    ),
  },
  'foreign-form': {
    kind: 'forbidden',
    advice: text(
      'Open the page of the form on this site, and send it from there.',
      '請在本網站開啟表格所在的網頁，再由該頁提交。',
    ),
  },
  'metrics-are-private': {
    kind: 'forbidden',
    advice: text('Ask from an address that the operator has allowed.', '請由營運者允許的網絡位址查閱。'),
  },
  'too-many-requests': {
    kind: 'too-many',
    advice: text('Wait as long as the header Retry-After says.', '請按標頭Retry-After所示時間等候。'),
  },
  'took-too-long': { kind: 'unavailable', advice: later },
  internal: {
    kind: 'bug',
    advice: text(
      'Try again; if it stays, tell the operator the number of the request.',
      '請再試一次；如問題持續，請將要求編號告知營運者。',
    ),
  },
};
