// The page that makes a digital identity: one field that may stay empty, one button, and what is kept.

import type { View } from '../../../../core/module.ts';
import { type Language, say, type Text } from '../../../../core/texts.ts';
import {
  DefinitionList,
  Disclosure,
  LinkList,
  PageHeader,
  Section,
  TextField,
} from '../../../../ui/index.ts';
import { signInPhrases, signInTexts } from '../../texts/index.ts';
import { type Ceremony, PasskeyForm, PasskeyTrouble } from '../passkey-form.tsx';
import { type Asker, Cancel, interactionHref, Learns, targetsOf } from './login.tsx';

/** Longest name a person may give. */
export const longestName = 80;

export type Registration = {
  language: Language;
  uid: string;
  client: Asker;
  ceremony: Ceremony;
  name?: string | undefined;
  trouble?: 'refused' | 'missing' | 'name' | undefined;
  scripts: string[];
};

function Kept({ language }: { language: Language }) {
  const t = (text: Text) => say(text, language);
  return (
    <Section id="kept" title={t(signInTexts.whatWeKeep)}>
      <DefinitionList
        items={[
          { term: t(signInTexts.keptKey), description: t(signInTexts.keptKeyNote) },
          { term: t(signInTexts.keptName), description: t(signInTexts.keptNameNote) },
          { term: t(signInTexts.keptNothing), description: t(signInTexts.keptNothingNote) },
        ]}
      />
    </Section>
  );
}

function OtherWays({ language, uid, client }: Registration) {
  const t = (text: Text) => say(text, language);
  return (
    <Section id="other-ways" title={t(signInTexts.otherWaysToStart)}>
      <div>
        <Disclosure summary={t(signInTexts.whatIsPasskey)}>
          <p>{t(signInTexts.whatIsPasskeyText)}</p>
        </Disclosure>
        <Disclosure summary={t(signInTexts.createPhone)}>
          <p>{t(signInTexts.createPhoneHow)}</p>
        </Disclosure>
      </div>
      <LinkList
        items={[
          { label: t(signInTexts.haveOne), href: interactionHref(language, uid, '/existing') },
          {
            label: t(signInTexts.lostAll),
            href: `/${language}/recover`,
            note: t(signInTexts.lostAllNote),
          },
        ]}
      />
      <Cancel language={language} uid={uid} client={client} />
    </Section>
  );
}

export function registerView(registration: Registration): View {
  const { language, uid, client, ceremony, name, trouble, scripts } = registration;
  const t = (text: Text) => say(text, language);
  return {
    title: t(signInTexts.createTitle),
    noIndex: true,
    scripts,
    formTargets: targetsOf(client),
    ...(trouble === undefined ? {} : { status: 400 }),
    main: (
      <>
        <PageHeader
          kicker={t(signInTexts.register)}
          title={t(signInTexts.createTitle)}
          lede={t(signInTexts.createLede)}
          meta={client.isPortal ? null : <p>{t(signInPhrases.createFor(client.name))}</p>}
        />
        <div class="step">
          {trouble === undefined || trouble === 'name' ? null : (
            <PasskeyTrouble language={language} code={trouble} />
          )}
          <PasskeyForm
            kind="create"
            language={language}
            action={interactionHref(language, uid)}
            ceremony={ceremony}
            label={t(signInTexts.createButton)}
            hidden={{ step: 'register' }}
          >
            <TextField
              name="name"
              label={t(signInTexts.name)}
              hint={t(signInTexts.nameHint)}
              language={language}
              value={name}
              error={trouble === 'name' ? t(signInTexts.nameTooLong) : undefined}
              autocomplete="name"
              maxLength={longestName}
              optional
            />
          </PasskeyForm>
        </div>
        <Kept language={language} />
        {client.isPortal ? null : <Learns language={language} client={client} />}
        <OtherWays {...registration} />
      </>
    ),
  };
}
