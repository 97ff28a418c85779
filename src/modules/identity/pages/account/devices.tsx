// The devices of an account: the list, and one of them to be renamed or revoked.

import { z } from 'zod';
import type { Actor } from '../../../../core/access.ts';
import { inTransaction } from '../../../../core/database/index.ts';
import { notFound } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { type Page, page, type View } from '../../../../core/module.ts';
import { Button, type Column, DataTable, Notice, Section, Tag, TextField } from '../../../../ui/index.ts';
import { deviceKeyOf, deviceKeyPattern } from '../../rules/index.ts';
import type { Passkey, ServiceUse, Session } from '../../schema.ts';
import {
  clearedSessionCookie,
  listPasskeys,
  listServiceUses,
  listSessions,
  renamePasskey,
  revokePasskey,
} from '../../store/index.ts';
import { accountPhrases, accountProblems, accountTexts } from '../../texts/index.ts';
import {
  accountView,
  Caption,
  Done,
  freshSeconds,
  goTo,
  hrefOf,
  labelOf,
  PostButton,
  type Reader,
  readerOf,
  When,
} from './parts.tsx';

const dones = { added: accountTexts.addedHere, renamed: accountTexts.renamed, revoked: accountTexts.revoked };
type DoneKey = keyof typeof dones;

const deviceHref = (reader: Reader, { id }: Passkey) => hrefOf(reader, `/devices/${deviceKeyOf(id)}`);

function columnsOf(reader: Reader, currentId: string | undefined): Column<Passkey>[] {
  const { t } = reader;
  return [
    {
      key: 'device',
      header: t(accountTexts.device),
      rowHeader: true,
      render: (one) => (
        <>
          <a href={deviceHref(reader, one)}>{labelOf(reader, one)}</a>{' '}
          {one.id === currentId ? <Tag label={t(accountTexts.usedNow)} /> : null}
        </>
      ),
    },
    {
      key: 'kind',
      header: t(accountTexts.keyKind),
      render: ({ deviceBound }) => t(deviceBound ? accountTexts.bound : accountTexts.synced),
    },
    {
      key: 'added',
      header: t(accountTexts.added),
      kind: 'date',
      render: ({ createdAt }) => <When at={createdAt} reader={reader} short />,
    },
    {
      key: 'used',
      header: t(accountTexts.lastUsed),
      kind: 'date',
      render: ({ usedAt }) => <When at={usedAt} reader={reader} short />,
    },
    {
      key: 'do',
      header: t(accountTexts.do),
      kind: 'status',
      render: (one) => (
        <a href={`${deviceHref(reader, one)}#revoke`}>
          {t(accountTexts.revokeShort)}
          <span class="hidden-text"> {labelOf(reader, one)}</span>
        </a>
      ),
    },
  ];
}

type Listed = { passkeys: Passkey[]; currentId: string | undefined; done: DoneKey | undefined };

function devicesView(reader: Reader, { passkeys, currentId, done }: Listed): View {
  const { t, language } = reader;
  return accountView({
    reader,
    title: t(accountTexts.devices),
    lede: t(accountTexts.devicesNote),
    actions: <Button label={t(accountTexts.addDevice)} href={hrefOf(reader, '/devices/add')} />,
    done:
      done === undefined ? null : (
        <Done reader={reader} title={dones[done]}>
          {done === 'revoked' ? accountTexts.revokedNote : undefined}
        </Done>
      ),
    children: (
      <Section id="devices" title={t(accountTexts.devicesLabel)} note={t(accountTexts.lostOne)}>
        <DataTable
          caption={<Caption reader={reader} name={accountTexts.devices} />}
          language={language}
          rows={passkeys}
          columns={columnsOf(reader, currentId)}
        />
      </Section>
    ),
  });
}

/** With which passkey the session that asks was begun. */
const currentPasskey = (sessions: Session[], { sessionId }: Actor) =>
  sessions.find(({ id }) => id === sessionId)?.passkeyId;

const devicesPage = page({
  path: '/account/devices',
  audience: 'signed-in',
  query: z.object({ done: z.enum(['added', 'renamed', 'revoked']).optional() }),
  async render({ house, actor, language, query }) {
    const [passkeys, sessions] = await Promise.all([
      listPasskeys(house, actor.id),
      listSessions(house, actor.id),
    ]);
    const currentId = currentPasskey(sessions, actor);
    return devicesView(readerOf(house, language), { passkeys, currentId, done: query.done });
  },
});

/** One's own device by the key in its address. Throws not-found `unknown-device`. */
async function getDevice(house: House, actor: Actor, key: string): Promise<Passkey> {
  const passkeys = await listPasskeys(house, actor.id);
  const found = passkeys.find(({ id }) => deviceKeyOf(id) === key);
  if (found === undefined) throw notFound('unknown-device', accountProblems.unknownDevice);
  return found;
}

type Device = { passkey: Passkey; sessions: Session[]; services: ServiceUse[]; isCurrent: boolean };

