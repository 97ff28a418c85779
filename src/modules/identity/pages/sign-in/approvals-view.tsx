// The list of requests that wait for a person's decision, each with its two buttons.

import type { View } from '../../../../core/module.ts';
import { type Language, sameText, say, type Text } from '../../../../core/texts.ts';
import {
  Button,
  DefinitionList,
  EmptyState,
  formatDate,
  Notice,
  PageHeader,
  Section,
} from '../../../../ui/index.ts';
import { approvalTexts, claimTexts, scopeTexts, signInPhrases } from '../../texts/index.ts';
import { type Ceremony, PasskeyForm, PasskeyTrouble } from '../passkey-form.tsx';
import { isAlways } from './consent.tsx';

/** A request as it is shown; `until` is the local minute at which it runs out. */
export type Shown = {
  id: string;
  client: { name: Text };
  bindingMessage?: string | undefined;
  scopes: readonly string[];
  claims?: readonly string[] | undefined;
  until: string;
  ceremony: Ceremony;
};

/** What became of the last decision. */
export type Outcome = 'approved' | 'refused' | 'missing' | 'not-accepted' | 'gone';

export type Approvals = {
  language: Language;
  approvals: readonly Shown[];
  outcome?: Outcome | undefined;
  scripts: string[];
};

const hrefOf = (language: Language) => `/${language}/account/approvals`;

function Told({ language, outcome }: { language: Language; outcome: Outcome }) {
  if (outcome === 'missing') return <PasskeyTrouble language={language} code="missing" />;
  if (outcome === 'not-accepted') return <PasskeyTrouble language={language} code="refused" />;
  const kind = outcome === 'gone' ? 'warning' : 'information';
  const title = outcome === 'gone' ? {} : { title: say(approvalTexts.decided, language) };
  return (
    <div role="alert">
      <Notice kind={kind} language={language} {...title}>
        {say(approvalTexts[outcome], language)}
      </Notice>
    </div>
  );
}

function Request({ language, request }: { language: Language; request: Shown }) {
  const t = (text: Text) => say(text, language);
  const { id, client, bindingMessage, scopes, claims = [], until, ceremony } = request;
  // What has no words is shown by its name: nothing is allowed unseen.
  const asked = [
    ...scopes.filter((scope) => !isAlways(scope)).map((scope) => scopeTexts[scope] ?? sameText(scope)),
    ...claims.map((claim) => claimTexts[claim] ?? sameText(claim)),
  ];
  const wants = asked.map(t);
  const facts = [
    {
      term: t(approvalTexts.wants),
      description:
        wants.length === 0 ? t(approvalTexts.onlySignIn) : wants.join(language === 'en' ? '; ' : '；'),
    },
    { term: t(approvalTexts.until), description: formatDate(until, language) },
  ];
  return (
    <Section id={`request-${id}`} title={t(signInPhrases.asksSignIn(client.name))}>
      {bindingMessage === undefined ? null : (
        <div>
          <p>{t(approvalTexts.message)}</p>
          <p class="spoken-code">{bindingMessage}</p>
          <p class="quiet">{t(approvalTexts.messageNote)}</p>
        </div>
      )}
      <DefinitionList items={facts} />
      <PasskeyForm
        kind="get"
        language={language}
        action={hrefOf(language)}
        ceremony={ceremony}
        label={t(approvalTexts.approve)}
        hidden={{ id, step: 'approve' }}
      />
      <form method="post" action={hrefOf(language)}>
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="step" value="refuse" />
        <Button label={t(approvalTexts.notMine)} quiet />
      </form>
    </Section>
  );
}

export function approvalsView({ language, approvals, outcome, scripts }: Approvals): View {
  const t = (text: Text) => say(text, language);
  return {
    title: t(approvalTexts.title),
    noIndex: true,
    breadcrumbs: [{ label: t(approvalTexts.kicker), href: `/${language}/account` }],
    scripts,
    main: (
      <>
        <PageHeader title={t(approvalTexts.title)} lede={t(approvalTexts.lede)} />
        <div class="step">
          {outcome === undefined ? null : <Told language={language} outcome={outcome} />}
          {approvals.length > 0 ? null : (
            <EmptyState
              title={t(approvalTexts.none)}
              action={<Button label={t(approvalTexts.again)} href={hrefOf(language)} quiet />}
            >
              {t(approvalTexts.noneHow)}
            </EmptyState>
          )}
        </div>
        {approvals.map((request) => (
          <Request language={language} request={request} />
        ))}
      </>
    ),
  };
}
