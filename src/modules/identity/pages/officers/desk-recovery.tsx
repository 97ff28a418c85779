// Recovery at a desk: the officer finds the account by its card and proposes; another officer decides.

import { z } from 'zod';
import type { LamppostError } from '../../../../core/errors.ts';
import { page, type View } from '../../../../core/module.ts';
import { Button, RadioGroup, Section } from '../../../../ui/index.ts';
import { deskChecks, identityEditionOf, recoveryReasons, requireRecent } from '../../rules/index.ts';
import type { CardRule, Department } from '../../schema.ts';
import { listDepartments, proposeRecovery } from '../../store/index.ts';
import { deskTexts, reasonWords } from '../../texts/index.ts';
import { Done, type Reader, readerOf } from '../account/parts.tsx';
import { CardField, ChecksField, checksSchema, DepartmentField } from './desk-fields.tsx';
import { attempt, departmentsWhere, fieldError, officersHref, officerView } from './parts.tsx';

type Filled = { card?: string | undefined; reason?: string | undefined; checks?: readonly string[] };
type Asking = {
  reader: Reader;
  departments: Department[];
  rule: CardRule | undefined;
  filled?: Filled;
  error?: LamppostError;
};

function recoveryView({ reader, departments, rule, filled = {}, error }: Asking): View {
  const { t, language } = reader;
  return officerView({
    reader,
    error,
    title: t(deskTexts.recovery),
    lede: t(deskTexts.recoveryLede),
    children: (
      <Section id="person" title={t(deskTexts.recoveryShort)} note={t(deskTexts.recoveryNote)}>
        <form class="form" method="post" action={officersHref(reader, '/recovery')}>
          {rule === undefined ? null : (
            <CardField reader={reader} rule={rule} value={filled.card} error={error} />
          )}
          <RadioGroup
            name="reason"
            label={t(deskTexts.why)}
            language={language}
            options={recoveryReasons.map((reason) => ({ value: reason, label: t(reasonWords[reason]!) }))}
            error={fieldError(reader, error, 'reason')}
            {...(filled.reason === undefined ? {} : { value: filled.reason })}
          />
          <ChecksField reader={reader} values={filled.checks ?? []} error={error} />
          <DepartmentField reader={reader} departments={departments} />
          <div class="actions">
            <Button label={t(deskTexts.propose)} />
          </div>
        </form>
      </Section>
    ),
  });
}

const proposedView = (reader: Reader, id: string): View =>
  officerView({
    reader,
    title: reader.t(deskTexts.recovery),
    done: (
      <Done reader={reader} title={deskTexts.proposed}>
        {deskTexts.proposedLede}
      </Done>
    ),
    actions: (
      <Button label={reader.t(deskTexts.openProposal)} href={officersHref(reader, `/proposals/${id}`)} />
    ),
  });

export const recoveryPage = page({
  path: '/officers/recovery',
  audience: { may: 'identity.recover-person' },
  async render({ house, actor, language }) {
    requireRecent(actor, house.clock.now());
    const departments = departmentsWhere(await listDepartments(house), (one) =>
      house.access.may(actor, 'identity.recover-person', one),
    );
    return recoveryView({
      reader: readerOf(house, language),
      departments,
      rule: identityEditionOf(house.edition).card,
    });
  },
  form: {
    fields: z.object({
      card: z.string().max(60).optional(),
      reason: z.enum(recoveryReasons).optional(),
      checks: checksSchema(deskChecks),
      department: z.string().max(100),
    }),
    async submit({ house, actor, language, fields }) {
      requireRecent(actor, house.clock.now());
      const reader = readerOf(house, language);
      const tried = await attempt(() => proposeRecovery(house, actor, fields));
      if ('done' in tried) return proposedView(reader, tried.done.id);
      const departments = departmentsWhere(await listDepartments(house), (one) =>
        house.access.may(actor, 'identity.recover-person', one),
      );
      return recoveryView({
        ...{ reader, departments, rule: identityEditionOf(house.edition).card },
        ...{ filled: fields, error: tried.error },
      });
    },
  },
});
