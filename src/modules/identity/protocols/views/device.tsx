// Pages of the device flow (RFC 8628): the code is entered, confirmed, and done.

import type { View } from '../../../../core/module.ts';
import { type Language, say, type Text } from '../../../../core/texts.ts';
import { Button, ErrorSummary, LinkList, Notice, PageHeader, TextField } from '../../../../ui/index.ts';
import { deviceConfirmTitle, deviceDoneFor, deviceTexts, logoutTexts } from '../../texts/index.ts';

/** Where a form of the provider goes, and the secret that proves that it came from its own page. */
export type ProviderForm = { language: Language; action: string; secret: string };

export type DeviceInput = ProviderForm & {
  /** What the person entered, or what the link of the device says. */
  code?: string | undefined;
  problem?: 'missing' | 'wrong' | 'refused' | undefined;
};

/** Asks for the code that the device shows. */
export function deviceInputView({ language, action, secret, code, problem }: DeviceInput): View {
  const t = (text: Text) => say(text, language);
  const error = problem === undefined || problem === 'refused' ? undefined : t(deviceTexts[problem]);
  return {
    title: t(deviceTexts.inputTitle),
    noIndex: true,
    ...(error === undefined ? {} : { status: 400 }),
    main: (
      <>
        <PageHeader
          kicker={t(deviceTexts.kicker)}
          title={t(deviceTexts.inputTitle)}
          lede={t(deviceTexts.inputLede)}
        />
        <div class="step">
          {error === undefined ? null : (
            <ErrorSummary language={language} problems={[{ message: error, fieldId: 'user_code' }]} />
          )}
          {problem === 'refused' ? (
            <Notice kind="information" language={language}>
              {t(deviceTexts.refused)}
            </Notice>
          ) : null}
          <form method="post" action={action}>
            <input type="hidden" name="xsrf" value={secret} />
            <TextField
              name="user_code"
              label={t(deviceTexts.code)}
              hint={t(deviceTexts.codeHint)}
              language={language}
              value={code}
              error={error}
              autocomplete="off"
              maxLength={20}
              short
            />
            <div class="actions">
              <Button label={t(deviceTexts.go)} />
            </div>
          </form>
        </div>
      </>
    ),
  };
}

export type DeviceConfirm = ProviderForm & {
  /** As the device shows it. */
  userCode: string;
  client: Text;
};

/** Asks whether the device before the person shows the same code. */
export function deviceConfirmView({ language, action, secret, userCode, client }: DeviceConfirm): View {
  const t = (text: Text) => say(text, language);
  const title = t(deviceConfirmTitle(client));
  return {
    title,
    noIndex: true,
    main: (
      <>
        <PageHeader kicker={t(deviceTexts.kicker)} title={title} lede={t(deviceTexts.confirmLede)} />
        <div class="step">
          <p class="spoken-code">{userCode}</p>
          <form method="post" action={action}>
            <input type="hidden" name="xsrf" value={secret} />
            <input type="hidden" name="user_code" value={userCode} />
            <div class="actions">
              <Button label={t(deviceTexts.confirm)} name="confirm" value="yes" />
              <Button label={t(deviceTexts.abort)} name="abort" value="yes" quiet />
            </div>
          </form>
          <Notice kind="warning" language={language}>
            {t(deviceTexts.warning)}
          </Notice>
        </div>
      </>
    ),
  };
}

/** Says that the device is signed in. */
export function deviceDoneView({
  language,
  client,
}: {
  language: Language;
  client?: Text | undefined;
}): View {
  const t = (text: Text) => say(text, language);
  const title = t(client === undefined ? deviceTexts.doneTitle : deviceDoneFor(client));
  return {
    title,
    noIndex: true,
    main: (
      <>
        <PageHeader kicker={t(deviceTexts.kicker)} title={title} lede={t(deviceTexts.doneLede)} />
        <div class="step">
          <LinkList
            items={[
              { label: t(logoutTexts.account), href: `/${language}/account` },
              { label: t(logoutTexts.home), href: `/${language}` },
            ]}
          />
        </div>
      </>
    ),
  };
}
