// What the pages of officers share: the frame, names of departments and roles, forms that may be refused.

import type { ComponentChildren } from 'preact';
import type { Actor } from '../../../../core/access.ts';
import { LamppostError } from '../../../../core/errors.ts';
import type { View } from '../../../../core/module.ts';
import type { Text } from '../../../../core/texts.ts';
import {
  type Choice,
  ErrorSummary,
  formatDate,
  PageHeader,
  type PageHeaderProps,
} from '../../../../ui/index.ts';
import { minuteIn } from '../../rules/index.ts';
import type { Department } from '../../schema.ts';
import { officerTexts, roleWords } from '../../texts/index.ts';
import type { Reader } from '../account/parts.tsx';

/** Address of a page of officers. */
export const officersHref = ({ language }: Reader, path = ''): string => `/${language}/officers${path}`;

/** A role in words. */
export const roleText = (role: string): Text => roleWords[role] ?? { en: role, tc: role };

/** The day of an instant by the clock of the city; lists need no minutes. */
export const Day = ({ at, reader: { language, timeZone } }: { at: Date; reader: Reader }) => (
  <time datetime={at.toISOString()}>{formatDate(minuteIn(at, timeZone).slice(0, 10), language)}</time>
);

/** Begins with a capital where the language has them: words of roles stand in sentences, too. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** What was done, or why it was refused. */
export type Tried<Done> = { done: Done } | { error: LamppostError };

const shownKinds = ['invalid', 'conflict', 'too-many'];

/** Runs what a form asks for. */
export async function attempt<Done>(work: () => Promise<Done>): Promise<Tried<Done>> {
  try {
    return { done: await work() };
  } catch (error) {
    if (error instanceof LamppostError && shownKinds.includes(error.kind)) return { error };
    throw error;
  }
}

type TroubleProps = { reader: Reader; error: LamppostError | undefined };

/** Why a form was refused; leads to the fields at fault. */
export function Trouble({ reader: { t, language }, error }: TroubleProps) {
  if (error === undefined) return null;
  const problems =
    error.fields.length === 0
      ? [{ message: t(error.publicMessage) }]
      : error.fields.map(({ field, message }) => ({ message: t(message), fieldId: field }));
  return <ErrorSummary language={language} problems={problems} />;
}

/** What is wrong with one field. */
export function fieldError({ t }: Reader, error: LamppostError | undefined, field: string) {
  const found = error?.fields.find((one) => one.field === field);
  return found && t(found.message);
}

/** Departments to choose from. */
export const departmentChoices = ({ t }: Reader, departments: readonly Department[]): Choice[] =>
  departments.map(({ id, name }) => ({ value: id, label: t(name) }));

/** Departments in which the actor may do it. */
export const departmentsWhere = (
  departments: readonly Department[],
  may: (resource: { department: string }) => boolean,
): Department[] => departments.filter(({ id }) => may({ department: id }));

/** Whose name is shown: that of the reader, of another, or of who told none. */
export const personText = ({ t }: Reader, actor: Actor, person: { id: string; name?: string }): string => {
  const name = person.name ?? t(officerTexts.noName);
  return person.id === actor.id ? `${name} (${t(officerTexts.you)})` : name;
};

export type OfficerPage = Omit<PageHeaderProps, 'kicker'> & {
  reader: Reader;
  error?: LamppostError | undefined;
  /** What has just been done. */
  done?: ComponentChildren;
  /** Pages between the officers and this one. */
  above?: { label: string; href: string }[];
  /** The page stands at the top itself. */
  top?: boolean;
  children?: ComponentChildren;
};

/** A page below the officers. */
export function officerView({
  reader,
  error,
  done,
  above = [],
  top,
  children,
  ...header
}: OfficerPage): View {
  const root = { label: reader.t(officerTexts.officers), href: officersHref(reader) };
  return {
    title: header.title,
    noIndex: true,
    ...(error === undefined ? {} : { status: error.status, headers: error.headers }),
    breadcrumbs: top ? [] : [root, ...above],
    main: (
      <>
        <PageHeader kicker={reader.t(officerTexts.officers)} {...header} />
        <Trouble reader={reader} error={error} />
        {done}
        {children}
      </>
    ),
  };
}
