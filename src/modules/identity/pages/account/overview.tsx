// The first page of an account: how well it is protected, what changed, who knows the person, who looked.

import { z } from 'zod';
import { type Page, page, type View } from '../../../../core/module.ts';
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  Facts,
  formatDate,
  LinkList,
  Notice as NoticeBox,
  PageHeader,
  Section,
  Tag,
} from '../../../../ui/index.ts';
import { minuteIn, type Protection, protectionOf } from '../../rules/index.ts';
import type { Passkey, Person, ServiceUse } from '../../schema.ts';
import {
  cancelRecovery,
  countCodes,
  getPerson,
  listAccesses,
  listNotices,
  listPasskeys,
  listRecoveries,
  listServiceUses,
  type Notice,
  type RecordedAccess,
  readNotices,
} from '../../store/index.ts';
import {
  accountDataTexts,
  accountPhrases,
  accountTexts,
  assuranceWords,
  noticeWords,
  wordsFor,
} from '../../texts/index.ts';
import {
  ClockNote,
  Done,
  goTo,
  hrefOf,
  instantText,
  PostButton,
  type Reader,
  readerOf,
  When,
} from './parts.tsx';

const mostNotices = 8;
const mostLooks = 100;

/** All that the first page shows. */
type Overview = {
  person: Person;
  passkeys: Passkey[];
  codes: number;
  services: ServiceUse[];
  notices: Notice[];
  looks: { items: RecordedAccess[]; next: string | null };
  recoveries: { opensAt: Date }[];
  isOfficer: boolean;
};

const headlines: Record<Protection, { title: keyof typeof accountTexts; lede?: keyof typeof accountTexts }> =
  {
    strong: { title: 'strong', lede: 'strongLede' },
    'one-device': { title: 'fair', lede: 'fairOneDeviceLede' },
    'few-codes': { title: 'fair', lede: 'fairFewCodesLede' },
    'no-codes': { title: 'fair', lede: 'fairNoCodesLede' },
    weak: { title: 'weak', lede: 'weakLede' },
  };

type Shown = { reader: Reader; overview: Overview };

/** What would make the account stronger, the most urgent first. */
const Steps = ({ reader, protection }: { reader: Reader; protection: Protection }) => {
  const { t } = reader;
  const needsCodes = ['weak', 'no-codes', 'few-codes'].includes(protection);
  const needsDevice = ['weak', 'one-device'].includes(protection);
  return (
    <>
      {needsCodes ? (
        <Button label={t(accountDataTexts.makeCodes)} href={hrefOf(reader, '/recovery')} />
      ) : null}
      {needsDevice ? (
        <Button label={t(accountTexts.addDevice)} href={hrefOf(reader, '/devices/add')} quiet={needsCodes} />
      ) : null}
      <PostButton action={`/${reader.language}/sign-out`} label={t(accountTexts.signOut)} quiet />
    </>
  );
};

function lookFact({ reader, overview: { looks } }: Shown) {
  const { t, language, timeZone } = reader;
  const [last] = looks.items;
  const link = (label: string) => <a href={`${hrefOf(reader, '/activity')}#looks`}>{label}</a>;
  if (last === undefined) {
    return {
      label: t(accountTexts.lookedLabel),
      value: t(accountTexts.nobody),
      about: link(t(accountTexts.nobodyAbout)),
    };
  }
  const day = minuteIn(new Date(last.occurredAt), timeZone).slice(0, 10);
  const words = accountPhrases.lastLook(last.department.name, looks.items.length, looks.next !== null);
  return {
    label: t(accountTexts.lookedLabel),
    value: <time datetime={last.occurredAt}>{formatDate(day, language)}</time>,
    about: link(t(words)),
  };
}

function Figures({ reader, overview }: Shown) {
  const { t } = reader;
  const { passkeys, codes, services } = overview;
  const link = (path: string, label: string) => <a href={hrefOf(reader, path)}>{label}</a>;
  const synced = passkeys.filter(({ deviceBound }) => !deviceBound).length;
  return (
    <Facts
      items={[
        {
          label: t(accountTexts.devicesLabel),
          value: passkeys.length,
          about: link('/devices', t(accountPhrases.devicesOf(passkeys.length, synced))),
        },
        {
          label: t(accountTexts.codesLabel),
          value: codes,
          about: link(
            '/recovery',
            t(codes === 0 ? accountDataTexts.makeCodes : accountDataTexts.makeNewCodes),
          ),
        },
        {
          label: t(accountTexts.servicesLabel),
          value: services.length,
          about: link('/services', t(accountTexts.seeServices)),
        },
        lookFact({ reader, overview }),
      ]}
    />
  );
}

function Recovering({ reader, recoveries }: { reader: Reader; recoveries: { opensAt: Date }[] }) {
  const { t, language } = reader;
  const [first] = recoveries;
  if (first === undefined) return null;
  return (
    <div role="alert">
      <NoticeBox kind="trouble" language={language} title={t(accountTexts.recoveryRuns)}>
        <p>{t(accountPhrases.recoveryOpens(instantText(reader, first.opensAt)))}</p>
        <PostButton
          action={hrefOf(reader)}
          label={t(accountTexts.stopRecovery)}
          fields={{ do: 'stop-recovery' }}
        />
      </NoticeBox>
    </div>
  );
}

