// Recovery without a passkey: a code begins it, time opens it, and this browser's cookie finishes it.

import { z } from 'zod';
import type { Visit } from '../../../../core/access.ts';
import { LamppostError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { page, type View } from '../../../../core/module.ts';
import { type Language, say } from '../../../../core/texts.ts';
import { formatDate } from '../../../../ui/index.ts';
import { beginRegistration, finishRegistration } from '../../protocols/index.ts';
import { agentWords, isWellFormedCode, minuteIn } from '../../rules/index.ts';
import {
  beginRecovery,
  findRecovery,
  finishRecovery,
  type Recovery,
  recoveryWaitMs,
} from '../../store/index.ts';
import { recoveryPhrases, recoveryTexts } from '../../texts/index.ts';
import { passkeyFields } from '../passkey-form.tsx';
import { codeView, type Opened, openView, overView, recoveredView, waitingView } from './recover-views.tsx';

/** Where the browser keeps what leads it back; nobody else can read it, no other site can bring it. */
const cookieNameOf = ({ config }: House) =>
  config.origin.startsWith('https://') ? '__Host-lamppost-recovery' : 'lamppost-recovery';

const lifeSeconds = 60 * 24 * 3600;

function cookieLine(house: House, secret: string, maxAge: number): string {
  const secure = house.config.origin.startsWith('https://') ? '; Secure' : '';
  return `${cookieNameOf(house)}=${secret}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

const keptCookie = (house: House, secret: string) => cookieLine(house, secret, lifeSeconds);
const clearedCookie = (house: House) => cookieLine(house, '', 0);
const secretOf = (house: House, { cookies }: Visit) => cookies[cookieNameOf(house)] || undefined;

const bindingOf = ({ id }: Recovery) => `recovery:${id}`;

type Asked = { house: House; visit: Visit; language: Language };

/** Both ends of the time in which a passkey can be made, in the words of the language. */
function spanOf({ house, language }: Asked, { opensAt, expiresAt }: Recovery) {
  const zone = house.edition.timeZone;
  const [opens, closes] = [opensAt, expiresAt].map((instant) => {
    const minute = minuteIn(instant, zone);
    return [formatDate(minute, 'en'), formatDate(minute, 'tc')] as const;
  });
  return {
    opens: say(recoveryPhrases.opens(...opens!), language),
    closes: say(recoveryPhrases.closes(...closes!), language),
  };
}

async function askPasskey(asked: Asked, recovery: Recovery, trouble?: Opened['trouble']): Promise<View> {
  const { house, language } = asked;
  const ceremony = await beginRegistration(house, {
    binding: bindingOf(recovery),
    person: recovery.person,
  });
  const scripts = [house.islands.hrefOf('passkey')];
  const { closes } = spanOf(asked, recovery);
  const { isFromDesk = false } = recovery;
  return openView({ language, ceremony, closes, isFromDesk, trouble, scripts });
}

const hoursOf = (house: House) => recoveryWaitMs(house) / 3_600_000;

/** The page of now, by what this browser has begun. */
async function show(asked: Asked): Promise<View> {
  const { house, visit, language } = asked;
  const secret = secretOf(house, visit);
  const recovery = secret === undefined ? undefined : await findRecovery(house, secret);
  if (recovery === undefined) return codeView({ language, waitHours: hoursOf(house) });
  if (recovery.state === 'open') return askPasskey(asked, recovery);
  return recovery.state === 'waiting'
    ? waitingView({ language, ...spanOf(asked, recovery) })
    : overView({ language });
}

/** Right or wrong, the answer is the same, after the same time; only what is no code at all is told so. */
async function begin({ house, visit, language }: Asked, code: string | undefined): Promise<View> {
  if (code === undefined || !isWellFormedCode(code)) {
    const error = code === undefined ? recoveryTexts.codeMissing : recoveryTexts.codeMalformed;
    return codeView({ language, waitHours: hoursOf(house), error: say(error, language), typed: code });
  }
  const { secret } = await beginRecovery(house, { code, address: visit.ip });
  return {
    title: '',
    main: null,
    redirect: `/${language}/recover`,
    cookies: [keptCookie(house, secret)],
  };
}

type Answer = { ceremonyId?: string | undefined; response?: string | undefined };

async function finish(asked: Asked, { ceremonyId, response }: Answer): Promise<View> {
  const { house, visit, language } = asked;
  const secret = secretOf(house, visit);
  const recovery = secret === undefined ? undefined : await findRecovery(house, secret);
  if (secret === undefined || recovery?.state !== 'open') return show(asked);
  if (ceremonyId === undefined || response === undefined) return askPasskey(asked, recovery, 'missing');
  try {
    const answer = { ceremonyId, response, binding: bindingOf(recovery) };
    const { passkey: newPasskey } = await finishRegistration(house, answer);
    const label = agentWords(visit.headers['user-agent']);
    await finishRecovery(house, { secret, newPasskey, label });
  } catch (error) {
    if (!(error instanceof LamppostError)) throw error;
    if (error.code === 'passkey-refused') return askPasskey(asked, recovery, 'refused');
    if (error.code === 'recovery-closed') return overView({ language });
    throw error;
  }
  return { ...recoveredView({ language }), cookies: [clearedCookie(house)] };
}

export const recoverPage = page({
  path: '/recover',
  audience: 'public',
  cache: 'none',
  render: ({ house, visit, language }) => show({ house, visit, language }),
  form: {
    fields: z.object({
      step: z.enum(['begin', 'finish', 'forget']),
      code: z.string().max(200).optional(),
      ceremonyId: passkeyFields.ceremonyId.optional(),
      response: passkeyFields.response,
    }),
    async submit({ house, visit, language, fields }) {
      const asked = { house, visit, language };
      if (fields.step === 'begin') return begin(asked, fields.code);
      if (fields.step === 'finish') return finish(asked, fields);
      return { ...codeView({ language, waitHours: hoursOf(house) }), cookies: [clearedCookie(house)] };
    },
  },
});
