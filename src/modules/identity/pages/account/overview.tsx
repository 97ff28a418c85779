// The first page of an account: how well it is protected, what changed, who knows the person, who looked.

import { z } from 'zod';
import type { Actor } from '../../../../core/access.ts';
import type { House } from '../../../../core/house.ts';
import { type Page, page, type View } from '../../../../core/module.ts';
import { Button, Facts, formatDate, LinkList, PageHeader, Section } from '../../../../ui/index.ts';
import { findProofing } from '../../protocols/index.ts';
import { minuteIn, type Protection, protectionOf } from '../../rules/index.ts';
import {
  cancelRecovery,
  countCodes,
  getPerson,
  listAccesses,
  listNotices,
  listPasskeys,
  listRecoveries,
  listServiceUses,
  readNotices,
  stopDeskRecovery,
} from '../../store/index.ts';
import {
  accountDataTexts,
  accountPhrases,
  accountTexts,
  assuranceWords,
  proofingTexts,
  wordsFor,
} from '../../texts/index.ts';
import { findRunning, Sentences, StopButton } from '../recovery-warning.tsx';
import { Changes, type Overview, type Shown } from './changes.tsx';
import { Done, goTo, hrefOf, PostButton, type Reader, readerOf } from './parts.tsx';

const mostNotices = 8;
const mostLooks = 100;

const headlines: Record<Protection, { title: keyof typeof accountTexts; lede?: keyof typeof accountTexts }> =
  {
    strong: { title: 'strong', lede: 'strongLede' },
    'one-device': { title: 'fair', lede: 'fairOneDeviceLede' },
    'few-codes': { title: 'fair', lede: 'fairFewCodesLede' },
    'no-codes': { title: 'fair', lede: 'fairNoCodesLede' },
    weak: { title: 'weak', lede: 'weakLede' },
  };

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
      words: true,
      about: link(t(accountTexts.nobodyAbout)),
    };
  }
  const day = minuteIn(new Date(last.occurredAt), timeZone).slice(0, 10);
  const words = accountPhrases.lastLook(last.department.name, looks.items.length, looks.next !== null);
  return {
    label: t(accountTexts.lookedLabel),
    value: <time datetime={last.occurredAt}>{formatDate(day, language)}</time>,
    words: true,
    about: link(t(words)),
  };
}

function Figures({ reader, overview }: Shown) {
  const { t } = reader;
  const { passkeys, codes, services } = overview;
  const link = (path: string, label: string) => <a href={hrefOf(reader, path)}>{label}</a>;
  return (
    <Facts
      items={[
        {
          label: t(accountTexts.devicesLabel),
          value: passkeys.length,
          about: link('/devices', t(accountTexts.seeDevices)),
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

const parts = (reader: Reader, { isOfficer, canProve }: Overview) => {
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
    ...(canProve ? [item('/proofing', t(proofingTexts.title), t(proofingTexts.part))] : []),
    ...(isOfficer ? [{ label: t(accountTexts.officerPages), href: `/${language}/officers` }] : []),
  ];
};

function overviewView(reader: Reader, overview: Overview, done: string | undefined): View {
  const { t, language } = reader;
  const { person, passkeys, codes, notices, running } = overview;
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
          title={t(running === undefined ? accountTexts[title] : accountTexts.recoveryRuns)}
          lede={running !== undefined || lede === undefined ? undefined : t(accountTexts[lede])}
          meta={
            <p class="small quiet">
              {t(accountDataTexts.name)}
              {language === 'en' ? ': ' : '：'}
              {who}
              {language === 'en' ? '. ' : '。'}
              {t(wordsFor(assuranceWords, person.assurance))}
            </p>
          }
          actions={running === undefined ? <Steps reader={reader} protection={protection} /> : undefined}
        />
        {running === undefined ? null : (
          <div role="alert" class="step">
            <Sentences reader={reader} running={running} />
            <StopButton reader={reader} />
          </div>
        )}
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
          <LinkList items={parts(reader, overview)} />
        </Section>
      </>
    ),
  };
}

async function gather(house: House, actor: Actor): Promise<Overview> {
  const { id } = actor;
  const [person, passkeys, codes, services, notices, looks, running] = await Promise.all([
    getPerson(house, id),
    listPasskeys(house, id),
    countCodes(house, id),
    listServiceUses(house, id),
    listNotices(house, id),
    listAccesses(house, { personId: id, limit: mostLooks }),
    findRunning(house, id),
  ]);
  const isOfficer = actor.roles.length > 0;
  const canProve = person.assurance === 'self-asserted' && findProofing(house) !== undefined;
  const shown = notices.slice(0, mostNotices);
  return { person, passkeys, codes, services, notices: shown, looks, running, isOfficer, canProve };
}

/** Whatever is under way: with a code, or at a desk. */
async function stopRecoveries(house: House, actor: Actor): Promise<void> {
  const wasAtDesk = await stopDeskRecovery(house, actor);
  const recoveries = await listRecoveries(house, actor.id);
  if (recoveries.length > 0 || !wasAtDesk) await cancelRecovery(house, actor);
}

export const overviewPage: Page = page({
  path: '/account',
  audience: 'signed-in',
  query: z.object({ done: z.enum(['recovery-stopped']).optional() }),
  render: async ({ house, actor, language, query }) =>
    overviewView(readerOf(house, language), await gather(house, actor), query.done),
  form: {
    fields: z.object({ do: z.enum(['read', 'stop-recovery']) }),
    async submit({ house, actor, language, fields }) {
      const reader = readerOf(house, language);
      if (fields.do === 'read') {
        await readNotices(house, actor.id);
        return goTo(hrefOf(reader));
      }
      await stopRecoveries(house, actor);
      return goTo(hrefOf(reader, '?done=recovery-stopped'));
    },
  },
});
