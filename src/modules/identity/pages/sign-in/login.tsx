// The page that signs a person in: who asks, one button, what the service learns, and every other way.

import type { View } from '../../../../core/module.ts';
import { type Language, say, type Text } from '../../../../core/texts.ts';
import { Button, Disclosure, LinkList, Notice, PageHeader, Prose, Section } from '../../../../ui/index.ts';
import { formTargetOf } from '../../rules/index.ts';
import type { Acr } from '../../schema.ts';
import { signInPhrases, signInTexts } from '../../texts/index.ts';
import { type Ceremony, PasskeyForm, PasskeyTrouble } from '../passkey-form.tsx';

/** A service that waits for the person. */
export type Asker = { name: Text; origin: string; isPortal: boolean };

export type Login = {
  language: Language;
  uid: string;
  client: Asker;
  ceremony: Ceremony;
  /** Signed in already, and asked once more. */
  isAgain: boolean;
  wantedAcr: readonly Acr[];
  trouble?: 'refused' | 'missing' | 'bound' | undefined;
  scripts: string[];
};

/** Address of an interaction, or of a page below it. */
export const interactionHref = (language: Language, uid: string, rest = '') =>
  `/${language}/sign-in/${uid}${rest}`;

/** Sources to which a form of the interaction may lead. */
export const targetsOf = ({ isPortal, origin }: Asker) => (isPortal ? [] : [formTargetOf(origin)]);

const headOf = ({ client, isAgain }: Login): { title: Text; lede: Text; button: Text } => {
  const { isPortal, name } = client;
  if (isAgain) {
    const title = isPortal ? signInTexts.confirmTitle : signInPhrases.asksConfirm(name);
    return { title, lede: signInTexts.confirmLede, button: signInTexts.confirmButton };
  }
  const title = isPortal ? signInPhrases.signInTo(name) : signInPhrases.asksSignIn(name);
  return { title, lede: signInTexts.loginLede, button: signInTexts.loginButton };
};

/** What a service is told by a mere sign-in. */
export const Learns = ({ language, client }: { language: Language; client: Asker }) => (
  <Section id="learns" title={say(signInPhrases.learns(client.name), language)}>
    <Prose>
      {[signInTexts.onlyName, signInTexts.noCompare, signInTexts.askedFirst].map((text) => (
        <p>{say(text, language)}</p>
      ))}
    </Prose>
  </Section>
);

/** Goes back to the service without signing in. */
export const Cancel = ({ language, uid, client }: { language: Language; uid: string; client: Asker }) => (
  <form method="post" action={interactionHref(language, uid)}>
    <input type="hidden" name="step" value="refuse" />
    <Button label={say(signInPhrases.backTo(client.name), language)} quiet />
  </form>
);

function OtherWays({ language, uid, client, isAgain }: Login) {
  const t = (text: Text) => say(text, language);
  const { firstTime, firstTimeNote, lostAll, lostAllNote } = signInTexts;
  const register = {
    label: t(firstTime),
    href: interactionHref(language, uid, '/register'),
    note: t(firstTimeNote),
  };
  const recover = { label: t(lostAll), href: `/${language}/recover`, note: t(lostAllNote) };
  return (
    <Section id="other-ways" title={t(signInTexts.otherWays)}>
      <div>
        <Disclosure summary={t(signInTexts.whatIsPasskey)}>
          <p>{t(signInTexts.whatIsPasskeyText)}</p>
        </Disclosure>
        <Disclosure summary={t(signInTexts.otherDevice)}>
          <p>{t(signInTexts.otherDeviceHow)}</p>
        </Disclosure>
      </div>
      <LinkList items={isAgain ? [recover] : [register, recover]} />
      <Cancel language={language} uid={uid} client={client} />
    </Section>
  );
}

export function loginView(login: Login): View {
  const { language, uid, client, ceremony, wantedAcr, trouble, scripts } = login;
  const t = (text: Text) => say(text, language);
  const { title, lede, button } = headOf(login);
  return {
    title: t(title),
    noIndex: true,
    scripts,
    formTargets: targetsOf(client),
    ...(trouble === undefined ? {} : { status: 400 }),
    main: (
      <>
        <PageHeader kicker={t(signInTexts.signIn)} title={t(title)} lede={t(lede)} />
        <div class="step">
          {trouble === undefined ? null : <PasskeyTrouble language={language} code={trouble} />}
          {wantedAcr.length > 0 && !wantedAcr.includes('phr') ? (
            <Notice kind="information" language={language}>
              {t(signInTexts.boundNeeded)}
            </Notice>
          ) : null}
          <PasskeyForm
            kind="get"
            language={language}
            action={interactionHref(language, uid)}
            ceremony={ceremony}
            label={t(button)}
            hidden={{ step: 'sign-in' }}
          />
        </div>
        {client.isPortal ? null : <Learns language={language} client={client} />}
        <OtherWays {...login} />
      </>
    ),
  };
}
