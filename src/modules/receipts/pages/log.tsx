// The page of the log: how large it is, what it means, how to check it, and the latest public acts.

import { page, type View } from '../../../core/module.ts';
import { type Language, say, type Text } from '../../../core/texts.ts';
import {
  type Column,
  DataTable,
  Facts,
  formatDate,
  formatNumber,
  LinkList,
  Notice,
  PageHeader,
  Section,
} from '../../../ui/index.ts';
import type { PublicAct } from '../schema.ts';
import { findCheckpoint, listKeys, listPublicActs, type StoredCheckpoint } from '../store/index.ts';
import { phrases, texts } from '../texts.ts';

const shownActs = 20;

type Shown = {
  language: Language;
  timeZone: string;
  checkpoint: StoredCheckpoint | undefined;
  vkey: string | undefined;
  acts: PublicAct[];
};

export const logPage = page({
  path: '/receipts',
  audience: 'public',
  cache: 'change',
  async render({ house, language }) {
    const { database, edition } = house;
    const [checkpoint, [key], acts] = await Promise.all([
      findCheckpoint(database),
      listKeys(database),
      listPublicActs(database, { limit: shownActs }),
    ]);
    return logView({ language, timeZone: edition.timeZone, checkpoint, vkey: key?.vkey, acts });
  },
});

/** Date and minute in the city, as `formatDate` reads them. */
function minuteOf(instant: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(instant).replace(' ', 'T');
}

function columnsOf({ language, timeZone }: Shown): Column<PublicAct>[] {
  const t = (text: Text) => say(text, language);
  return [
    {
      key: 'entry',
      header: t(texts.entry),
      rowHeader: true,
      render: (act) => formatNumber(act.index),
    },
    {
      key: 'act',
      header: t(texts.act),
      render: (act) => (
        <>
          <code>{act.topic}</code>
          <br />
          <span class="quiet small">{act.subject ?? ''}</span>
        </>
      ),
    },
    {
      key: 'when',
      header: t(texts.when),
      kind: 'date',
      render: (act) => formatDate(minuteOf(new Date(act.occurredAt), timeZone), language),
    },
    {
      key: 'receipt',
      header: t(texts.receipt),
      render: (act) => (
        <a href={`/api/v1/receipts/${act.actId}`}>
          JSON <span class="hidden-text">{formatNumber(act.index)}</span>
        </a>
      ),
    },
  ];
}

function LogFacts({ language, timeZone, checkpoint }: Shown) {
  const t = (text: Text) => say(text, language);
  if (checkpoint === undefined) {
    return (
      <Notice kind="information" language={language}>
        {t(texts.notOpen)}
      </Notice>
    );
  }
  return (
    <Facts
      items={[
        {
          label: t(texts.entries),
          value: formatNumber(checkpoint.size),
          about: t(phrases.checkpointAt(formatDate(minuteOf(checkpoint.signedAt, timeZone), language))),
        },
      ]}
    />
  );
}

function HowToCheck({ language, vkey }: Shown) {
  const t = (text: Text) => say(text, language);
  return (
    <Section id="check" title={t(texts.howToCheck)}>
      <LinkList
        items={[
          { label: t(texts.checkHere), href: `/${language}/receipts/check`, note: t(texts.checkHereNote) },
          { label: t(texts.checkpointFile), href: '/checkpoint' },
          { label: t(texts.publicKey), href: '/api/v1/receipts/keys' },
        ]}
      />
      <p>
        {t(texts.checkAlone)}
        <code>npx lamppost verify receipt.json --key '{vkey ?? '...'}'</code>
      </p>
      <p>{t(texts.checkAloneNote)}</p>
      <p>{t(texts.watchLog)}</p>
    </Section>
  );
}

function logView(shown: Shown): View {
  const { language, acts } = shown;
  const t = (text: Text) => say(text, language);
  return {
    title: t(texts.receipts),
    description: t(texts.lede),
    main: (
      <>
        <PageHeader
          kicker={t(texts.receipts)}
          title={t(texts.title)}
          lede={t(texts.lede)}
          meta={<LogFacts {...shown} />}
        />
        <Section id="meaning" title={t(texts.meaning)}>
          <p>{t(texts.meaningActs)}</p>
          <p>{t(texts.meaningSeal)}</p>
          <p>{t(texts.meaningPrivacy)}</p>
        </Section>
        <HowToCheck {...shown} />
        <Section id="recent" title={t(texts.recent)} note={t(texts.recentNote)}>
          <DataTable
            caption={t(texts.recent)}
            language={language}
            rows={acts}
            columns={columnsOf(shown)}
            empty={t(texts.nothingYet)}
          />
        </Section>
      </>
    ),
  };
}
