// What the provider asks of a person in the middle of a sign-in: the passkey, a new identity, or permission.

import { z } from 'zod';
import type { Visit } from '../../../../core/access.ts';
import { inTransaction } from '../../../../core/database/index.ts';
import { LamppostError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { page, type View } from '../../../../core/module.ts';
import type { Language } from '../../../../core/texts.ts';
import {
  beginAssertion,
  beginRegistration,
  errorView,
  finishAssertion,
  finishConsent,
  finishLogin,
  finishRegistration,
  getInteraction,
  type Interaction,
  refuse,
} from '../../protocols/index.ts';
import { agentWords } from '../../rules/index.ts';
import type { Proven } from '../../schema.ts';
import { addPasskey, countAddress, createPerson, getPerson } from '../../store/index.ts';
import { passkeyFields } from '../passkey-form.tsx';
import { warningBefore } from '../recovery-warning.tsx';
import { consentView, isAlways } from './consent.tsx';
import { type Login, loginView } from './login.tsx';
import { longestName, type Registration, registerView } from './register.tsx';

const path = '/sign-in/:uid';
const params = z.object({ uid: z.string().regex(/^[\w-]{8,64}$/) });
const few = z.union([z.string().max(100), z.array(z.string().max(100)).max(50)]);
const fields = z.object({
  step: z.enum(['sign-in', 'register', 'consent', 'refuse']),
  ceremonyId: passkeyFields.ceremonyId.optional(),
  response: passkeyFields.response,
  name: z.string().max(1000).optional(),
  scope: few.optional(),
  claim: few.optional(),
});
type Fields = z.output<typeof fields>;

/** What every step knows. */
type Asked = { house: House; visit: Visit; language: Language; interaction: Interaction };

/** Whoever only tries passkeys or identities out is slowed down; whoever signs in is not counted. */
const failures = { scope: 'passkey-refused', limit: 60, windowSeconds: 600 };
const registrations = { scope: 'register', limit: 120, windowSeconds: 3600 };

const bindingOf = ({ uid }: Interaction) => `interaction:${uid}`;
const scriptsOf = ({ islands }: House) => [islands.hrefOf('passkey')];
const goTo = (redirect: string): View => ({ title: '', main: null, redirect });
const listOf = (value: string | string[] | undefined) => (value === undefined ? [] : [value].flat());

async function askLogin(asked: Asked, trouble?: Login['trouble']): Promise<View> {
  const { house, language, interaction } = asked;
  const { uid, client, personId, wantedAcr = [] } = interaction;
  return loginView({
    language,
    uid,
    client,
    ceremony: await beginAssertion(house, { binding: bindingOf(interaction), personId }),
    isAgain: personId !== undefined,
    wantedAcr,
    trouble,
    scripts: scriptsOf(house),
  });
}

type Again = Pick<Registration, 'name' | 'trouble'>;

async function askRegistration(asked: Asked, again: Again = {}): Promise<View> {
  const { house, language, interaction } = asked;
  const { uid, client } = interaction;
  const ceremony = await beginRegistration(house, { binding: bindingOf(interaction) });
  return registerView({ language, uid, client, ceremony, scripts: scriptsOf(house), ...again });
}

async function askConsent({ house, language, interaction }: Asked): Promise<View> {
  const { uid, client, personId, newScopes, newClaims } = interaction;
  const person = await getPerson(house, personId!);
  return consentView({ language, uid, client, person, newScopes, newClaims });
}

const ask = (asked: Asked): Promise<View> => {
  const { prompt } = asked.interaction;
  if (prompt === 'consent') return askConsent(asked);
  return prompt === 'create' ? askRegistration(asked) : askLogin(asked);
};

/** The sign-in ran out, is finished, or belongs to another browser: says so, with a way on. */
async function orOver(language: Language, make: () => Promise<View>): Promise<View> {
  try {
    return await make();
  } catch (error) {
    const isOver = error instanceof LamppostError && error.code === 'unknown-interaction';
    if (!isOver) throw error;
    return errorView({ language, code: 'session_not_found', status: error.status });
  }
}

/** Gives undefined, and counts it, when the device's answer is no good. */
async function unlessRefused<Value>(
  { house, visit }: Asked,
  attempt: () => Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof LamppostError) || error.code !== 'passkey-refused') throw error;
    await countAddress(house, { ...failures, address: visit.ip });
    return undefined;
  }
}

