// A code for the desk: it tells the officer there which account is in question, and nothing else.

import { z } from 'zod';
import { inTransaction } from '../../../../core/database/index.ts';
import { type Page, page, type View } from '../../../../core/module.ts';
import { Section } from '../../../../ui/index.ts';
import { countAttempt, createDeskVisit } from '../../store/index.ts';
import { accountDataTexts, accountPhrases } from '../../texts/index.ts';
import { accountView, hrefOf, instantText, PostButton, type Reader, readerOf } from './parts.tsx';

function askView(reader: Reader): View {
  const { t } = reader;
  return accountView({
    reader,
    title: t(accountDataTexts.desk),
    lede: t(accountDataTexts.deskLede),
    actions: <PostButton action={hrefOf(reader, '/desk')} label={t(accountDataTexts.makeDeskCode)} />,
  });
}

function codeView(reader: Reader, code: string, expiresAt: Date): View {
  const { t } = reader;
  return accountView({
    reader,
    title: t(accountDataTexts.deskCode),
    lede: t(accountDataTexts.deskCodeNote),
    above: [{ label: t(accountDataTexts.desk), href: hrefOf(reader, '/desk') }],
    children: (
      <Section id="code" title={t(accountDataTexts.deskCode)}>
        <div class="prose">
          <p class="spoken-code">{code}</p>
          <p>{t(accountPhrases.validUntil(instantText(reader, expiresAt)))}</p>
        </div>
      </Section>
    ),
  });
}

export const deskPage: Page = page({
  path: '/account/desk',
  audience: 'signed-in',
  render: async ({ house, language }) => askView(readerOf(house, language)),
  form: {
    fields: z.object({}),
    async submit({ house, actor, language }) {
      await countAttempt(house, { scope: 'desk-code', key: actor.id, limit: 20, windowSeconds: 86_400 });
      const { code, expiresAt } = await inTransaction(house.database, (transaction) =>
        createDeskVisit(transaction, house, actor.id),
      );
      return codeView(readerOf(house, language), code, expiresAt);
    },
  },
});