/** What revoking does, before it is done. */
function Effects({ reader, device }: { reader: Reader; device: Device }) {
  const { t, language } = reader;
  const { passkey, sessions, services, isCurrent } = device;
  const columns: Column<Session>[] = [
    {
      key: 'agent',
      header: t(accountTexts.session),
      rowHeader: true,
      render: ({ agent }) => agent || t(accountTexts.unknownAgent),
    },
    {
      key: 'seen',
      header: t(accountTexts.seen),
      kind: 'date',
      render: ({ seenAt }) => <When at={seenAt} reader={reader} short />,
    },
  ];
  return (
    <>
      <p>{t(accountTexts.revokeEffect)}</p>
      <DataTable
        caption={t(accountTexts.revokeSessions)}
        language={language}
        rows={sessions}
        columns={columns}
        empty={t(accountTexts.revokeNoSessions)}
      />
      {services.length === 0 ? null : (
        <p>
          <strong>{t(accountTexts.revokeServices)}</strong>{' '}
          {services.map(({ service }) => t(service.name)).join(language === 'en' ? ', ' : '、')}
        </p>
      )}
      {isCurrent ? (
        <Notice kind="warning" language={language}>
          {t(accountTexts.revokeThis)}
        </Notice>
      ) : null}
      <p class="quiet">{t(accountTexts.revokeAgain)}</p>
      <PostButton
        action={deviceHref(reader, passkey)}
        label={t(accountTexts.revokeNow)}
        fields={{ do: 'revoke' }}
        danger
        about={labelOf(reader, passkey)}
      />
    </>
  );
}

function deviceView(reader: Reader, device: Device): View {
  const { t, language } = reader;
  const { passkey } = device;
  const label = labelOf(reader, passkey);
  return accountView({
    reader,
    title: label,
    lede: t(passkey.deviceBound ? accountTexts.boundLong : accountTexts.syncedLong),
    meta: (
      <p class="small quiet">
        {t(accountTexts.added)} <When at={passkey.createdAt} reader={reader} />
        {language === 'en' ? '; ' : '；'}
        {t(accountTexts.lastUsed)} <When at={passkey.usedAt} reader={reader} />
      </p>
    ),
    above: [{ label: t(accountTexts.devices), href: hrefOf(reader, '/devices') }],
    children: (
      <>
        <Section id="rename" title={t(accountTexts.rename)}>
          <form class="form" method="post" action={deviceHref(reader, passkey)}>
            <input type="hidden" name="do" value="rename" />
            <TextField
              name="label"
              label={t(accountTexts.deviceName)}
              hint={t(accountTexts.deviceNameHint)}
              language={language}
              value={passkey.label}
              maxLength={60}
            />
            <div class="actions">
              <Button label={t(accountTexts.rename)} />
            </div>
          </form>
        </Section>
        <Section id="revoke" title={t(accountTexts.revoke)} note={t(accountTexts.lostOne)}>
          <div class="prose">
            <Effects reader={reader} device={device} />
          </div>
        </Section>
      </>
    ),
  });
}

const devicePage = page({
  path: '/account/devices/:key',
  audience: { signedInWithin: freshSeconds },
  params: z.object({ key: z.string().regex(deviceKeyPattern) }),
  async render({ house, actor, language, params }) {
    const passkey = await getDevice(house, actor, params.key);
    const [sessions, services] = await Promise.all([
      listSessions(house, actor.id),
      listServiceUses(house, actor.id),
    ]);
    return deviceView(readerOf(house, language), {
      passkey,
      services,
      sessions: sessions.filter(({ passkeyId }) => passkeyId === passkey.id),
      isCurrent: currentPasskey(sessions, actor) === passkey.id,
    });
  },
  form: {
    fields: z.object({
      do: z.enum(['rename', 'revoke']),
      label: z.string().trim().max(60).optional(),
    }),
    async submit({ house, actor, language, params, fields }) {
      const reader = readerOf(house, language);
      const passkey = await getDevice(house, actor, params.key);
      if (fields.do === 'rename') {
        const { label = '' } = fields;
        const renaming = { personId: actor.id, id: passkey.id, label };
        await inTransaction(house.database, (transaction) => renamePasskey(transaction, house, renaming));
        return goTo(hrefOf(reader, '/devices?done=renamed'));
      }
      const sessions = await listSessions(house, actor.id);
      await revokePasskey(house, actor, passkey.id);
      if (currentPasskey(sessions, actor) === passkey.id) return signedOutView(house, reader);
      return goTo(hrefOf(reader, '/devices?done=revoked'));
    },
  },
});

/** Whoever revokes the device in their hand sees no page of the account any more. */
function signedOutView(house: House, reader: Reader): View {
  const { t, language } = reader;
  return {
    ...accountView({
      reader,
      title: t(accountTexts.revoked),
      lede: t(accountPhrases.revokedOwn),
      actions: <Button label={t(accountTexts.signIn)} href={`/${language}/sign-in`} />,
    }),
    breadcrumbs: [],
    cookies: [clearedSessionCookie(house)],
  };
}

export const devicePages: Page[] = [devicesPage, devicePage];
