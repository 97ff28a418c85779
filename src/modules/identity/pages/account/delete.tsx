// Deleting an account: what goes and what stays, then a typed word, then everything is gone.

import { z } from 'zod';
import { type Page, page, type View } from '../../../../core/module.ts';
import { simplify } from '../../../../core/texts.ts';
import { Button, ErrorSummary, PageHeader, Section, TextField } from '../../../../ui/index.ts';
import { clearedSessionCookie, eraseAccount } from '../../store/index.ts';
import { accountDataTexts } from '../../texts/index.ts';
import { accountView, freshSeconds, hrefOf, type Reader, readerOf } from './parts.tsx';

const { confirmWord } = accountDataTexts;
const confirmWords = [confirmWord.en, confirmWord.tc, simplify(confirmWord.tc)];

const goes = ['goesPerson', 'goesKeys', 'goesSessions', 'goesServices', 'goesActs'] as const;
const stays = ['staysLog', 'staysServices'] as const;

function deleteView(reader: Reader, isWrong: boolean): View {
  const { t, language } = reader;
  const list = (keys: readonly (keyof typeof accountDataTexts)[]) => (
    <div class="prose">
      <ul>
        {keys.map((key) => (
          <li>{t(accountDataTexts[key])}</li>
        ))}
      </ul>
    </div>
  );
  const wrong = t(accountDataTexts.confirmWrong);
  const view = accountView({
    reader,
    title: t(accountDataTexts.deleteTitle),
    lede: t(accountDataTexts.deleteLede),
    above: [{ label: t(accountDataTexts.data), href: hrefOf(reader, '/data') }],
    done: isWrong ? (
      <ErrorSummary language={language} problems={[{ message: wrong, fieldId: 'confirm' }]} />
    ) : null,
    children: (
      <>
        <Section id="goes" title={t(accountDataTexts.goes)}>
          {list(goes)}
        </Section>
        <Section id="stays" title={t(accountDataTexts.stays)}>
          {list(stays)}
        </Section>
        <Section id="last-step" title={t(accountDataTexts.toDelete)}>
          <form class="form" method="post" action={hrefOf(reader, '/delete')}>
            <TextField
              name="confirm"
              label={t(accountDataTexts.confirmLabel)}
              language={language}
              error={isWrong ? wrong : undefined}
              autocomplete="off"
              short
            />
            <div class="actions">
              <Button label={t(accountDataTexts.deleteNow)} />
              <a href={hrefOf(reader, '/data')}>{t(accountDataTexts.keep)}</a>
            </div>
          </form>
        </Section>
      </>
    ),
  });
  return isWrong ? { ...view, status: 400 } : view;
}

function deletedView(reader: Reader, actId: string, cookie: string): View {
  const { t, language } = reader;
  return {
    title: t(accountDataTexts.deleted),
    noIndex: true,
    cookies: [cookie],
    main: (
      <>
        <PageHeader title={t(accountDataTexts.deleted)} lede={t(accountDataTexts.deletedLede)} />
        <Section id="now" title={t(accountDataTexts.afterwards)}>
          <div class="prose">
            <p>{t(accountDataTexts.deletedKeys)}</p>
            <p>
              {t(accountDataTexts.deletedProof)} <a href={`/api/v1/receipts/${actId}`}>{actId}</a>
            </p>
            <Button label={t(accountDataTexts.home)} href={`/${language}`} quiet />
          </div>
        </Section>
      </>
    ),
  };
}

export const deletePage: Page = page({
  path: '/account/delete',
  audience: { signedInWithin: freshSeconds },
  render: async ({ house, language }) => deleteView(readerOf(house, language), false),
  form: {
    fields: z.object({ confirm: z.string().max(40).optional() }),
    async submit({ house, actor, language, fields }) {
      const reader = readerOf(house, language);
      const typed = (fields.confirm ?? '').normalize('NFKC').trim().toUpperCase();
      if (!confirmWords.includes(typed)) return deleteView(reader, true);
      const { actId } = await eraseAccount(house, actor);
      return deletedView(reader, actId, clearedSessionCookie(house));
    },
  },
});
