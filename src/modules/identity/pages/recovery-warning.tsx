// Warns of a recovery under way: on every page of the account, and before going on after a sign-in.

import type { Actor } from '../../../core/access.ts';
import { inTransaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import type { Page, PageInput, View } from '../../../core/module.ts';
import type { Language } from '../../../core/texts.ts';
import { Button, Notice, PageHeader } from '../../../ui/index.ts';
import { hasProposalAbout, listRecoveries, recoverAction } from '../store/index.ts';
import { accountPhrases, accountTexts } from '../texts/index.ts';
import { hrefOf, instantText, PostButton, type Reader, readerOf } from './account/parts.tsx';

/** What is under way: with a code, at a desk, or both. */
export type Running = { opensAt: Date | undefined; isAtDesk: boolean };

/** The recovery of a person's account that is under way. */
export async function findRunning(house: House, personId: string): Promise<Running | undefined> {
  const about = { personId, action: recoverAction, at: house.clock.now() };
  const [[first], isAtDesk] = await Promise.all([
    listRecoveries(house, personId),
    inTransaction(house.database, (transaction) => hasProposalAbout(transaction, about)),
  ]);
  return first === undefined && !isAtDesk ? undefined : { opensAt: first?.opensAt, isAtDesk };
}

type Told = { reader: Reader; running: Running };

/** What is going on, in sentences. */
export const Sentences = ({ reader, running: { opensAt, isAtDesk } }: Told) => (
  <>
    {opensAt === undefined ? null : (
      <p>{reader.t(accountPhrases.recoveryOpens(instantText(reader, opensAt)))}</p>
    )}
    {isAtDesk ? <p>{reader.t(accountTexts.deskRecovery)}</p> : null}
  </>
);

/** Stops whatever is under way. */
export const StopButton = ({ reader }: { reader: Reader }) => (
  <PostButton
    action={hrefOf(reader)}
    label={reader.t(accountTexts.stopRecovery)}
    fields={{ do: 'stop-recovery' }}
  />
);

const Warning = ({ reader, running }: Told) => (
  <div role="alert">
    <Notice kind="trouble" language={reader.language} title={reader.t(accountTexts.recoveryRuns)}>
      <Sentences reader={reader} running={running} />
      <StopButton reader={reader} />
    </Notice>
  </div>
);

/** The same page, with the warning above it while a recovery is under way. */
export const warned = (page: Page): Page => ({
  ...page,
  async render(input) {
    const { house, actor, language } = input as PageInput<undefined, undefined> & { actor: Actor };
    const [view, running] = await Promise.all([page.render(input), findRunning(house, actor.id)]);
    if (running === undefined || view.redirect !== undefined) return view;
    const reader = readerOf(house, language);
    return {
      ...view,
      main: (
        <>
          <Warning reader={reader} running={running} />
          {view.main}
        </>
      ),
    };
  },
});

/** Shown after a sign-in, in place of leading on at once; undefined when no recovery is under way. */
export async function warningBefore(
  house: House,
  { personId, language, next }: { personId: string; language: Language; next: string },
): Promise<View | undefined> {
  const running = await findRunning(house, personId);
  if (running === undefined) return undefined;
  const reader = readerOf(house, language);
  const { t } = reader;
  return {
    title: t(accountTexts.recoveryRuns),
    noIndex: true,
    main: (
      <>
        <PageHeader title={t(accountTexts.recoveryRuns)} lede={t(accountTexts.recoveryFirst)} />
        <div class="step">
          <Sentences reader={reader} running={running} />
          <div class="actions">
            <Button label={t(accountTexts.recoveryToAccount)} href={hrefOf(reader)} />
            <a href={next}>{t(accountTexts.goOn)}</a>
          </div>
        </div>
      </>
    ),
  };
}
