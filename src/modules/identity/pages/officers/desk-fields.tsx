// Fields that the pages of the desk share: department, card, what was checked.

import { z } from 'zod';
import type { LamppostError } from '../../../../core/errors.ts';
import type { Text } from '../../../../core/texts.ts';
import { Checkboxes, Select, TextField } from '../../../../ui/index.ts';
import { deskChecks } from '../../rules/index.ts';
import type { CardRule, Department } from '../../schema.ts';
import { checkWords, deskTexts } from '../../texts/index.ts';
import type { Reader } from '../account/parts.tsx';
import { departmentChoices, fieldError } from './parts.tsx';

/** Boxes that were ticked: a form sends one as a text, several as a list. */
export const checksSchema = <Check extends string>(checks: readonly [Check, ...Check[]]) =>
  z.union([z.enum(checks).transform((one) => [one]), z.array(z.enum(checks)).max(checks.length)]).default([]);

type DepartmentProps = { reader: Reader; departments: Department[]; label?: Text };

/** For which department the officer acts; not asked where there is one only. */
export function DepartmentField(props: DepartmentProps) {
  const { reader, departments, label = deskTexts.forDepartment } = props;
  const [only, ...others] = departmentChoices(reader, departments);
  if (others.length === 0) return <input type="hidden" name="department" value={only?.value} />;
  return (
    <Select
      name="department"
      label={reader.t(label)}
      language={reader.language}
      options={only === undefined ? [] : [only, ...others]}
    />
  );
}

type Field<Value> = { reader: Reader; error: LamppostError | undefined; value?: Value };

export const CardField = (props: Field<string | undefined> & { rule: CardRule }) => {
  const { reader, error, rule, value } = props;
  return (
    <TextField
      name="card"
      label={reader.t(deskTexts.cardNumber)}
      hint={reader.t(deskTexts.cardNumberHint(rule.example))}
      language={reader.language}
      value={value}
      error={fieldError(reader, error, 'card')}
      autocomplete="off"
      maxLength={30}
      short
    />
  );
};

export const ChecksField = ({ reader, error, values }: Field<never> & { values: readonly string[] }) => (
  <Checkboxes
    name="checks"
    label={reader.t(deskTexts.checks)}
    language={reader.language}
    options={deskChecks.map((check) => ({ value: check, label: reader.t(checkWords[check]!) }))}
    values={[...values]}
    error={fieldError(reader, error, 'checks')}
  />
);
