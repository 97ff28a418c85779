// What was done about a person and who looked at their data: two lists, each line with its proof.

import { z } from 'zod';
import { type Page, page, type View } from '../../../../core/module.ts';
import { type Column, DataTable, EmptyState, Pagination, Section } from '../../../../ui/index.ts';
import { listActs, type RecordedAct } from '../../../receipts/index.ts';
import { listAccesses, type RecordedAccess } from '../../store/index.ts';
import {
  accountDataTexts,
  accountPhrases,
  actTitle,
  fieldWords,
  purposeWords,
  roleWords,
  wordsFor,
} from '../../texts/index.ts';
import { accountView, Caption, hrefOf, type Reader, readerOf, When } from './parts.tsx';

const atOnce = 20;

type Proved = { actId: string; index: number | null; occurredAt: string };

/** The receipt of an act, named by its place in the log. */
export const Proof = ({ reader, act }: { reader: Reader; act: Proved }) => {
  const { t } = reader;
  if (act.index === null) return <>{t(accountDataTexts.pending)}</>;
  return (
    <a href={`/api/v1/account/activity/${act.actId}/receipt`} download={`receipt-${act.actId}.json`}>
      {t(accountPhrases.receiptOf(String(act.index)))}
    </a>
  );
};

const whenColumn = <Row extends { occurredAt: string }>(reader: Reader): Column<Row> => ({
  key: 'when',
  header: reader.t(accountDataTexts.when),
  kind: 'date',
  render: ({ occurredAt }) => <When at={occurredAt} reader={reader} short />,
});

const actHref = (reader: Reader, actId: string) => hrefOf(reader, `/activity/${actId}`);

function lookColumns(reader: Reader): Column<RecordedAccess>[] {
  const { t, language } = reader;
  return [
    {
      key: 'by',
      header: t(accountDataTexts.by),
      rowHeader: true,
      render: ({ actId, department }) => <a href={actHref(reader, actId)}>{t(department.name)}</a>,
    },
    {
      key: 'role',
      header: t(accountDataTexts.role),
      render: ({ role }) => (role === undefined ? '–' : t(wordsFor(roleWords, role))),
    },
    {
      key: 'purpose',
      header: t(accountDataTexts.purpose),
      render: ({ purpose }) => t(wordsFor(purposeWords, purpose)),
    },
    {
      key: 'fields',
      header: t(accountDataTexts.fields),
      render: ({ fields }) =>
        fields.map((field) => t(wordsFor(fieldWords, field))).join(language === 'en' ? ', ' : '、'),
    },
    whenColumn(reader),
    {
      key: 'proof',
      header: t(accountDataTexts.proof),
      kind: 'status',
      render: (act) => <Proof reader={reader} act={act} />,
    },
  ];
}

function actColumns(reader: Reader): Column<RecordedAct>[] {
  const { t } = reader;
  return [
    {
      key: 'act',
      header: t(accountDataTexts.act),
      rowHeader: true,
      render: (act) => <a href={actHref(reader, act.id)}>{t(actTitle(act))}</a>,
    },
    {
      key: 'by',
      header: t(accountDataTexts.doneBy),
      kind: 'status',
      render: ({ actor, subject }) =>
        t(actor === subject ? accountDataTexts.byYou : accountDataTexts.byOther),
    },
    whenColumn(reader),
    {
      key: 'proof',
      header: t(accountDataTexts.proof),
      kind: 'status',
      render: ({ id, ...act }) => <Proof reader={reader} act={{ ...act, actId: id }} />,
    },
  ];
}

type Query = { acts?: string | undefined; looks?: string | undefined };

/** Address of a part of one list; the other stays where it is. */
function partHref(reader: Reader, query: Query, anchor: string): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const search = new URLSearchParams(given).toString();
  return `${hrefOf(reader, '/activity')}${search === '' ? '' : `?${search}`}#${anchor}`;
}

type Turning = { name: 'acts' | 'looks'; next: string | null; query: Query; label: string };

const Turner = ({ reader, turning }: { reader: Reader; turning: Turning }) => {
  const { name, next, query, label } = turning;
  if (next === null && query[name] === undefined) return null;
  const hrefFor = (cursor: string | undefined) => partHref(reader, { ...query, [name]: cursor }, name);
  return (
    <Pagination
      language={reader.language}
      label={label}
      firstHref={query[name] === undefined ? undefined : hrefFor(undefined)}
      nextHref={next === null ? undefined : hrefFor(next)}
    />
  );
};

type Shown = {
  acts: Awaited<ReturnType<typeof listActs>>;
  looks: { items: RecordedAccess[]; next: string | null };
  query: Query;
};

function activityView(reader: Reader, { acts, looks, query }: Shown): View {
  const { t, language } = reader;
  const isEmpty = looks.items.length === 0 && query.looks === undefined;
  return accountView({
    reader,
    title: t(accountDataTexts.activity),
    lede: t(accountDataTexts.activityLede),
    meta: (
      <p>
        <a href={`/${language}/receipts/check`}>{t(accountDataTexts.checkAny)}</a>
      </p>
    ),
    children: (
      <>
        <Section id="looks" title={t(accountDataTexts.looks)} note={t(accountDataTexts.looksNote)}>
          {isEmpty ? (
            <EmptyState title={t(accountDataTexts.nobodyLooked)}>
              {t(accountDataTexts.nobodyLookedNote)}
            </EmptyState>
          ) : (
            <DataTable
              caption={<Caption reader={reader} name={accountDataTexts.looks} />}
              language={language}
              rows={looks.items}
              columns={lookColumns(reader)}
            />
          )}
          <Turner
            reader={reader}
            turning={{ name: 'looks', next: looks.next, query, label: t(accountDataTexts.looks) }}
          />
        </Section>
        <Section id="acts" title={t(accountDataTexts.acts)}>
          <DataTable
            caption={<Caption reader={reader} name={accountDataTexts.acts} />}
            language={language}
            rows={acts.items}
            columns={actColumns(reader)}
            empty={t(accountDataTexts.noActs)}
          />
          <Turner
            reader={reader}
            turning={{ name: 'acts', next: acts.next, query, label: t(accountDataTexts.acts) }}
          />
        </Section>
      </>
    ),
  });
}

const cursor = z.string().max(200).optional();

export const activityPage: Page = page({
  path: '/account/activity',
  audience: 'signed-in',
  query: z.object({ acts: cursor, looks: cursor }),
  async render({ house, actor, language, query }) {
    const [acts, looks] = await Promise.all([
      listActs(house, { subject: actor.id, before: query.acts, limit: atOnce }),
      listAccesses(house, { personId: actor.id, before: query.looks, limit: atOnce }),
    ]);
    return activityView(readerOf(house, language), { acts, looks, query });
  },
});
