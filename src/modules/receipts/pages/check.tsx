// The page that checks a receipt: a form, and each step of the check in words.

import { z } from 'zod';
import { page, type View } from '../../../core/module.ts';
import { type Language, say, type Text } from '../../../core/texts.ts';
import { Button, type Column, DataTable, Notice, PageHeader, Section, TextField } from '../../../ui/index.ts';
import type { Verdict } from '../rules/index.ts';
import type { Step } from '../schema.ts';
import { checkAgainstLog } from '../store/index.ts';
import { stepTexts, texts } from '../texts.ts';

const path = '/receipts/check';

export const checkPage = page({
  path,
  audience: 'public',
  cache: 'change',
  render: async ({ language }) => checkView({ language }),
  form: {
    fields: z.object({ receipt: z.string().max(60_000).optional() }),
    limitBytes: 256 * 1024,
    async submit({ house, language, fields: { receipt } }) {
      if (receipt === undefined || receipt.trim() === '') {
        return checkView({ language, error: say(texts.pasteMissing, language) });
      }
      return checkView({ language, given: receipt, verdict: await checkAgainstLog(house, receipt) });
    },
  },
});

type Shown = { language: Language; given?: string; error?: string; verdict?: Verdict };

const headlineOf = ({ valid, steps }: Verdict): Text => {
  if (valid) return texts.valid;
  return steps.some(({ outcome }) => outcome === 'wrong') ? texts.invalid : texts.undecided;
};

function Result({ language, verdict }: { language: Language; verdict: Verdict }) {
  const t = (text: Text) => say(text, language);
  const isWrong = verdict.steps.some(({ outcome }) => outcome === 'wrong');
  const columns: Column<Step>[] = [
    {
      key: 'step',
      header: t(texts.step),
      rowHeader: true,
      render: ({ name, outcome }) => t(stepTexts[name][outcome]),
    },
    { key: 'outcome', header: t(texts.outcome), kind: 'status', render: ({ outcome }) => t(texts[outcome]) },
  ];
  return (
    <Section id="result" title={t(texts.result)}>
      <Notice kind={isWrong ? 'trouble' : 'information'} language={language} title={t(headlineOf(verdict))}>
        {isWrong ? t(texts.whatToDo) : null}
      </Notice>
      <DataTable caption={t(texts.result)} language={language} rows={verdict.steps} columns={columns} />
    </Section>
  );
}

function checkView({ language, given, error, verdict }: Shown): View {
  const t = (text: Text) => say(text, language);
  return {
    title: t(texts.checkHere),
    description: t(texts.checkLede),
    breadcrumbs: [{ label: t(texts.receipts), href: `/${language}/receipts` }],
    ...(error === undefined ? {} : { status: 400 }),
    main: (
      <>
        <PageHeader kicker={t(texts.receipts)} title={t(texts.checkTitle)} lede={t(texts.checkLede)} />
        {verdict === undefined ? null : <Result language={language} verdict={verdict} />}
        <Section id="paste" title={t(texts.checkHere)}>
          <form class="form" action={`/${language}${path}`} method="post">
            <TextField
              name="receipt"
              label={t(texts.pasteLabel)}
              hint={t(texts.pasteHint)}
              language={language}
              value={given}
              error={error}
              long
            />
            <div class="actions">
              <Button label={t(texts.check)} />
            </div>
          </form>
        </Section>
      </>
    ),
  };
}