function Changes({ reader, notices }: { reader: Reader; notices: Notice[] }) {
  const { t, language } = reader;
  const columns: Column<Notice>[] = [
    {
      key: 'what',
      header: t(accountTexts.change),
      rowHeader: true,
      render: ({ kind }) => t(wordsFor(noticeWords, kind)),
    },
    {
      key: 'when',
      header: t(accountDataTexts.when),
      kind: 'date',
      render: (one) => <When at={one.createdAt} reader={reader} />,
    },
    {
      key: 'new',
      header: t(accountTexts.isNew),
      kind: 'status',
      render: ({ readAt }) => (readAt === undefined ? <Tag label={t(accountTexts.isNew)} strong /> : null),
    },
  ];
  const isUnread = notices.some(({ readAt }) => readAt === undefined);
  if (notices.length === 0) return <EmptyState>{t(accountTexts.nothingChanged)}</EmptyState>;
  return (
    <>
      <DataTable caption={t(accountTexts.changed)} language={language} rows={notices} columns={columns} />
      <ClockNote reader={reader} />
      <div class="actions">
        {isUnread ? (
          <PostButton
            action={hrefOf(reader)}
            label={t(accountTexts.markRead)}
            fields={{ do: 'read' }}
            quiet
          />
        ) : null}
        <a href={hrefOf(reader, '/devices')}>{t(accountTexts.notMine)}</a>
      </div>
    </>
  );
}

const parts = (reader: Reader, isOfficer: boolean) => {
  const { t, language } = reader;
  const item = (path: string, label: string, note: string) => ({ label, href: hrefOf(reader, path), note });
  return [
    item('/devices', t(accountTexts.devices), t(accountTexts.devicesPart)),
    item('/sessions', t(accountTexts.sessions), t(accountTexts.sessionsPart)),
    item('/services', t(accountTexts.services), t(accountTexts.servicesPart)),
    item('/activity', t(accountDataTexts.activity), t(accountDataTexts.activityPart)),
    item('/recovery', t(accountDataTexts.recovery), t(accountDataTexts.recoveryPart)),
    item('/approvals', t(accountTexts.approvals), t(accountTexts.approvalsPart)),
    item('/data', t(accountDataTexts.data), t(accountDataTexts.dataPart)),
    item('/desk', t(accountDataTexts.desk), t(accountDataTexts.deskPart)),
    ...(isOfficer ? [{ label: t(accountTexts.officerPages), href: `/${language}/officers` }] : []),
  ];
};

function overviewView(reader: Reader, overview: Overview, done: string | undefined): View {
  const { t, language } = reader;
  const { person, passkeys, codes, notices, recoveries, isOfficer } = overview;
  const protection = protectionOf({ devices: passkeys.length, codes });
  const { title, lede } = headlines[protection];
  const who = person.name ?? t(accountDataTexts.noName);
  return {
    title: t(accountTexts.account),
    noIndex: true,
    main: (
      <>
        <PageHeader
          kicker={t(accountTexts.account)}
          title={t(accountTexts[title])}
          lede={lede === undefined ? undefined : t(accountTexts[lede])}
          meta={
            <p class="small quiet">
              {t(accountDataTexts.name)}
              {language === 'en' ? ': ' : '：'}
              {who}
              {language === 'en' ? '. ' : '。'}
              {t(wordsFor(assuranceWords, person.assurance))}
            </p>
          }
          actions={<Steps reader={reader} protection={protection} />}
        />
        <Recovering reader={reader} recoveries={recoveries} />
        {done === 'recovery-stopped' ? (
          <Done reader={reader} title={accountTexts.recoveryStopped}>
            {accountTexts.recoveryStoppedNote}
          </Done>
        ) : null}
        <Section id="protection" title={t(accountTexts.inOneLook)}>
          <Figures reader={reader} overview={overview} />
        </Section>
        <Section id="changes" title={t(accountTexts.changed)} note={t(accountTexts.changedNote)}>
          <Changes reader={reader} notices={notices} />
        </Section>
        <Section id="parts" title={t(accountTexts.parts)}>
          <LinkList items={parts(reader, isOfficer)} />
        </Section>
      </>
    ),
  };
}

export const overviewPage: Page = page({
  path: '/account',
  audience: 'signed-in',
  query: z.object({ done: z.enum(['recovery-stopped']).optional() }),
  async render({ house, actor, language, query }) {
    const [person, passkeys, codes, services, notices, looks, recoveries] = await Promise.all([
      getPerson(house, actor.id),
      listPasskeys(house, actor.id),
      countCodes(house, actor.id),
      listServiceUses(house, actor.id),
      listNotices(house, actor.id),
      listAccesses(house, { personId: actor.id, limit: mostLooks }),
      listRecoveries(house, actor.id),
    ]);
    const isOfficer = actor.roles.length > 0;
    const shown = notices.slice(0, mostNotices);
    const overview = { person, passkeys, codes, services, looks, recoveries, isOfficer, notices: shown };
    return overviewView(readerOf(house, language), overview, query.done);
  },
  form: {
    fields: z.object({ do: z.enum(['read', 'stop-recovery']) }),
    async submit({ house, actor, language, fields }) {
      const reader = readerOf(house, language);
      if (fields.do === 'read') {
        await readNotices(house, actor.id);
        return goTo(hrefOf(reader));
      }
      await cancelRecovery(house, actor);
      return goTo(hrefOf(reader, '?done=recovery-stopped'));
    },
  },
});
