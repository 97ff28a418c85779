// The page that another device opens by a QR code: it makes a passkey there and shows the code to confirm it.

import { z } from 'zod';
import { LamppostError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { type Page, page, type View } from '../../../../core/module.ts';
import type { Language } from '../../../../core/texts.ts';
import { Button, Notice, PageHeader, Section } from '../../../../ui/index.ts';
import { beginRegistration, finishRegistration } from '../../protocols/index.ts';
import { agentWords } from '../../rules/index.ts';
import {
  countAddress,
  type DeviceLink,
  getOpenDeviceLink,
  getPerson,
  offerPasskey,
} from '../../store/index.ts';
import { accountProblems, accountTexts } from '../../texts/index.ts';
import { type Ceremony, PasskeyForm, PasskeyTrouble, passkeyFields } from '../passkey-form.tsx';
import { readerOf } from './parts.tsx';

const bindingOf = ({ id }: DeviceLink) => `device-link:${id}`;

/** The link itself is all that this device has; of the person it is told nothing, not even the name. */
async function begin(house: House, link: DeviceLink): Promise<Ceremony> {
  const { id, handle } = await getPerson(house, link.personId);
  return beginRegistration(house, { binding: bindingOf(link), person: { id, handle } });
}

type Shown = { language: Language; path: string; ceremony: Ceremony; trouble?: 'refused' | 'missing' };

function makeView(house: House, { language, path, ceremony, trouble }: Shown): View {
  const { t } = readerOf(house, language);
  return {
    title: t(accountTexts.otherTitle),
    noIndex: true,
    scripts: [house.islands.hrefOf('passkey')],
    ...(trouble === undefined ? {} : { status: 400 }),
    // What stands in this address opens nothing twice, and still should not be told to anybody.
    headers: { 'Referrer-Policy': 'no-referrer' },
    main: (
      <>
        <PageHeader title={t(accountTexts.otherTitle)} lede={t(accountTexts.otherLede)} />
        {trouble === undefined ? null : <PasskeyTrouble language={language} code={trouble} />}
        <Section id="make" title={t(accountTexts.otherMake)}>
          <PasskeyForm
            kind="create"
            language={language}
            action={`/${language}${path}`}
            ceremony={ceremony}
            label={t(accountTexts.otherMake)}
          />
        </Section>
        <Section id="warning" title={t(accountTexts.otherNotYours)}>
          <p>{t(accountTexts.otherNotYoursNote)}</p>
        </Section>
      </>
    ),
  };
}

/** The link was used, replaced, or is too old. */
function goneView(house: House, language: Language): View {
  const { t } = readerOf(house, language);
  return {
    title: t(accountTexts.linkGone),
    noIndex: true,
    status: 404,
    headers: { 'Referrer-Policy': 'no-referrer' },
    main: (
      <PageHeader
        title={t(accountTexts.linkGone)}
        lede={t(accountProblems.unknownDeviceLink)}
        actions={
          <Button label={t(accountTexts.showCode)} href={`/${language}/account/devices/another`} quiet />
        }
      />
    ),
  };
}

async function withLink(
  house: House,
  { language, secret }: { language: Language; secret: string },
  answer: (link: DeviceLink) => Promise<View>,
): Promise<View> {
  try {
    return await answer(await getOpenDeviceLink(house, secret));
  } catch (error) {
    const isGone = error instanceof LamppostError && error.code === 'unknown-device-link';
    if (isGone) return goneView(house, language);
    throw error;
  }
}

function codeView(house: House, { language, code }: { language: Language; code: string }): View {
  const { t } = readerOf(house, language);
  return {
    title: t(accountTexts.otherCode),
    noIndex: true,
    main: (
      <>
        <PageHeader title={t(accountTexts.otherCode)} lede={t(accountTexts.otherCodeLede)} />
        <Section id="code" title={t(accountTexts.codeHere)}>
          <div class="prose">
            <p class="spoken-code">{`${code.slice(0, 3)} ${code.slice(3)}`}</p>
            <Notice kind="information" language={language}>
              {t(accountTexts.otherThen)}
            </Notice>
            <div class="actions">
              <Button label={t(accountTexts.signIn)} href={`/${language}/sign-in`} quiet />
            </div>
          </div>
        </Section>
      </>
    ),
  };
}

export const otherDevicePage: Page = page({
  path: '/add-device/:secret',
  audience: 'public',
  cache: 'none',
  params: z.object({ secret: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
  async render({ house, language, params, path, visit }) {
    await countAddress(house, { scope: 'device-link', address: visit.ip, limit: 60, windowSeconds: 600 });
    return withLink(house, { language, secret: params.secret }, async (link) =>
      makeView(house, { language, path, ceremony: await begin(house, link) }),
    );
  },
  form: {
    fields: z.object(passkeyFields),
    async submit({ house, language, params, path, fields, visit }) {
      await countAddress(house, { scope: 'device-link', address: visit.ip, limit: 60, windowSeconds: 600 });
      return withLink(house, { language, secret: params.secret }, async (link) => {
        const { ceremonyId, response } = fields;
        const again = async (trouble: 'refused' | 'missing') =>
          makeView(house, { language, path, ceremony: await begin(house, link), trouble });
        if (response === undefined) return again('missing');
        try {
          const { passkey } = await finishRegistration(house, {
            ceremonyId,
            binding: bindingOf(link),
            response,
          });
          const agent = agentWords(visit.headers['user-agent']);
          const { code } = await offerPasskey(house, { id: link.id, passkey, agent });
          return codeView(house, { language, code });
        } catch (error) {
          if (error instanceof LamppostError && error.code === 'passkey-refused') return again('refused');
          throw error;
        }
      });
    },
  },
});
