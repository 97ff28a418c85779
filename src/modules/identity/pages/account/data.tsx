// What the house holds of a person: details to correct, the export, and the way to the deletion.

import { z } from 'zod';
import { type Page, page, type View } from '../../../../core/module.ts';
import { isLanguage, languageName } from '../../../../core/texts.ts';
import { Button, DefinitionList, Section, Select, TextField } from '../../../../ui/index.ts';
import type { Person } from '../../schema.ts';
import { changeDetails, getPerson } from '../../store/index.ts';
import { accountDataTexts, assuranceWords, wordsFor } from '../../texts/index.ts';
import { accountView, ClockNote, Done, goTo, hrefOf, type Reader, readerOf, When } from './parts.tsx';

const longestName = 100;

type Shown = { person: Person; languages: readonly string[]; done: boolean };

function Held({ reader, person }: { reader: Reader; person: Person }) {
  const { t } = reader;
  const { name, assurance, verifiedAt, maskedCard, createdAt } = person;
  return (
    <DefinitionList
      items={[
        { term: t(accountDataTexts.name), description: name ?? t(accountDataTexts.noName) },
        {
          term: t(accountDataTexts.assurance),
          description: (
            <>
              {t(wordsFor(assuranceWords, assurance))}{' '}
              {verifiedAt === undefined ? null : <When at={verifiedAt} reader={reader} />}
            </>
          ),
        },
        { term: t(accountDataTexts.card), description: maskedCard ?? t(accountDataTexts.noCard) },
        { term: t(accountDataTexts.since), description: <When at={createdAt} reader={reader} /> },
      ]}
    />
  );
}

const nameOfLanguage = (language: string) => (isLanguage(language) ? languageName[language] : language);

function DetailsForm({ reader, shown }: { reader: Reader; shown: Shown }) {
  const { t, language } = reader;
  const { person, languages } = shown;
  const isVerified = person.assurance !== 'self-asserted';
  return (
    <form class="form" method="post" action={hrefOf(reader, '/data')}>
      {isVerified ? (
        <p>{t(accountDataTexts.nameLocked)}</p>
      ) : (
        <TextField
          name="name"
          label={t(accountDataTexts.name)}
          hint={t(accountDataTexts.nameHint)}
          language={language}
          value={person.name}
          maxLength={longestName}
          autocomplete="name"
          optional
        />
      )}
      <Select
        name="language"
        label={t(accountDataTexts.language)}
        language={language}
        value={person.language}
        options={languages.map((one) => ({ value: one, label: nameOfLanguage(one) }))}
      />
      <div class="actions">
        <Button label={t(accountDataTexts.save)} />
      </div>
    </form>
  );
}

function dataView(reader: Reader, shown: Shown): View {
  const { t, language } = reader;
  return accountView({
    reader,
    title: t(accountDataTexts.data),
    lede: t(accountDataTexts.dataLede),
    done: shown.done ? <Done reader={reader} title={accountDataTexts.saved} /> : null,
    children: (
      <>
        <Section id="held" title={t(accountDataTexts.held)}>
          <Held reader={reader} person={shown.person} />
          <ClockNote reader={reader} />
        </Section>
        <Section id="correct" title={t(accountDataTexts.correct)}>
          <DetailsForm reader={reader} shown={shown} />
        </Section>
        <Section id="export" title={t(accountDataTexts.export)} note={t(accountDataTexts.exportFresh)}>
          <div class="prose">
            <p>{t(accountDataTexts.exportNote)}</p>
            <div class="actions">
              <a class="button" href="/api/v1/account/export" download="my-data.json">
                {t(accountDataTexts.exportLink)}
              </a>
              <a href={`/${language}/api#get-api-v1-account-export`}>{t(accountDataTexts.reference)}</a>
            </div>
          </div>
        </Section>
        <Section id="delete" title={t(accountDataTexts.toDelete)}>
          <div class="prose">
            <p>{t(accountDataTexts.toDeleteNote)}</p>
            <Button label={t(accountDataTexts.toDelete)} href={hrefOf(reader, '/delete')} quiet />
          </div>
        </Section>
      </>
    ),
  });
}

export const dataPage: Page = page({
  path: '/account/data',
  audience: 'signed-in',
  query: z.object({ done: z.enum(['saved']).optional() }),
  async render({ house, actor, language, query }) {
    const person = await getPerson(house, actor.id);
    const { languages } = house.edition;
    return dataView(readerOf(house, language), { person, languages, done: query.done === 'saved' });
  },
  form: {
    fields: z.object({
      name: z.string().trim().max(longestName).optional(),
      language: z.string().max(5).refine(isLanguage),
    }),
    async submit({ house, actor, language, fields }) {
      await changeDetails(house, {
        id: actor.id,
        name: fields.name || null,
        language: fields.language,
      });
      return goTo(hrefOf(readerOf(house, language), '/data?done=saved'));
    },
  },
});