async function signIn(asked: Asked, { ceremonyId, response }: Fields): Promise<View> {
  const { house, visit, interaction } = asked;
  if (ceremonyId === undefined || response === undefined) return askLogin(asked, 'missing');
  const answer = { ceremonyId, response, binding: bindingOf(interaction) };
  const proven = await unlessRefused(asked, () => finishAssertion(house, answer));
  if (proven === undefined) return askLogin(asked, 'refused');
  try {
    const next = await finishLogin(house, visit, interaction.uid, proven);
    const { personId } = proven;
    return (await warningBefore(house, { personId, language: asked.language, next })) ?? goTo(next);
  } catch (error) {
    if (error instanceof LamppostError && error.code === 'bound-passkey-needed')
      return askLogin(asked, 'bound');
    throw error;
  }
}

async function register(asked: Asked, given: Fields): Promise<View> {
  const { house, visit, language, interaction } = asked;
  const { ceremonyId, response } = given;
  const name = given.name?.trim() || undefined;
  if (name !== undefined && name.length > longestName)
    return askRegistration(asked, { name, trouble: 'name' });
  if (ceremonyId === undefined || response === undefined) {
    return askRegistration(asked, { name, trouble: 'missing' });
  }
  await countAddress(house, { ...registrations, address: visit.ip });
  const answer = { ceremonyId, response, binding: bindingOf(interaction) };
  const proven = await unlessRefused(asked, async (): Promise<Proven> => {
    const { handle, passkey } = await finishRegistration(house, answer);
    const label = agentWords(visit.headers['user-agent']);
    return inTransaction(house.database, async (tx) => {
      const { id: personId } = await createPerson(tx, house, { handle, name, language });
      await addPasskey(tx, house, { personId, passkey, label });
      const acr = passkey.deviceBound ? 'phrh' : 'phr';
      return { personId, passkeyId: passkey.id, acr, authenticatedAt: house.clock.now() };
    });
  });
  if (proven === undefined) return askRegistration(asked, { name, trouble: 'refused' });
  return goTo(await finishLogin(house, visit, interaction.uid, proven));
}

async function consent({ house, visit, interaction }: Asked, { scope, claim }: Fields): Promise<View> {
  const { uid, newScopes, newClaims } = interaction;
  const ticked = { scopes: listOf(scope), claims: listOf(claim) };
  const scopes = newScopes.filter((one) => isAlways(one) || ticked.scopes.includes(one));
  const claims = newClaims.filter((one) => ticked.claims.includes(one));
  return goTo(await finishConsent(house, visit, uid, { scopes, claims }));
}

/** What a form sends must fit what the provider is asking; else the page of now stands there again. */
async function take(asked: Asked, given: Fields): Promise<View> {
  const { house, visit, interaction } = asked;
  const { prompt, uid } = interaction;
  if (given.step === 'refuse') return goTo(await refuse(house, visit, uid));
  if (given.step === 'consent') return prompt === 'consent' ? consent(asked, given) : ask(asked);
  if (prompt === 'consent') return ask(asked);
  return given.step === 'register' ? register(asked, given) : signIn(asked, given);
}

const interactionPage = page({
  path,
  audience: 'public',
  cache: 'none',
  params,
  render: ({ house, visit, language, params: { uid } }) =>
    orOver(language, async () => {
      return ask({ house, visit, language, interaction: await getInteraction(house, visit, uid) });
    }),
  form: {
    fields,
    submit: ({ house, visit, language, params: { uid }, fields: given }) =>
      orOver(language, async () => {
        const interaction = await getInteraction(house, visit, uid);
        return take({ house, visit, language, interaction }, given);
      }),
  },
});

/** The other way of a sign-in: whoever has no identity makes one, whoever has one signs in. */
const otherWay = (rest: string, askOther: (asked: Asked) => Promise<View>) =>
  page({
    path: `${path}/${rest}`,
    audience: 'public',
    cache: 'none',
    params,
    render: ({ house, visit, language, params: { uid } }) =>
      orOver(language, async () => {
        const interaction = await getInteraction(house, visit, uid);
        const asked = { house, visit, language, interaction };
        return interaction.prompt === 'consent' ? ask(asked) : askOther(asked);
      }),
  });

export const interactionPages = [
  interactionPage,
  otherWay('register', (asked) => askRegistration(asked)),
  otherWay('existing', (asked) => askLogin(asked)),
];
