// Adding a device: a passkey made here, or on another device by a link that is confirmed here.

import { z } from 'zod';
import type { Actor } from '../../../../core/access.ts';
import { inTransaction } from '../../../../core/database/index.ts';
import { LamppostError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { type Page, page, type View } from '../../../../core/module.ts';
import { Button, Notice, Section, TextField } from '../../../../ui/index.ts';
import { beginRegistration, finishRegistration } from '../../protocols/index.ts';
import { agentWords } from '../../rules/index.ts';
import {
  addPasskey,
  confirmDeviceLink,
  createDeviceLink,
  type DeviceLink,
  discardDeviceLink,
  getDeviceLink,
  getPerson,
  passkeyRefused,
} from '../../store/index.ts';
import { accountPhrases, accountProblems, accountTexts } from '../../texts/index.ts';
import { type Ceremony, PasskeyForm, PasskeyTrouble, passkeyFields } from '../passkey-form.tsx';
import {
  accountView,
  freshSeconds,
  goTo,
  hrefOf,
  instantText,
  PostButton,
  type Reader,
  readerOf,
} from './parts.tsx';
import { QrCode } from './qr-code.tsx';

const bindingOf = ({ sessionId }: Actor) => `account:${sessionId}`;

const above = (reader: Reader) => [
  { label: reader.t(accountTexts.devices), href: hrefOf(reader, '/devices') },
];

type Trouble = 'refused' | 'missing';

function addView(reader: Reader, script: string, shown: { ceremony: Ceremony; trouble?: Trouble }): View {
  const { t, language } = reader;
  return {
    ...accountView({
      reader,
      title: t(accountTexts.addDevice),
      above: above(reader),
      done: shown.trouble ? <PasskeyTrouble language={language} code={shown.trouble} /> : null,
      children: (
        <>
          <Section id="here" title={t(accountTexts.addHere)} note={t(accountTexts.addHereNote)}>
            <PasskeyForm
              kind="create"
              language={language}
              action={hrefOf(reader, '/devices/add')}
              ceremony={shown.ceremony}
              label={t(accountTexts.addHere)}
            >
              <TextField
                name="label"
                label={t(accountTexts.deviceName)}
                hint={t(accountTexts.deviceNameHint)}
                language={language}
                maxLength={60}
                optional
              />
            </PasskeyForm>
          </Section>
          <Section id="other" title={t(accountTexts.addOther)} note={t(accountTexts.addOtherNote)}>
            <div class="prose">
              <p>{t(accountTexts.addOtherSafe)}</p>
              <PostButton
                action={hrefOf(reader, '/devices/another')}
                label={t(accountTexts.showCode)}
                quiet
              />
            </div>
          </Section>
        </>
      ),
    }),
    scripts: [script],
  };
}

async function beginHere(house: House, actor: Actor): Promise<Ceremony> {
  const { id, handle, name } = await getPerson(house, actor.id);
  return beginRegistration(house, { binding: bindingOf(actor), person: { id, handle, name } });
}

const addPage = page({
  path: '/account/devices/add',
  audience: { signedInWithin: freshSeconds },
  async render({ house, actor, language }) {
    const ceremony = await beginHere(house, actor);
    return addView(readerOf(house, language), house.islands.hrefOf('passkey'), { ceremony });
  },
  form: {
    fields: z.object({ ...passkeyFields, label: z.string().trim().max(60).optional() }),
    async submit({ house, actor, language, fields, visit }) {
      const reader = readerOf(house, language);
      const { ceremonyId, response, label = agentWords(visit.headers['user-agent']) } = fields;
      const again = async (trouble: Trouble) => {
        const ceremony = await beginHere(house, actor);
        const view = addView(reader, house.islands.hrefOf('passkey'), { ceremony, trouble });
        return { ...view, status: 400 };
      };
      if (response === undefined) return again('missing');
      try {
        const made = await finishRegistration(house, { ceremonyId, binding: bindingOf(actor), response });
        const { id, handle } = await getPerson(house, actor.id);
        if (!handle.equals(made.handle)) throw passkeyRefused('another-person');
        const given = { personId: id, passkey: made.passkey, label };
        await inTransaction(house.database, (transaction) => addPasskey(transaction, house, given));
      } catch (error) {
        if (error instanceof LamppostError && error.code === 'passkey-refused') return again('refused');
        throw error;
      }
      return goTo(hrefOf(reader, '/devices?done=added'));
    },
  },
});

type Linking = {
  link: Pick<DeviceLink, 'id' | 'expiresAt'> & Partial<Pick<DeviceLink, 'agent'>>;
  /** Address in the QR code; known only in the moment in which it is made. */
  address?: string;
  error?: string;
};

function linkView(reader: Reader, { link, address, error }: Linking): View {
  const { t, language } = reader;
  const action = hrefOf(reader, `/devices/another/${link.id}`);
  const view = accountView({
    reader,
    title: t(accountTexts.addOther),
    lede: t(accountTexts.addOtherNote),
    meta: <p class="small quiet">{t(accountPhrases.validUntil(instantText(reader, link.expiresAt)))}</p>,
    above: above(reader),
    children: (
      <>
        {address === undefined ? null : (
          <Section id="scan" title={t(accountTexts.stepScan)} note={t(accountTexts.addOtherSafe)}>
            <div class="prose">
              <QrCode text={address} label={t(accountTexts.qrMeaning)} />
              <p>{t(accountTexts.stepScanNote)}</p>
              <p>
                <code>{address}</code>
              </p>
            </div>
          </Section>
        )}
        <Section id="confirm" title={t(accountTexts.stepType)}>
          {link.agent === undefined ? (
            <p>
              <a href={action}>{t(accountTexts.lookAgain)}</a>
            </p>
          ) : (
            <Notice kind="information" language={language} title={t(accountTexts.deviceOffered)}>
              {link.agent || t(accountTexts.unknownAgent)}
            </Notice>
          )}
          <form class="form" method="post" action={action}>
            <input type="hidden" name="do" value="confirm" />
            <TextField
              name="code"
              label={t(accountTexts.codeOfDevice)}
              hint={t(accountTexts.codeHint)}
              language={language}
              error={error}
              autocomplete="off"
              short
            />
            <TextField
              name="label"
              label={t(accountTexts.deviceName)}
              hint={t(accountTexts.deviceNameHint)}
              language={language}
              maxLength={60}
              optional
            />
            <div class="actions">
              <Button label={t(accountTexts.confirmDevice)} />
            </div>
          </form>
          <div class="actions">
            <PostButton action={action} label={t(accountTexts.cancel)} fields={{ do: 'cancel' }} quiet />
          </div>
        </Section>
      </>
    ),
  });
  return error === undefined ? view : { ...view, status: 400 };
}

const anotherPage = page({
  path: '/account/devices/another',
  audience: { signedInWithin: freshSeconds },
  async render({ house, language }) {
    const reader = readerOf(house, language);
    const { t } = reader;
    return accountView({
      reader,
      title: t(accountTexts.addOther),
      lede: t(accountTexts.addOtherNote),
      above: above(reader),
      actions: <PostButton action={hrefOf(reader, '/devices/another')} label={t(accountTexts.showCode)} />,
      children: (
        <div class="step">
          <p>{t(accountTexts.addOtherSafe)}</p>
        </div>
      ),
    });
  },
  form: {
    fields: z.object({}),
    async submit({ house, actor, language, origin }) {
      const { secret, ...link } = await createDeviceLink(house, actor);
      return linkView(readerOf(house, language), { link, address: `${origin}/add-device/${secret}` });
    },
  },
});

const confirmPage = page({
  path: '/account/devices/another/:id',
  audience: { signedInWithin: freshSeconds },
  params: z.object({ id: z.uuid() }),
  async render({ house, actor, language, params }) {
    const link = await getDeviceLink(house, { personId: actor.id, id: params.id });
    return linkView(readerOf(house, language), { link });
  },
  form: {
    fields: z.object({
      do: z.enum(['confirm', 'cancel']),
      code: z.string().max(40).optional(),
      label: z.string().trim().max(60).optional(),
    }),
    async submit({ house, actor, language, params, fields }) {
      const reader = readerOf(house, language);
      const key = { personId: actor.id, id: params.id };
      if (fields.do === 'cancel') {
        await discardDeviceLink(house, key);
        return goTo(hrefOf(reader, '/devices'));
      }
      const link = await getDeviceLink(house, key);
      const code = (fields.code ?? '').normalize('NFKC').replace(/\D/g, '');
      const label = fields.label ?? link.agent ?? '';
      try {
        await confirmDeviceLink(house, actor, { id: link.id, code, label });
      } catch (error) {
        const isTheirs = error instanceof LamppostError && error.kind === 'invalid';
        if (!isTheirs) throw error;
        const message = error.fields[0]?.message ?? accountProblems.wrongDeviceCode;
        return linkView(reader, { link, error: reader.t(message) });
      }
      return goTo(hrefOf(reader, '/devices?done=added'));
    },
  },
});

export const addDevicePages: Page[] = [addPage, anotherPage, confirmPage];
