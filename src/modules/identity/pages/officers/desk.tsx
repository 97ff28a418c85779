// The desk: an officer types the code of a person, reads the card, and confirms who it is.

import { z } from 'zod';
import type { Actor } from '../../../../core/access.ts';
import type { LamppostError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { page, type View } from '../../../../core/module.ts';
import { Button, DefinitionList, Section, TextField } from '../../../../ui/index.ts';
import { deskChecks, identityEditionOf, requireRecent } from '../../rules/index.ts';
import type { CardRule, Department } from '../../schema.ts';
import {
  type DeskVisit,
  finishDeskVisit,
  getDeskVisit,
  listDepartments,
  takeDeskCode,
} from '../../store/index.ts';
import { deskTexts, officerTexts } from '../../texts/index.ts';
import { Done, goTo, type Reader, readerOf } from '../account/parts.tsx';
import { CardField, ChecksField, checksSchema, DepartmentField } from './desk-fields.tsx';
import { attempt, departmentsWhere, fieldError, officersHref, officerView } from './parts.tsx';

async function departmentsOf(house: House, actor: Actor): Promise<Department[]> {
  const departments = await listDepartments(house);
  return departmentsWhere(departments, (one) => house.access.may(actor, 'identity.verify-person', one));
}

type Asking = { reader: Reader; departments: Department[]; error?: LamppostError };

function codeView({ reader, departments, error }: Asking): View {
  const { t, language } = reader;
  return officerView({
    reader,
    error,
    title: t(deskTexts.desk),
    lede: t(deskTexts.deskLede),
    children: (
      <Section id="desk-code" title={t(deskTexts.code)}>
        <form class="form" method="post" action={officersHref(reader, '/desk')}>
          <TextField
            name="code"
            label={t(deskTexts.code)}
            hint={t(deskTexts.codeHint)}
            language={language}
            error={fieldError(reader, error, 'code')}
            autocomplete="off"
            maxLength={20}
            short
          />
          <DepartmentField reader={reader} departments={departments} />
          <div class="actions">
            <Button label={t(deskTexts.go)} />
          </div>
        </form>
      </Section>
    ),
  });
}

export const deskPage = page({
  path: '/officers/desk',
  audience: { may: 'identity.verify-person' },
  async render({ house, actor, language }) {
    requireRecent(actor, house.clock.now());
    return codeView({ reader: readerOf(house, language), departments: await departmentsOf(house, actor) });
  },
  form: {
    fields: z.object({ code: z.string().max(100).default(''), department: z.string().max(100) }),
    async submit({ house, actor, language, fields }) {
      requireRecent(actor, house.clock.now());
      const reader = readerOf(house, language);
      const tried = await attempt(() => takeDeskCode(house, actor, fields));
      if ('done' in tried) return goTo(officersHref(reader, `/desk/${tried.done}`));
      return codeView({ reader, departments: await departmentsOf(house, actor), error: tried.error });
    },
  },
});

type Filled = { card?: string | undefined; name?: string | undefined; checks?: readonly string[] };
type Visiting = {
  reader: Reader;
  visit: DeskVisit;
  rule: CardRule | undefined;
  filled?: Filled;
  error?: LamppostError;
};

function visitView({ reader, visit, rule, filled = {}, error }: Visiting): View {
  const { t, language } = reader;
  return officerView({
    reader,
    error,
    title: t(deskTexts.visit),
    lede: t(deskTexts.visitLede),
    above: [{ label: t(deskTexts.desk), href: officersHref(reader, '/desk') }],
    children: (
      <>
        <Section id="told" title={t(officerTexts.person)}>
          <DefinitionList
            items={[{ term: t(deskTexts.toldName), description: visit.name ?? t(officerTexts.noName) }]}
          />
        </Section>
        <Section id="read" title={rule === undefined ? t(deskTexts.nameOnCard) : t(rule.name)}>
          <form class="form" method="post" action={officersHref(reader, `/desk/${visit.id}`)}>
            {rule === undefined ? null : (
              <CardField reader={reader} rule={rule} value={filled.card} error={error} />
            )}
            <TextField
              name="name"
              label={t(deskTexts.nameOnCard)}
              hint={t(deskTexts.nameOnCardHint)}
              language={language}
              value={filled.name}
              error={fieldError(reader, error, 'name')}
              autocomplete="off"
              maxLength={100}
            />
            <ChecksField reader={reader} values={filled.checks ?? []} error={error} />
            <div class="actions">
              <Button label={t(deskTexts.confirm)} />
            </div>
          </form>
        </Section>
      </>
    ),
  });
}

const doneView = (reader: Reader): View =>
  officerView({
    reader,
    title: reader.t(deskTexts.done),
    above: [{ label: reader.t(deskTexts.desk), href: officersHref(reader, '/desk') }],
    done: (
      <Done reader={reader} title={deskTexts.done}>
        {deskTexts.doneLede}
      </Done>
    ),
    actions: <Button label={reader.t(deskTexts.next)} href={officersHref(reader, '/desk')} />,
  });

export const visitPage = page({
  path: '/officers/desk/:id',
  audience: { may: 'identity.verify-person' },
  params: z.object({ id: z.uuid() }),
  async render({ house, actor, language, params: { id } }) {
    const visit = await getDeskVisit(house, actor, id);
    return visitView({
      reader: readerOf(house, language),
      visit,
      rule: identityEditionOf(house.edition).card,
    });
  },
  form: {
    fields: z.object({
      card: z.string().max(60).optional(),
      name: z.string().max(100).optional(),
      checks: checksSchema(deskChecks),
    }),
    async submit({ house, actor, language, params: { id }, fields }) {
      requireRecent(actor, house.clock.now());
      const reader = readerOf(house, language);
      const visit = await getDeskVisit(house, actor, id);
      const tried = await attempt(() => finishDeskVisit(house, actor, { id, ...fields }));
      if ('done' in tried) return doneView(reader);
      return visitView({
        reader,
        visit,
        rule: identityEditionOf(house.edition).card,
        filled: fields,
        error: tried.error,
      });
    },
  },
});
