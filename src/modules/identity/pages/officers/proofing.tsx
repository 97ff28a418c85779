// Verifying oneself with a remote service: what will happen, the way there, and the way back.

import { z } from 'zod';
import { type LamppostError, notFound } from '../../../../core/errors.ts';
import { type Page, page, type View } from '../../../../core/module.ts';
import { Button, DefinitionList, Section } from '../../../../ui/index.ts';
import { beginProofing, clearedProofingCookie, findProofing, finishProofing } from '../../protocols/index.ts';
import { formTargetOf } from '../../rules/index.ts';
import { problemWords, proofingTexts } from '../../texts/index.ts';
import { accountView, Done, freshSeconds, hrefOf, type Reader, readerOf } from '../account/parts.tsx';
import { attempt, Trouble } from './parts.tsx';

function proofingView(reader: Reader, issuer: string, error?: LamppostError): View {
  const { t } = reader;
  const { origin, host } = new URL(issuer);
  const view = accountView({
    reader,
    title: t(proofingTexts.title),
    lede: t(proofingTexts.lede),
    done: <Trouble reader={reader} error={error} />,
    children: (
      <Section id="service" title={t(proofingTexts.service)} note={t(proofingTexts.note)}>
        <DefinitionList
          items={[
            { term: t(proofingTexts.provider), description: host },
            { term: t(proofingTexts.learns), description: t(proofingTexts.learnsWhat) },
            { term: t(proofingTexts.tells), description: t(proofingTexts.tellsWhat) },
          ]}
        />
        <form class="form" method="post" action={hrefOf(reader, '/proofing')}>
          <div class="actions">
            <Button label={t(proofingTexts.go)} />
          </div>
        </form>
      </Section>
    ),
  });
  return {
    ...view,
    formTargets: [formTargetOf(origin)],
    ...(error === undefined ? {} : { status: error.status }),
  };
}

export const proofingPage: Page = page({
  path: '/account/proofing',
  audience: { signedInWithin: freshSeconds },
  async render({ house, language }) {
    const offered = findProofing(house);
    if (offered === undefined) throw notFound('no-proofing', problemWords.noProofing);
    return proofingView(readerOf(house, language), offered.issuer);
  },
  form: {
    fields: z.object({}),
    async submit({ house, actor, language }) {
      const offered = findProofing(house);
      if (offered === undefined) throw notFound('no-proofing', problemWords.noProofing);
      const tried = await attempt(() => beginProofing(house, actor, language));
      if ('error' in tried) return proofingView(readerOf(house, language), offered.issuer, tried.error);
      const { url, cookie } = tried.done;
      return { title: '', main: null, redirect: url, cookies: [cookie] };
    },
  },
});

const answer = z.string().max(4000).optional();

export const proofingReturnPage: Page = page({
  path: '/account/proofing/return',
  audience: 'signed-in',
  query: z.object({
    code: answer,
    state: answer,
    iss: answer,
    session_state: answer,
    error: answer,
    error_description: answer,
  }),
  async render({ house, actor, language, visit }) {
    const offered = findProofing(house);
    if (offered === undefined) throw notFound('no-proofing', problemWords.noProofing);
    const reader = readerOf(house, language);
    const tried = await attempt(() => finishProofing(house, actor, visit));
    const cookies = [clearedProofingCookie(house)];
    if ('error' in tried) return { ...proofingView(reader, offered.issuer, tried.error), cookies };
    const view = accountView({
      reader,
      title: reader.t(proofingTexts.done),
      done: (
        <Done reader={reader} title={proofingTexts.done}>
          {proofingTexts.doneLede}
        </Done>
      ),
      actions: <Button label={reader.t(proofingTexts.back)} href={hrefOf(reader)} />,
    });
    return { ...view, cookies };
  },
});
