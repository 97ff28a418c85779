// The page where a person decides what a service may know: told always, told if allowed, never told.

import type { View } from '../../../../core/module.ts';
import { type Language, say, type Text } from '../../../../core/texts.ts';
import { Button, Checkboxes, type Choice, PageHeader, Prose, Section } from '../../../../ui/index.ts';
import type { Person } from '../../schema.ts';
import { assuranceTexts, claimTexts, scopeTexts, signInPhrases, signInTexts } from '../../texts/index.ts';
import { type Asker, interactionHref, targetsOf } from './login.tsx';

export type Consent = {
  language: Language;
  uid: string;
  client: Asker;
  person: Person;
  /** Scopes and claims on which the person has not decided. */
  newScopes: readonly string[];
  newClaims: readonly string[];
};

const languageNames: Record<string, string> = { en: 'English', tc: '繁體中文', sc: '简体中文' };

/** What the service would get, so that nobody allows what they cannot see. */
function shownValue(what: string, person: Person, language: Language): string | undefined {
  const name = person.name ?? say(signInTexts.noValue, language);
  const spoken = languageNames[person.language] ?? person.language;
  if (what === 'name') return name;
  if (what === 'locale') return spoken;
  if (what === 'profile') return `${name}${language === 'en' ? ', ' : '、'}${spoken}`;
  if (what !== 'assurance') return undefined;
  const level = assuranceTexts[person.assurance];
  return level && say(level, language);
}

/** Scopes on which there is nothing to decide: without `openid` there is no sign-in. */
export const isAlways = (scope: string) => scope === 'openid';

function Asked({ language, person, newScopes, newClaims }: Consent) {
  const choiceOf = (what: string, text: Text | undefined): Choice => {
    const value = shownValue(what, person, language);
    const label = text === undefined ? what : say(text, language);
    return { value: what, label, ...(value === undefined ? {} : { hint: value }) };
  };
  const scopes = newScopes.filter((scope) => !isAlways(scope));
  const groups = [
    { name: 'scope', values: scopes, options: scopes.map((one) => choiceOf(one, scopeTexts[one])) },
    {
      name: 'claim',
      values: [...newClaims],
      options: newClaims.map((one) => choiceOf(one, claimTexts[one])),
    },
  ].filter(({ values }) => values.length > 0);
  return (
    <>
      {groups.map(({ name, values, options }, index) => (
        <Checkboxes
          name={name}
          label={say(index === 0 ? signInTexts.consentChoose : signInTexts.consentChooseToo, language)}
          hint={index === 0 ? say(signInTexts.consentChooseHint, language) : undefined}
          language={language}
          options={options}
          values={values}
        />
      ))}
    </>
  );
}

/** What the permission to use our own interface means, which a tick alone does not say. */
const reaches: [string, readonly Text[]][] = [
  ['account', [signInTexts.readsAccount]],
  ['officer', [signInTexts.actsAsOfficer]],
];

function Bounds({ language, newScopes }: Pick<Consent, 'language' | 'newScopes'>) {
  const t = (text: Text) => say(text, language);
  const { neverCard, neverServices, neverDevices } = signInTexts;
  const reached = reaches.flatMap(([scope, texts]) => (newScopes.includes(scope) ? texts : []));
  return (
    <>
      <Section id="always" title={t(signInTexts.consentAlways)}>
        <Prose>
          <p>{t(signInTexts.onlyName)}</p>
          {reached.length === 0 ? <p>{t(signInTexts.noCompare)}</p> : null}
        </Prose>
      </Section>
      {reached.length === 0 ? null : (
        <Section id="reach" title={t(signInTexts.consentReach)}>
          <Prose>
            <ul>
              {[...reached, signInTexts.mayCompare].map((text) => (
                <li>{t(text)}</li>
              ))}
            </ul>
          </Prose>
        </Section>
      )}
      <Section id="never" title={t(signInTexts.consentNever)}>
        <Prose>
          <ul>
            {[neverCard, neverServices, neverDevices].map((text) => (
              <li>{t(text)}</li>
            ))}
          </ul>
        </Prose>
      </Section>
    </>
  );
}

export function consentView(consent: Consent): View {
  const { language, uid, client } = consent;
  const t = (text: Text) => say(text, language);
  const title = t(signInPhrases.mayKnow(client.name));
  return {
    title,
    noIndex: true,
    formTargets: targetsOf(client),
    main: (
      <>
        <PageHeader
          kicker={t(signInTexts.permission)}
          title={title}
          lede={t(signInPhrases.mayKnowLede(client.name))}
        />
        <div class="step">
          <form method="post" action={interactionHref(language, uid)}>
            <input type="hidden" name="step" value="consent" />
            <Asked {...consent} />
            <div class="actions">
              <Button label={t(signInTexts.allow)} />
              <button class="button button-quiet" type="submit" form="refuse">
                {t(signInTexts.refuse)}
              </button>
            </div>
          </form>
          <form id="refuse" method="post" action={interactionHref(language, uid)}>
            <input type="hidden" name="step" value="refuse" />
          </form>
          <p class="quiet small">{t(signInTexts.consentChange)}</p>
        </div>
        <Bounds language={language} newScopes={consent.newScopes} />
      </>
    ),
  };
}
