// One act about a person, with its receipt to download and to check.

import { z } from 'zod';
import { type Page, page, type View } from '../../../../core/module.ts';
import { Button, DefinitionList, Notice, Section, TextField } from '../../../../ui/index.ts';
import type { RecordedAct } from '../../../receipts/index.ts';
import { departmentNames, getOwnReceipt, type OwnReceipt } from '../../store/index.ts';
import {
  accountDataTexts,
  accountPhrases,
  actTitle,
  assuranceWords,
  detailWords,
  fieldWords,
  purposeWords,
  roleWords,
  wordsFor,
} from '../../texts/index.ts';
import { accountView, ClockNote, hrefOf, type Reader, readerOf, When } from './parts.tsx';

type Words = Parameters<typeof wordsFor>[0];

const wordsOf: Record<string, Words> = {
  role: roleWords,
  purpose: purposeWords,
  assurance: assuranceWords,
  fields: fieldWords,
  scopes: fieldWords,
  claims: fieldWords,
};

/** A value of the details, in words where there are some. */
function detailText(reader: Reader, [name, value]: [string, unknown], departments: Words): string {
  const { t, language } = reader;
  const words = name === 'department' ? departments : (wordsOf[name] ?? {});
  const one = (item: unknown) => (typeof item === 'string' ? t(wordsFor(words, item)) : JSON.stringify(item));
  return Array.isArray(value) ? value.map(one).join(language === 'en' ? ', ' : '、') : one(value);
}

function Facts({ reader, act, departments }: { reader: Reader; act: RecordedAct; departments: Words }) {
  const { t } = reader;
  const details = Object.entries((act.details ?? {}) as Record<string, unknown>);
  return (
    <DefinitionList
      items={[
        { term: t(accountDataTexts.when), description: <When at={act.occurredAt} reader={reader} /> },
        {
          term: t(accountDataTexts.doneBy),
          description: t(act.actor === act.subject ? accountDataTexts.byYou : accountDataTexts.byOther),
        },
        {
          term: t(accountDataTexts.place),
          description:
            act.index === null ? t(accountDataTexts.pending) : t(accountPhrases.entry(String(act.index))),
        },
        ...details.map((detail) => ({
          term: t(wordsFor(detailWords, detail[0])),
          description: detailText(reader, detail, departments),
        })),
      ]}
    />
  );
}

function Receipt({ reader, receipt }: { reader: Reader; receipt: OwnReceipt['receipt'] }) {
  const { t, language } = reader;
  if (receipt.state === 'pending') {
    return (
      <Notice kind="information" language={language}>
        {t(accountDataTexts.notSealedYet)}
      </Notice>
    );
  }
  return (
    <form class="form" method="post" action={`/${language}/receipts/check`}>
      <TextField
        name="receipt"
        label={t(accountDataTexts.receiptText)}
        hint={t(accountDataTexts.receiptHint)}
        language={language}
        value={JSON.stringify(receipt, null, 2)}
        long
      />
      <div class="actions">
        <Button label={t(accountDataTexts.checkIt)} />
        <a
          href={`/api/v1/account/activity/${receipt.actId}/receipt`}
          download={`receipt-${receipt.actId}.json`}
        >
          {t(accountDataTexts.downloadOf)}
        </a>
      </div>
    </form>
  );
}

function actView(reader: Reader, { act, receipt }: OwnReceipt, departments: Words): View {
  const { t } = reader;
  return accountView({
    reader,
    title: t(actTitle(act)),
    above: [{ label: t(accountDataTexts.activity), href: hrefOf(reader, '/activity') }],
    children: (
      <>
        <Section id="act" title={t(accountDataTexts.details)}>
          <Facts reader={reader} act={act} departments={departments} />
          <ClockNote reader={reader} />
        </Section>
        <Section id="proof" title={t(accountDataTexts.receipt)} note={t(accountDataTexts.checkNote)}>
          <Receipt reader={reader} receipt={receipt} />
        </Section>
      </>
    ),
  });
}

export const actPage: Page = page({
  path: '/account/activity/:id',
  audience: 'signed-in',
  params: z.object({ id: z.uuid() }),
  async render({ house, actor, language, params }) {
    const own = await getOwnReceipt(house, { personId: actor.id, actId: params.id });
    const departments = Object.fromEntries(await departmentNames(house));
    return actView(readerOf(house, language), own, departments);
  },
});
