// One request of SensorThings and its answer, whether it came alone or in a batch.

import { invalid, LamppostError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import type { Who } from './who.ts';

export const root = '/sensorthings/v1.1';

/** The service: the house, and its absolute address. */
export type Service = { house: House; base: string };

export type Call = {
  method: string;
  /** Below the root, as it stands in the address, without a slash at its start. */
  path: string;
  /** Without a question mark. */
  search: string;
  contentType: string;
  /** The body, read when it is asked for. */
  body(): Promise<unknown>;
  who: Who;
};

/** `json` or `text`, or nothing. */
export type Answer = { status: number; headers?: Record<string, string>; json?: unknown; text?: string };

/** The body, which must have been sent as JSON: a form of another site can not. */
export async function jsonOf(call: Call, types: readonly string[] = ['application/json']): Promise<unknown> {
  const type = call.contentType.split(';')[0]!.trim().toLowerCase();
  if (!types.includes(type)) {
    throw invalid(
      'unsupported-media',
      { en: 'Send JSON, with its Content-Type.', tc: '請提供JSON，並附上Content-Type。' },
      { status: 415 },
    );
  }
  return call.body();
}

export const methodNotAllowed = (...allowed: string[]) =>
  invalid(
    'method-not-allowed',
    { en: `Here only ${allowed.join(', ')} can be used.`, tc: `此處只可使用${allowed.join('、')}。` },
    { status: 405, headers: { Allow: allowed.join(', ') } },
  );

export const nothingHere = () =>
  new LamppostError('not-found', 'unknown-entity', {
    en: 'There is nothing at this address. Check the ids in it.',
    tc: '此網址沒有內容，請檢查當中的編號。',
  });

/** What a client is told of an error; what it does not concern stays in the log. */
export function answerTo(error: unknown, house: Pick<House, 'log'>): Answer {
  if (!(error instanceof LamppostError) || error.kind === 'bug') {
    house.log.error('sensorthings-failed', { error });
    const message = 'Something went wrong here. Try again later.';
    return { status: 500, json: { code: 500, type: 'internal', message } };
  }
  const { status, code, publicMessage, fields, headers } = error;
  const named = fields.map(({ field, message }) => ({ field, message: message.en }));
  return {
    status,
    headers,
    json: {
      ...{ code: status, type: code, message: publicMessage.en },
      ...(named.length === 0 ? {} : { fields: named }),
    },
  };
}
