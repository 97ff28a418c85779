// Recovery codes: how many are left, and new ones, shown once and made to be printed.

import { z } from 'zod';
import { type Page, page, type View } from '../../../../core/module.ts';
import { Button, Facts, Notice, Section } from '../../../../ui/index.ts';
import { countCodes, recoveryWaitMs, renewCodes } from '../../store/index.ts';
import { accountDataTexts, accountPhrases } from '../../texts/index.ts';
import {
  accountView,
  freshSeconds,
  hrefOf,
  instantText,
  PostButton,
  type Reader,
  readerOf,
} from './parts.tsx';

type Count = { codes: number; waitHours: number };

function countView(reader: Reader, { codes, waitHours }: Count): View {
  const { t } = reader;
  return accountView({
    reader,
    title: t(accountDataTexts.recovery),
    lede: t(accountDataTexts.recoveryLede),
    children: (
      <Section id="codes" title={t(accountDataTexts.codesLeft)}>
        <div class="prose">
          <Facts items={[{ label: t(accountDataTexts.codesLeft), value: codes }]} />
          <p>{t(accountDataTexts.codesOneUse)}</p>
          <p>{t(accountPhrases.codesWait(waitHours))}</p>
          {codes === 0 ? null : <p>{t(accountDataTexts.oldVoid)}</p>}
          <PostButton
            action={hrefOf(reader, '/recovery')}
            label={t(codes === 0 ? accountDataTexts.makeCodes : accountDataTexts.makeNewCodes)}
            quiet={codes > 0}
          />
        </div>
      </Section>
    ),
  });
}

type Made = { codes: string[]; made: Date; waitHours: number; hadOthers: boolean };

function codesView(reader: Reader, { codes, made, waitHours, hadOthers }: Made): View {
  const { t, language } = reader;
  return accountView({
    reader,
    title: t(accountDataTexts.codesMade),
    lede: t(accountDataTexts.codesOnce),
    meta: <p class="small quiet">{t(accountPhrases.madeOn(instantText(reader, made)))}</p>,
    children: (
      <Section id="codes" title={t(accountDataTexts.recovery)}>
        <div class="prose">
          <ol class="code-list">
            {codes.map((code) => (
              <li>
                <code>{code}</code>
              </li>
            ))}
          </ol>
          <p>{t(accountDataTexts.codesOneUse)}</p>
          <p>{t(accountPhrases.codesWait(waitHours))}</p>
          {hadOthers ? (
            <Notice kind="warning" language={language}>
              {t(accountDataTexts.codesVoid)}
            </Notice>
          ) : null}
          <div class="actions no-print">
            <Button label={t(accountDataTexts.codesSafe)} href={hrefOf(reader)} />
          </div>
        </div>
      </Section>
    ),
  });
}

export const recoveryPage: Page = page({
  path: '/account/recovery',
  audience: { signedInWithin: freshSeconds },
  render: async ({ house, actor, language }) =>
    countView(readerOf(house, language), {
      codes: await countCodes(house, actor.id),
      waitHours: recoveryWaitMs(house) / 3_600_000,
    }),
  form: {
    fields: z.object({}),
    async submit({ house, actor, language }) {
      const hadOthers = (await countCodes(house, actor.id)) > 0;
      const codes = await renewCodes(house, actor);
      const waitHours = recoveryWaitMs(house) / 3_600_000;
      return codesView(readerOf(house, language), { codes, made: house.clock.now(), waitHours, hadOthers });
    },
  },
});
