// What holds fields together: buttons, the filter form, the summary of errors.

import type { ComponentChildren } from 'preact';
import type { Language } from '../../core/texts.ts';
import { word } from '../texts.ts';

export type ButtonProps = {
  label: string;
  /** A link that looks like a button; without it, a button that submits. */
  href?: string;
  quiet?: boolean;
  /** Ends or deletes something that does not come back. */
  danger?: boolean;
  disabled?: boolean;
  name?: string;
  value?: string;
  /** What it is about, for those who do not see what stands beside it. */
  about?: string | undefined;
};

export const Button = ({ label, href, quiet, danger, disabled, name, value, about }: ButtonProps) => {
  const look = danger ? 'button button-danger' : quiet ? 'button button-quiet' : 'button';
  return href ? (
    <a class={look} href={href}>
      {label}
    </a>
  ) : (
    <button class={look} type="submit" disabled={disabled} name={name} value={value}>
      {label}
      {about === undefined ? null : <span class="hidden-text"> {about}</span>}
    </button>
  );
};

export type FilterFormProps = {
  action: string;
  language: Language;
  /** Fields: `Checkboxes`, `Select`, `TextField`. */
  children: ComponentChildren;
  /** Where everything is cleared; shown only when given. */
  clearHref?: string | undefined;
  /** Side by side in the strong column instead of one under the other in the margin. */
  across?: boolean;
  label?: string;
  /** On a phone the fields wait behind a button; on a wide screen they are always there. */
  folded?: boolean;
};

const FilterBody = (props: FilterFormProps) => (
  <>
    <div class="groups">{props.children}</div>
    <div class="actions">
      <Button label={word('apply', props.language)} />
      {props.clearHref ? <a href={props.clearHref}>{word('clear', props.language)}</a> : null}
    </div>
  </>
);

/** A GET form: the filters stand in the address, which can be shared. */
export const FilterForm = (props: FilterFormProps) => (
  <form
    class={props.across ? 'filters filters-across' : 'filters'}
    action={props.action}
    method="get"
    aria-label={props.label ?? word('filters', props.language)}
  >
    {props.folded === undefined ? (
      <FilterBody {...props} />
    ) : (
      <details class="fold" open={!props.folded}>
        <summary>{word('filters', props.language)}</summary>
        <FilterBody {...props} />
      </details>
    )}
  </form>
);

export type ErrorSummaryProps = {
  language: Language;
  title?: string;
  /** `fieldId` is the id of the field at fault; without it the message stands alone. */
  problems: { message: string; fieldId?: string }[];
};

/** Stands above a form that could not be accepted; each line leads to its field. */
export const ErrorSummary = ({ language, title, problems }: ErrorSummaryProps) => (
  <div class="error-summary" role="alert">
    <h2>{title ?? word('problem', language)}</h2>
    <ul>
      {problems.map((problem) => (
        <li>{problem.fieldId ? <a href={`#${problem.fieldId}`}>{problem.message}</a> : problem.message}</li>
      ))}
    </ul>
  </div>
);
