// The page for an error of the provider that cannot be told to a service (RFC 6749, 4.1.2.1).

import type { View } from '../../../../core/module.ts';
import { type Language, say, type Text } from '../../../../core/texts.ts';
import { Button, DefinitionList, PageHeader } from '../../../../ui/index.ts';
import { errorTexts, logoutTexts, otherError, providerErrors, signInPhrases } from '../../texts/index.ts';

export type ProviderError = {
  language: Language;
  /** Error code of the standard, such as `invalid_request`; nothing that a request could have written. */
  code: string;
  status?: number;
  client?: Text | undefined;
  requestId?: string | undefined;
};

const codePattern = /^[a-z_]{1,60}$/;

/** Says what happened, that nothing was passed on, and what to do. */
export function errorView({ language, code, status = 400, client, requestId }: ProviderError): View {
  const t = (text: Text) => say(text, language);
  const shown = codePattern.test(code) ? code : 'invalid_request';
  const { title, next } = providerErrors[shown] ?? otherError;
  const facts = [
    { term: t(errorTexts.word), description: <code>{shown}</code> },
    ...(requestId === undefined
      ? []
      : [{ term: t(errorTexts.request), description: <code>{requestId}</code> }]),
  ];
  return {
    title: t(title),
    status,
    noIndex: true,
    main: (
      <>
        <PageHeader
          kicker={client === undefined ? t(errorTexts.kicker) : t(signInPhrases.service(client))}
          title={t(title)}
          lede={t(next)}
          meta={shown === 'access_denied' ? null : <p>{t(errorTexts.nothing)}</p>}
        />
        <div class="step">
          <DefinitionList items={facts} />
          <div class="actions">
            {shown === 'session_not_found' ? (
              <Button label={t(logoutTexts.again)} href={`/${language}/sign-in`} />
            ) : null}
            <a href={`/${language}`}>{t(logoutTexts.home)}</a>
          </div>
        </div>
      </>
    ),
  };
}
