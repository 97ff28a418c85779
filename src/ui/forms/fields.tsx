// Fields of a form: text, long text, choice from a list, tick boxes, radio buttons; each with hint and error.

import type { ComponentChildren } from 'preact';
import type { Language } from '../../core/texts.ts';
import { Shape } from '../components/status.tsx';
import { colon, word } from '../texts.ts';

export type FieldProps = {
  name: string;
  label: string;
  language: Language;
  /** Default: the name. Unique on the page. */
  id?: string;
  hint?: ComponentChildren;
  /** What is wrong and what to do. */
  error?: string | undefined;
  optional?: boolean;
};

const describedBy = (id: string, { hint, error }: FieldProps): string | undefined =>
  [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;

const fieldClass = (error: string | undefined) => (error ? 'field field-wrong' : 'field');

const Notes = ({ id, field }: { id: string; field: FieldProps }) => (
  <>
    {field.hint ? (
      <p class="hint" id={`${id}-hint`}>
        {field.hint}
      </p>
    ) : null}
    {field.error ? (
      <p class="error status" id={`${id}-error`}>
        <Shape tone="trouble" />
        <span class="hidden-text">{word('trouble', field.language) + colon(field.language)}</span>
        {field.error}
      </p>
    ) : null}
  </>
);

const LabelWords = ({ label, optional, language }: FieldProps) => (
  <>
    {label}
    {optional ? <span class="hint"> ({word('optional', language)})</span> : null}
  </>
);

export type TextFieldProps = FieldProps & {
  value?: string | undefined;
  type?: 'text' | 'email' | 'tel' | 'number' | 'date' | 'search' | 'url';
  /** More than one line. */
  long?: boolean;
  /** For a number, a code or a date. */
  short?: boolean;
  autocomplete?: string;
  maxLength?: number;
  placeholder?: string;
};

export function TextField(props: TextFieldProps) {
  const id = props.id ?? props.name;
  const common = {
    id,
    name: props.name,
    class: props.short ? 'input input-short' : 'input',
    'aria-describedby': describedBy(id, props),
    'aria-invalid': props.error ? ('true' as const) : undefined,
    maxLength: props.maxLength,
    placeholder: props.placeholder,
  };
  return (
    <div class={fieldClass(props.error)}>
      <label for={id}>
        <LabelWords {...props} />
      </label>
      <Notes id={id} field={props} />
      {props.long ? (
        <textarea {...common}>{props.value}</textarea>
      ) : (
        // The typings allow other attributes for each type; those used here are common to all.
        <input
          {...common}
          type={(props.type ?? 'text') as 'text'}
          value={props.value}
          autoComplete={props.autocomplete}
        />
      )}
    </div>
  );
}

export type Choice = {
  value: string;
  label: string;
  /** How many things it would leave. */
  count?: number;
  hint?: string;
};

export type SelectProps = FieldProps & { options: Choice[]; value?: string | undefined };

export function Select(props: SelectProps) {
  const id = props.id ?? props.name;
  return (
    <div class={fieldClass(props.error)}>
      <label for={id}>
        <LabelWords {...props} />
      </label>
      <Notes id={id} field={props} />
      <select
        class="input"
        id={id}
        name={props.name}
        aria-describedby={describedBy(id, props)}
        aria-invalid={props.error ? 'true' : undefined}
      >
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === props.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

export type ChoicesProps = FieldProps & { options: Choice[]; values: string[] };

/** Several of many. */
export const Checkboxes = (props: ChoicesProps) => <ChoiceGroup type="checkbox" {...props} />;

/** One of a few. */
export const RadioGroup = ({ value, ...props }: FieldProps & { options: Choice[]; value?: string }) => (
  <ChoiceGroup type="radio" {...props} values={value === undefined ? [] : [value]} />
);

function ChoiceGroup(props: ChoicesProps & { type: 'checkbox' | 'radio' }) {
  const id = props.id ?? props.name;
  return (
    <fieldset class={fieldClass(props.error)} id={id} aria-describedby={describedBy(id, props)}>
      <legend>
        <LabelWords {...props} />
      </legend>
      <Notes id={id} field={props} />
      {props.options.map((option) => (
        <div class="choice">
          <input
            type={props.type}
            id={`${id}-${option.value}`}
            name={props.name}
            value={option.value}
            checked={props.values.includes(option.value)}
          />
          <label for={`${id}-${option.value}`}>
            {option.label}
            {option.count === undefined ? null : <span class="count"> {option.count}</span>}
            {option.hint ? <span class="hint"> {option.hint}</span> : null}
          </label>
        </div>
      ))}
    </fieldset>
  );
}
