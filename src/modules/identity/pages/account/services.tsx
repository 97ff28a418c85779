// The services that know a person: what each was told, under which pseudonym, and withdrawing the consent.

import { z } from 'zod';
import { notFound } from '../../../../core/errors.ts';
import { type Page, page, type View } from '../../../../core/module.ts';
import type { Text } from '../../../../core/texts.ts';
import { type Column, DataTable, DefinitionList, EmptyState, Section } from '../../../../ui/index.ts';
import type { ServiceUse } from '../../schema.ts';
import { departmentNames, listServiceUses, pseudonymAt, withdrawService } from '../../store/index.ts';
import { accountProblems, accountTexts, fieldWords, wordsFor } from '../../texts/index.ts';
import {
  accountView,
  Caption,
  ClockNote,
  Done,
  goTo,
  hrefOf,
  PostButton,
  type Reader,
  readerOf,
  When,
} from './parts.tsx';

const useHref = (reader: Reader, { service }: ServiceUse) =>
  hrefOf(reader, `/services/${encodeURIComponent(service.id)}`);

/** Scopes that only stand for claims. */
const toldByClaims = new Set(['openid', 'profile', 'assurance']);

/** Everything that a service was told, each thing once. */
function toldWords({ t, language }: Reader, { scopes, claims }: ServiceUse): string {
  const beyond = scopes.filter((scope) => !toldByClaims.has(scope));
  const told = [...claims.filter((claim) => claim !== 'sub'), ...beyond];
  const words = (told.length === 0 ? ['openid'] : told).map((code) => t(wordsFor(fieldWords, code)));
  return [...new Set(words)].join(language === 'en' ? ', ' : '、');
}

function columnsOf(reader: Reader, departments: ReadonlyMap<string, Text>): Column<ServiceUse>[] {
  const { t } = reader;
  return [
    {
      key: 'service',
      header: t(accountTexts.service),
      rowHeader: true,
      render: (use) => <a href={useHref(reader, use)}>{t(use.service.name)}</a>,
    },
    {
      key: 'department',
      header: t(accountTexts.department),
      render: ({ service: { department } }) => {
        const name = department === undefined ? undefined : departments.get(department);
        return name === undefined ? t(accountTexts.noDepartment) : t(name);
      },
    },
    { key: 'told', header: t(accountTexts.knows), render: (use) => toldWords(reader, use) },
    {
      key: 'last',
      header: t(accountTexts.lastUse),
      kind: 'date',
      render: ({ lastAt }) => <When at={lastAt} reader={reader} short />,
    },
    {
      key: 'do',
      header: t(accountTexts.do),
      kind: 'status',
      render: (use) => (
        <a href={`${useHref(reader, use)}#withdraw`}>
          {t(accountTexts.withdrawShort)}
          <span class="hidden-text"> {t(use.service.name)}</span>
        </a>
      ),
    },
  ];
}

const servicesPage = page({
  path: '/account/services',
  audience: 'signed-in',
  query: z.object({ done: z.enum(['withdrawn']).optional() }),
  async render({ house, actor, language, query }) {
    const reader = readerOf(house, language);
    const { t } = reader;
    const uses = await listServiceUses(house, actor.id);
    const departments = await departmentNames(house);
    return accountView({
      reader,
      title: t(accountTexts.services),
      lede: t(accountTexts.servicesNote),
      done: query.done === undefined ? null : <Done reader={reader} title={accountTexts.withdrawn} />,
      children: (
        <Section id="services" title={t(accountTexts.servicesLabel)}>
          {uses.length === 0 ? (
            <EmptyState title={t(accountTexts.noServices)}>{t(accountTexts.noServicesNote)}</EmptyState>
          ) : (
            <DataTable
              caption={<Caption reader={reader} name={accountTexts.services} />}
              language={language}
              rows={uses}
              columns={columnsOf(reader, departments)}
            />
          )}
        </Section>
      ),
    });
  },
});

function serviceView(reader: Reader, use: ServiceUse, pseudonym: string): View {
  const { t } = reader;
  const name = t(use.service.name);
  return accountView({
    reader,
    title: name,
    above: [{ label: t(accountTexts.services), href: hrefOf(reader, '/services') }],
    children: (
      <>
        <Section id="told" title={t(accountTexts.knows)}>
          <DefinitionList
            items={[
              { term: t(accountTexts.knows), description: toldWords(reader, use) },
              { term: t(accountTexts.pseudonym), description: <code>{pseudonym}</code> },
              { term: t(accountTexts.firstUse), description: <When at={use.firstAt} reader={reader} /> },
              { term: t(accountTexts.lastUse), description: <When at={use.lastAt} reader={reader} /> },
            ]}
          />
          <ClockNote reader={reader} />
        </Section>
        <Section id="withdraw" title={t(accountTexts.withdraw)}>
          <div class="prose">
            <p>{t(accountTexts.withdrawEffect)}</p>
            <PostButton
              action={useHref(reader, use)}
              label={t(accountTexts.withdrawNow)}
              fields={{ do: 'withdraw' }}
              about={name}
            />
          </div>
        </Section>
      </>
    ),
  });
}

const servicePage = page({
  path: '/account/services/:id',
  audience: 'signed-in',
  params: z.object({ id: z.string().min(1).max(200) }),
  async render({ house, actor, language, params }) {
    const uses = await listServiceUses(house, actor.id);
    const use = uses.find(({ service }) => service.id === params.id);
    if (use === undefined) throw notFound('unknown-service', accountProblems.unknownService);
    const pseudonym = await pseudonymAt(house, actor.id, use.service.id);
    return serviceView(readerOf(house, language), use, pseudonym);
  },
  form: {
    fields: z.object({ do: z.literal('withdraw') }),
    async submit({ house, actor, language, params }) {
      await withdrawService(house, actor, params.id);
      return goTo(hrefOf(readerOf(house, language), '/services?done=withdrawn'));
    },
  },
});

export const servicePages: Page[] = [servicesPage, servicePage];
