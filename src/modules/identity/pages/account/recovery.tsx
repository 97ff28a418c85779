// Recovery codes: how many are left, and new ones, shown once and made to be printed.

import { z } from 'zod';
import { type Page, page, type View } from '../../../../core/module.ts';
import { Button, colon, Facts, Notice, Section } from '../../../../ui/index.ts';
import { codeListOf, countCodes, getPerson, recoveryWaitMs, renewCodes } from '../../store/index.ts';
import { accountDataTexts, accountPhrases } from '../../texts/index.ts';
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

type Count = { codes: number; waitHours: number; list: string };

function countView(reader: Reader, { codes, waitHours, list }: Count): View {
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
            fields={{ instead: list }}
            quiet={codes > 0}
          />
        </div>
      </Section>
    ),
  });
}

type Made = {
  codes: string[];
  made: Date;
  waitHours: number;
  hadOthers: boolean;
  /** Where a code is entered. */
  address: string;
  name: string | undefined;
  script: string;
};

function codesView(reader: Reader, { codes, made, waitHours, hadOthers, address, name, script }: Made): View {
  const { t, language } = reader;
  const view = accountView({
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
          <p>
            {t(accountDataTexts.codesWhere)} <code>{address}</code>
          </p>
          {name === undefined ? null : (
            <p>
              {t(accountDataTexts.name)}
              {colon(language)}
              {name}
            </p>
          )}
          <p>{t(accountDataTexts.codesOneUse)}</p>
          <p>{t(accountPhrases.codesWait(waitHours))}</p>
          {hadOthers ? (
            <Notice kind="warning" language={language}>
              {t(accountDataTexts.codesVoid)}
            </Notice>
          ) : null}
          <div class="actions no-print">
            <Button label={t(accountDataTexts.codesSafe)} href={hrefOf(reader)} />
            <button class="button button-quiet" type="button" data-print hidden>
              {t(accountDataTexts.printCodes)}
            </button>
          </div>
        </div>
      </Section>
    ),
  });
  return { ...view, scripts: [script] };
}

export const recoveryPage: Page = page({
  path: '/account/recovery',
  audience: { signedInWithin: freshSeconds },
  render: async ({ house, actor, language }) =>
    countView(readerOf(house, language), {
      codes: await countCodes(house, actor.id),
      waitHours: recoveryWaitMs(house) / 3_600_000,
      list: await codeListOf(house, actor.id),
    }),
  form: {
    fields: z.object({ instead: z.string().max(64).optional() }),
    async submit({ house, actor, language, fields, origin }) {
      // A page that is loaded again must not void the list that was just printed.
      const isOld = fields.instead !== undefined && fields.instead !== (await codeListOf(house, actor.id));
      if (isOld) return goTo(hrefOf(readerOf(house, language), '/recovery'));
      const hadOthers = (await countCodes(house, actor.id)) > 0;
      const codes = await renewCodes(house, actor);
      const waitHours = recoveryWaitMs(house) / 3_600_000;
      const { name } = await getPerson(house, actor.id);
      return codesView(readerOf(house, language), {
        codes,
        made: house.clock.now(),
        waitHours,
        hadOthers,
        address: `${origin}/recover`,
        name,
        script: house.islands.hrefOf('passkey'),
      });
    },
  },
});
