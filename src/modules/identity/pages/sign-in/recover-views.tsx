// What the page of recovery shows: the code, the wait and how to stop it, the new passkey, and the end.

import type { View } from '../../../../core/module.ts';
import { type Language, say, type Text } from '../../../../core/texts.ts';
import {
  Button,
  ErrorSummary,
  LinkList,
  Notice,
  PageHeader,
  Prose,
  Section,
  TextField,
} from '../../../../ui/index.ts';
import { recoveryPhrases, recoveryTexts, signInTexts } from '../../texts/index.ts';
import { type Ceremony, PasskeyForm, PasskeyTrouble } from '../passkey-form.tsx';

const path = '/recover';
const hrefOf = (language: Language) => `/${language}${path}`;
const signInHref = (language: Language, next = '') =>
  `/${language}/sign-in${next === '' ? '' : `?next=${encodeURIComponent(`/${language}${next}`)}`}`;

const shared = (language: Language, title: Text) => ({ title: say(title, language), noIndex: true });

/** Takes the way back: this browser forgets what it has begun. */
const Forget = ({ language, label }: { language: Language; label: Text }) => (
  <form method="post" action={hrefOf(language)}>
    <input type="hidden" name="step" value="forget" />
    <Button label={say(label, language)} quiet />
  </form>
);

export type CodeForm = {
  language: Language;
  /** How long a code from the list has to wait. */
  waitHours: number;
  error?: string | undefined;
  /** What was typed and is no code. */
  typed?: string | undefined;
};

export function codeView({ language, waitHours, error, typed }: CodeForm): View {
  const t = (text: Text) => say(text, language);
  const asides: [string, Text, Text][] = [
    ['have-device', recoveryTexts.haveDevice, recoveryTexts.haveDeviceText],
    ['no-code', recoveryTexts.noCode, recoveryTexts.noCodeText],
    ['why-wait', recoveryTexts.whyWait, recoveryTexts.whyWaitText],
  ];
  return {
    ...shared(language, recoveryTexts.title),
    ...(error === undefined ? {} : { status: 400 }),
    main: (
      <>
        <PageHeader
          kicker={t(recoveryTexts.kicker)}
          title={t(recoveryTexts.title)}
          lede={t(recoveryPhrases.lede(waitHours))}
        />
        <div class="step">
          {error === undefined ? null : (
            <ErrorSummary language={language} problems={[{ message: error, fieldId: 'code' }]} />
          )}
          <form method="post" action={hrefOf(language)}>
            <input type="hidden" name="step" value="begin" />
            <TextField
              name="code"
              label={t(recoveryTexts.code)}
              hint={t(recoveryTexts.codeHint)}
              language={language}
              error={error}
              value={typed}
              autocomplete="off"
              maxLength={80}
            />
            <div class="actions">
              <Button label={t(recoveryTexts.begin)} />
            </div>
          </form>
        </div>
        {asides.map(([id, title, text]) => (
          <Section id={id} title={t(title)}>
            <p>{t(text)}</p>
            {id === 'why-wait' ? <p>{t(recoveryPhrases.waits(waitHours))}</p> : null}
            {id === 'have-device' ? (
              <p>
                <a href={signInHref(language, '/account/devices')}>{t(signInTexts.signIn)}</a>
              </p>
            ) : null}
          </Section>
        ))}
      </>
    ),
  };
}

export type Waiting = {
  language: Language;
  /** From when on and until when a passkey can be made, in words. */
  opens: string;
  closes: string;
};

export function waitingView({ language, opens, closes }: Waiting): View {
  const t = (text: Text) => say(text, language);
  return {
    ...shared(language, recoveryTexts.waitingTitle),
    main: (
      <>
        <PageHeader
          kicker={t(recoveryTexts.kicker)}
          title={t(recoveryTexts.waitingTitle)}
          lede={opens}
          meta={<p>{t(recoveryTexts.waitingText)}</p>}
        />
        <Section id="now" title={t(recoveryTexts.waitingHow)}>
          <Prose>
            <ol>
              <li>{t(recoveryTexts.comeBack)}</li>
              <li>{closes}</li>
              <li>{t(recoveryTexts.keepBrowser)}</li>
            </ol>
          </Prose>
        </Section>
        <Section id="stop" title={t(recoveryTexts.stopTitle)}>
          <p>{t(recoveryTexts.stopText)}</p>
          <div class="actions">
            <Button label={t(recoveryTexts.signInToStop)} href={signInHref(language, '/account')} />
            <Forget language={language} label={recoveryTexts.otherCode} />
          </div>
        </Section>
      </>
    ),
  };
}

export type Opened = {
  language: Language;
  ceremony: Ceremony;
  closes: string;
  /** Two officers have opened it; there was no wait. */
  isFromDesk: boolean;
  trouble?: 'refused' | 'missing' | undefined;
  scripts: string[];
};

export function openView({ language, ceremony, closes, isFromDesk, trouble, scripts }: Opened): View {
  const t = (text: Text) => say(text, language);
  return {
    ...shared(language, recoveryTexts.openTitle),
    scripts,
    ...(trouble === undefined ? {} : { status: 400 }),
    main: (
      <>
        <PageHeader
          kicker={t(recoveryTexts.kicker)}
          title={t(recoveryTexts.openTitle)}
          lede={t(isFromDesk ? recoveryTexts.openDeskLede : recoveryTexts.openLede)}
          meta={<p>{closes}</p>}
        />
        <div class="step">
          {trouble === undefined ? null : <PasskeyTrouble language={language} code={trouble} />}
          <PasskeyForm
            kind="create"
            language={language}
            action={hrefOf(language)}
            ceremony={ceremony}
            label={t(recoveryTexts.openButton)}
            hidden={{ step: 'finish' }}
          />
          <Notice kind="information" language={language}>
            {t(recoveryTexts.openNote)}
          </Notice>
          <Forget language={language} label={recoveryTexts.forget} />
        </div>
      </>
    ),
  };
}

export function recoveredView({ language }: { language: Language }): View {
  const t = (text: Text) => say(text, language);
  return {
    ...shared(language, recoveryTexts.doneTitle),
    main: (
      <>
        <PageHeader
          kicker={t(recoveryTexts.kicker)}
          title={t(recoveryTexts.doneTitle)}
          lede={t(recoveryTexts.doneLede)}
          actions={<Button label={t(signInTexts.signIn)} href={signInHref(language, '/account')} />}
        />
      </>
    ),
  };
}

/** For what was stopped, ran out, was finished, or was never there. */
export function overView({ language }: { language: Language }): View {
  const t = (text: Text) => say(text, language);
  return {
    ...shared(language, recoveryTexts.overTitle),
    main: (
      <>
        <PageHeader
          kicker={t(recoveryTexts.kicker)}
          title={t(recoveryTexts.overTitle)}
          lede={t(recoveryTexts.overLede)}
        />
        <div class="step">
          <Forget language={language} label={recoveryTexts.otherCode} />
          <LinkList
            items={[
              { label: t(signInTexts.signIn), href: signInHref(language) },
              { label: t(recoveryTexts.noCode), href: `${hrefOf(language)}#no-code` },
            ]}
          />
        </div>
      </>
    ),
  };
}
