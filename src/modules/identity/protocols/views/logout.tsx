// Pages of signing out at the provider (OpenID Connect RP-Initiated Logout 1.0): the question, and the end.

import type { View } from '../../../../core/module.ts';
import { type Language, say, type Text } from '../../../../core/texts.ts';
import { Button, LinkList, PageHeader } from '../../../../ui/index.ts';
import { logoutFor, logoutTexts } from '../../texts/index.ts';
import type { ProviderForm } from './device.tsx';

export type Logout = ProviderForm & {
  /** The service that asks. */
  client?: Text | undefined;
  /** Origins to which the answer may lead. */
  formTargets?: readonly string[];
};

/** Asks whether to end the session at the provider too. */
export function logoutView({ language, action, secret, client, formTargets = [] }: Logout): View {
  const t = (text: Text) => say(text, language);
  return {
    title: t(logoutTexts.title),
    noIndex: true,
    formTargets,
    main: (
      <>
        <PageHeader
          kicker={t(logoutTexts.kicker)}
          title={t(logoutTexts.title)}
          lede={t(logoutTexts.lede)}
          meta={client === undefined ? null : <p>{t(logoutFor(client))}</p>}
        />
        <form class="step" method="post" action={action}>
          <input type="hidden" name="xsrf" value={secret} />
          <div class="actions">
            <Button label={t(logoutTexts.yes)} name="logout" value="yes" />
            <Button label={t(logoutTexts.no)} quiet />
          </div>
        </form>
      </>
    ),
  };
}

/** Says that the person is signed out, where no service waits for them. */
export function loggedOutView({ language }: { language: Language }): View {
  const t = (text: Text) => say(text, language);
  return {
    title: t(logoutTexts.doneTitle),
    noIndex: true,
    main: (
      <>
        <PageHeader
          kicker={t(logoutTexts.kicker)}
          title={t(logoutTexts.doneTitle)}
          lede={t(logoutTexts.doneLede)}
        />
        <div class="step">
          <LinkList
            items={[
              { label: t(logoutTexts.again), href: `/${language}/sign-in` },
              { label: t(logoutTexts.home), href: `/${language}` },
            ]}
          />
        </div>
      </>
    ),
  };
}
