// One act about a person, with its receipt to download and to check.

import { z } from 'zod';
import type { House } from '../../../../core/house.ts';
import { type Page, page, type View } from '../../../../core/module.ts';
import { Button, DefinitionList, Notice, Section, TextField } from '../../../../ui/index.ts';
import { listKeys, type RecordedAct } from '../../../receipts/index.ts';
import { departmentNames, findClient, getOwnReceipt, type OwnReceipt, portalId } from '../../store/index.ts';
import {
  accountDataTexts,
  accountPhrases,
  acrWords,
  actTitle,
  assuranceWords,
  detailWords,
  fieldWords,
  hiddenDetails,
  purposeWords,
  roleWords,
  valueWords,
  wordsFor,
} from '../../texts/index.ts';
import { accountView, ClockNote, hrefOf, type Reader, readerOf, When } from './parts.tsx';

type Words = Parameters<typeof wordsFor>[0];

/** Names of departments and services by id. */
type Names = { departments: Words; services: Words };

const wordsOf: Record<string, Words> = {
  acr: acrWords,
  role: roleWords,
  purpose: purposeWords,
  assurance: assuranceWords,
  fields: fieldWords,
  scopes: fieldWords,
  claims: fieldWords,
};

/** A value of the details, in words where there are some. */
function detailText(reader: Reader, [name, value]: [string, unknown], names: Names): string {
  const { t, language } = reader;
  const words = { ...valueWords, ...(name === 'department' ? names.departments : wordsOf[name]) };
  const known = name === 'service' ? { ...words, ...names.services } : words;
  const one = (item: unknown) => t(wordsFor(known, typeof item === 'string' ? item : JSON.stringify(item)));
  return Array.isArray(value) ? value.map(one).join(language === 'en' ? ', ' : '、') : one(value);
}

/** Who did it: the person, or the officer of the department that stands in the details. */
function doer({ t }: Reader, act: RecordedAct, { departments }: Names): string {
  if (act.actor === act.subject) return t(accountDataTexts.byYou);
  const { department, role } = (act.details ?? {}) as { department?: unknown; role?: unknown };
  if (typeof department !== 'string') return t(accountDataTexts.byOther);
  const isOwnRole = act.topic === 'identity.data-read' && typeof role === 'string';
  const named = isOwnRole ? wordsFor(roleWords, role) : undefined;
  return t(accountPhrases.byOfficer(wordsFor(departments, department), named));
}

function Facts({ reader, act, names }: { reader: Reader; act: RecordedAct; names: Names }) {
  const { t } = reader;
  const all = Object.entries((act.details ?? {}) as Record<string, unknown>);
  const details = all.filter(([name]) => !hiddenDetails.has(name));
  return (
    <DefinitionList
      items={[
        { term: t(accountDataTexts.when), description: <When at={act.occurredAt} reader={reader} /> },
        {
          term: t(accountDataTexts.doneBy),
          description: doer(reader, act, names),
        },
        {
          term: t(accountDataTexts.place),
          description:
            act.index === null ? t(accountDataTexts.pending) : t(accountPhrases.entry(String(act.index))),
        },
        ...details.map((detail) => ({
          term: t(wordsFor(detailWords, detail[0])),
          description: detailText(reader, detail, names),
        })),
      ]}
    />
  );
}

type ReceiptProps = { reader: Reader; receipt: OwnReceipt['receipt']; vkey: string | undefined };

function Receipt({ reader, receipt, vkey }: ReceiptProps) {
  const { t, language } = reader;
  if (receipt.state === 'pending') {
    return (
      <Notice kind="information" language={language}>
        {t(accountDataTexts.notSealedYet)}
      </Notice>
    );
  }
  const file = `receipt-${receipt.actId}.json`;
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
        <a href={`/api/v1/account/activity/${receipt.actId}/receipt`} download={file}>
          {t(accountDataTexts.downloadOf)}
        </a>
      </div>
      {vkey === undefined ? null : (
        <p>
          {t(accountDataTexts.checkAlone)}{' '}
          <code>
            npx lamppost verify {file} --key '{vkey}'
          </code>
        </p>
      )}
    </form>
  );
}

type Shown = { names: Names; vkey: string | undefined };

function actView(reader: Reader, { act, receipt }: OwnReceipt, { names, vkey }: Shown): View {
  const { t } = reader;
  return accountView({
    reader,
    title: t(actTitle(act)),
    above: [{ label: t(accountDataTexts.activity), href: hrefOf(reader, '/activity') }],
    children: (
      <>
        <Section id="act" title={t(accountDataTexts.details)}>
          <Facts reader={reader} act={act} names={names} />
          <ClockNote reader={reader} />
        </Section>
        <Section id="proof" title={t(accountDataTexts.receipt)} note={t(accountDataTexts.checkNote)}>
          <Receipt reader={reader} receipt={receipt} vkey={vkey} />
        </Section>
      </>
    ),
  });
}

/** The name of the service that the act is about. */
async function servicesOf(house: House, { act }: OwnReceipt): Promise<Words> {
  const { service } = (act.details ?? {}) as { service?: unknown };
  if (typeof service !== 'string' || service === portalId) return {};
  const client = await findClient(house, service, { evenDisabled: true });
  return client === undefined ? {} : { [service]: client.name };
}

export const actPage: Page = page({
  path: '/account/activity/:id',
  audience: 'signed-in',
  params: z.object({ id: z.uuid() }),
  async render({ house, actor, language, params }) {
    const own = await getOwnReceipt(house, { personId: actor.id, actId: params.id });
    const departments = Object.fromEntries(await departmentNames(house));
    const [key] = await listKeys(house.database);
    const names = { departments, services: await servicesOf(house, own) };
    return actView(readerOf(house, language), own, { names, vkey: key?.vkey });
  },
});
