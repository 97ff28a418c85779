// Where a person is signed in: each session, to be ended alone or with all others.

import { z } from 'zod';
import { inTransaction } from '../../../../core/database/index.ts';
import { type Page, page, type View } from '../../../../core/module.ts';
import { type Column, DataTable, Section, Tag } from '../../../../ui/index.ts';
import type { Passkey, Session } from '../../schema.ts';
import {
  endOtherSessions,
  endServiceSession,
  endSession,
  listPasskeys,
  listServiceSessions,
  listSessions,
  type ServiceSession,
} from '../../store/index.ts';
import { accountTexts } from '../../texts/index.ts';
import {
  accountView,
  Caption,
  Done,
  goTo,
  hrefOf,
  labelOf,
  PostButton,
  type Reader,
  readerOf,
  When,
} from './parts.tsx';

const dones = { ended: accountTexts.sessionEnded, others: accountTexts.othersEnded };

/** Before the id of one that began at a service. */
const atService = 'at:';
const atServicePattern = /^at:[\w-]{8,64}$/;

type Shown = {
  sessions: Session[];
  atServices: ServiceSession[];
  passkeys: Passkey[];
  currentId: string | undefined;
  done: keyof typeof dones | undefined;
};

function columnsOf(reader: Reader, { passkeys, currentId }: Shown): Column<Session>[] {
  const { t } = reader;
  const dateOf = (key: 'createdAt' | 'seenAt' | 'expiresAt', header: string): Column<Session> => ({
    key,
    header,
    kind: 'date',
    render: (one) => <When at={one[key]} reader={reader} short />,
  });
  return [
    {
      key: 'agent',
      header: t(accountTexts.session),
      rowHeader: true,
      render: ({ id, agent }) => (
        <>
          {agent || t(accountTexts.unknownAgent)}{' '}
          {id === currentId ? <Tag label={t(accountTexts.thisSession)} /> : null}
        </>
      ),
    },
    {
      key: 'device',
      header: t(accountTexts.signedInWith),
      render: ({ passkeyId }) => {
        const passkey = passkeys.find(({ id }) => id === passkeyId);
        return passkey === undefined ? '' : labelOf(reader, passkey);
      },
    },
    dateOf('createdAt', t(accountTexts.begun)),
    dateOf('seenAt', t(accountTexts.seen)),
    dateOf('expiresAt', t(accountTexts.ends)),
    {
      key: 'do',
      header: t(accountTexts.do),
      kind: 'status',
      render: ({ id, agent }) =>
        id === currentId ? (
          <PostButton action={`/${reader.language}/sign-out`} label={t(accountTexts.signOut)} quiet />
        ) : (
          <PostButton
            action={hrefOf(reader, '/sessions')}
            label={t(accountTexts.end)}
            fields={{ session: id }}
            about={agent}
            quiet
          />
        ),
    },
  ];
}

function serviceColumns(reader: Reader, { passkeys }: Shown): Column<ServiceSession>[] {
  const { t, language } = reader;
  const namesOf = ({ services }: ServiceSession) =>
    services.map(t).join(language === 'en' ? ', ' : '、') || t(accountTexts.noServiceYet);
  return [
    { key: 'services', header: t(accountTexts.opensServices), rowHeader: true, render: namesOf },
    {
      key: 'device',
      header: t(accountTexts.signedInWith),
      render: ({ passkeyId }) => {
        const passkey = passkeys.find(({ id }) => id === passkeyId);
        return passkey === undefined ? '' : labelOf(reader, passkey);
      },
    },
    {
      key: 'begun',
      header: t(accountTexts.begun),
      kind: 'date',
      render: ({ authenticatedAt }) => <When at={authenticatedAt} reader={reader} short />,
    },
    {
      key: 'do',
      header: t(accountTexts.do),
      kind: 'status',
      render: (one) => (
        <PostButton
          action={hrefOf(reader, '/sessions')}
          label={t(accountTexts.end)}
          fields={{ session: `${atService}${one.id}` }}
          about={namesOf(one)}
          quiet
        />
      ),
    },
  ];
}

const AtServices = ({ reader, shown }: { reader: Reader; shown: Shown }) => (
  <Section
    id="at-services"
    title={reader.t(accountTexts.atServices)}
    note={reader.t(accountTexts.atServicesNote)}
  >
    <DataTable
      caption={<Caption reader={reader} name={accountTexts.atServices} />}
      language={reader.language}
      rows={shown.atServices}
      columns={serviceColumns(reader, shown)}
      empty={reader.t(accountTexts.noAtServices)}
    />
  </Section>
);

function sessionsView(reader: Reader, shown: Shown): View {
  const { t, language } = reader;
  const hasOthers = shown.atServices.length > 0 || shown.sessions.some(({ id }) => id !== shown.currentId);
  return accountView({
    reader,
    title: t(accountTexts.sessions),
    lede: t(accountTexts.sessionsNote),
    actions: (
      <PostButton
        action={hrefOf(reader, '/sessions')}
        label={t(accountTexts.endOthers)}
        fields={{ session: 'others' }}
      />
    ),
    done: shown.done === undefined ? null : <Done reader={reader} title={dones[shown.done]} />,
    children: (
      <>
        <Section
          id="sessions"
          title={t(accountTexts.openSessions)}
          note={hasOthers ? undefined : t(accountTexts.onlyThisSession)}
        >
          <DataTable
            caption={<Caption reader={reader} name={accountTexts.sessions} />}
            language={language}
            rows={shown.sessions}
            columns={columnsOf(reader, shown)}
          />
        </Section>
        <AtServices reader={reader} shown={shown} />
      </>
    ),
  });
}

export const sessionsPage: Page = page({
  path: '/account/sessions',
  audience: 'signed-in',
  query: z.object({ done: z.enum(['ended', 'others']).optional() }),
  async render({ house, actor, language, query }) {
    const [sessions, passkeys, atServices] = await Promise.all([
      listSessions(house, actor.id),
      listPasskeys(house, actor.id),
      listServiceSessions(house, actor.id),
    ]);
    const shown = { sessions, atServices, passkeys, currentId: actor.sessionId, done: query.done };
    return sessionsView(readerOf(house, language), shown);
  },
  form: {
    fields: z.object({
      session: z.union([z.uuid(), z.literal('others'), z.string().regex(atServicePattern)]),
    }),
    async submit({ house, actor, language, fields }) {
      const reader = readerOf(house, language);
      if (fields.session === 'others') {
        await endOtherSessions(house, actor);
        return goTo(hrefOf(reader, '/sessions?done=others'));
      }
      if (atServicePattern.test(fields.session)) {
        const id = fields.session.slice(atService.length);
        await endServiceSession(house, { personId: actor.id, id });
        return goTo(hrefOf(reader, '/sessions?done=ended'));
      }
      const key = { personId: actor.id, sessionId: fields.session };
      await inTransaction(house.database, (transaction) => endSession(transaction, house, key));
      return goTo(hrefOf(reader, '/sessions?done=ended'));
    },
  },
});
