// What is wrong with a query, said with the option and the place in it.

import { LamppostError } from '../../../../core/errors.ts';
import type { Text } from '../../../../core/texts.ts';

/** Where something stands: an option such as `$filter`, and the place in it counted from 1. */
export type Spot = { option: string; at: number };

const named = ({ option, at }: Spot, message: Text): Text => ({
  en: `${option}, at character ${at}: ${message.en}`,
  tc: `${option}，第${at}個字元：${message.tc}`,
});

/** The query cannot be understood, or asks for what is not there. */
export const badQuery = (spot: Spot, message: Text) =>
  new LamppostError('invalid', 'invalid-query', named(spot, message), {
    fields: [{ field: spot.option, message }],
  });

/** The query is right by the standard, and this service does not do it. */
export const notSupported = (spot: Spot, message: Text) =>
  new LamppostError('invalid', 'query-not-supported', named(spot, message), {
    status: 501,
    fields: [{ field: spot.option, message }],
  });

/** What a client wrote, short enough and harmless to be repeated. */
export const echo = (text: string): string =>
  text.length > 40 ? `${text.slice(0, 40)}…` : text.replace(/[\p{Cc}\p{Cf}]/gu, '?');
