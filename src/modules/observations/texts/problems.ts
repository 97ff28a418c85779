// What to do about each problem of observations, by code.

import type { ErrorKind } from '../../../core/errors.ts';
import type { Problem } from '../../../core/problems.ts';

const problem = (kind: ErrorKind, en: string, tc: string): Problem => ({ kind, advice: { en, tc } });

export const problems: Record<string, Problem> = {
  'unknown-datastream': problem(
    'not-found',
    'Look for the Datastream by its key, and use the id that it has now.',
    '請以鍵值查找數據流，並使用其現有編號。',
  ),
  'reading-refused': problem(
    'invalid',
    'Correct the fields that are named; nothing of this batch was kept.',
    '請改正所列欄位；本批讀數均未保存。',
  ),
  'ingest-queue-full': problem(
    'too-many',
    'Wait a moment and send the same readings again; nothing is kept twice.',
    '請稍候，再送出相同讀數，不會重複保存。',
  ),
  'unknown-entity': problem(
    'not-found',
    'Check the ids in the address; the entity may have been removed.',
    '請檢查網址中的編號，實體可能已被移除。',
  ),
  'invalid-entity': problem(
    'invalid',
    'Correct the fields that are named; nothing was kept.',
    '請改正所列欄位；內容未有保存。',
  ),
  'unknown-link': problem(
    'invalid',
    'Make the entity that is linked to first, or correct its @iot.id.',
    '請先建立所連結的實體，或更正其@iot.id。',
  ),
  'key-taken': problem(
    'conflict',
    'Choose another key, or change the one that has it.',
    '請另選鍵值，或更改已使用此鍵值者。',
  ),
  'unfit-value': problem(
    'invalid',
    'Send a value within the limits that the interface describes.',
    '請提供介面說明所列範圍內的數值。',
  ),
  'identifying-without-basis': problem(
    'invalid',
    'Observe something that tells nobody’s identity, or name the basis for it.',
    '請改為觀測不涉及個人身分的資料，或說明依據。',
  ),
  'observation-expired': problem(
    'invalid',
    'Nothing to do: its datastream does not keep observations that old.',
    '無須處理：數據流不會保存如此久遠的觀測值。',
  ),
  'observation-is-there': problem(
    'conflict',
    'Change the observation that is there, or choose another time.',
    '請更改已有的觀測值，或另選時間。',
  ),
  'invalid-query': problem(
    'invalid',
    'The message names the option and the place in it; correct it there.',
    '訊息列明選項及位置，請在該處改正。',
  ),
  'query-not-supported': {
    ...problem(
      'invalid',
      'Ask in another way; the standard allows this, the service does not do it.',
      '請以其他方式查詢；標準容許此用法，但本服務不提供。',
    ),
    status: 501,
  },
  'answer-too-large': problem(
    'invalid',
    'Ask for smaller pages, and follow @iot.nextLink.',
    '請縮小每頁數目，並按@iot.nextLink繼續。',
  ),
  'query-too-slow': problem(
    'unavailable',
    'Filter by Datastream or time, or ask for less.',
    '請以數據流或時間篩選，或縮小查詢範圍。',
  ),
  'wrong-credential': problem(
    'unauthenticated',
    'Ask the department for a new credential; a secret is shown once only.',
    '請向部門索取新憑證；密鑰只顯示一次。',
  ),
  'not-your-datastream': problem(
    'forbidden',
    'Use the credential of this datastream, or ask the department to widen yours.',
    '請使用此數據流的憑證，或請部門擴大你的權限。',
  ),
  'patch-failed': problem(
    'invalid',
    'Read the entity again and make the patch from what it is now.',
    '請重新讀取實體，再按現況制定修補內容。',
  ),
  'not-in-a-batch': {
    ...problem(
      'invalid',
      'Send these requests one by one, without a group.',
      '請逐一送出這些要求，不要分組。',
    ),
    status: 501,
  },
  'failed-dependency': {
    ...problem('conflict', 'Correct the request that failed before this one.', '請先改正之前失敗的要求。'),
    status: 424,
  },
};
