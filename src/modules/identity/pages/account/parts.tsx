// What the pages of an account share: the reader's language and clock, dates, one-button forms, answers.

import type { ComponentChildren } from 'preact';
import type { House } from '../../../../core/house.ts';
import type { View } from '../../../../core/module.ts';
import { type Language, say, type Text } from '../../../../core/texts.ts';
import {
  Button,
  formatDate,
  formatShortDate,
  Notice,
  PageHeader,
  type PageHeaderProps,
} from '../../../../ui/index.ts';
import { minuteIn } from '../../rules/index.ts';
import type { Passkey } from '../../schema.ts';
import { accountPhrases, accountTexts } from '../../texts/index.ts';

/** Pages that change how one signs in ask who it is again after this time. */
export const freshSeconds = 600;

/** In whose language and by which clock a page is written. */
export type Reader = { language: Language; timeZone: string; city: Text; t(text: Text): string };

export const readerOf = ({ edition }: Pick<House, 'edition'>, language: Language): Reader => ({
  language,
  timeZone: edition.timeZone,
  city: edition.name,
  t: (text) => say(text, language),
});

/** Address of a page of the account. */
export const hrefOf = ({ language }: Reader, path = ''): string => `/${language}/account${path}`;

const wordsAt = (at: Date, timeZone: string): Text => {
  const minute = minuteIn(at, timeZone);
  return { en: formatDate(minute, 'en'), tc: formatDate(minute, 'tc') };
};

/** An instant in words of both languages, for sentences. */
export const instantText = ({ timeZone }: Reader, at: Date): Text => wordsAt(at, timeZone);

type WhenProps = { at: Date | string; reader: Reader; short?: boolean };

/** An instant to the minute, by the clock of the city; `short` in tables. A line may end before the time. */
export const When = ({ at, reader, short = false }: WhenProps) => {
  const instant = new Date(at);
  const { language, timeZone } = reader;
  const words = (short ? formatShortDate : formatDate)(minuteIn(instant, timeZone), language);
  const clockAt = words.lastIndexOf(' ');
  return (
    <time datetime={instant.toISOString()}>
      <span>{words.slice(0, clockAt)}</span> <span>{words.slice(clockAt + 1)}</span>
    </time>
  );
};

const clockWords = ({ t, city }: Reader): string => t(accountPhrases.timesOf(city));

/** Caption of a table: its name for those who do not see the heading above, and the clock of its times. */
export const Caption = ({ reader, name }: { reader: Reader; name: Text }) => (
  <>
    <span class="hidden-text">{reader.t(name)}. </span>
    {clockWords(reader)}
  </>
);

/** Says by which clock the times of a page without a table are. */
export const ClockNote = ({ reader }: { reader: Reader }) => <p class="source">{clockWords(reader)}</p>;

/** A passkey as its owner calls it, or by its date. */
export const labelOf = (reader: Reader, { label, createdAt }: Passkey): string =>
  label || reader.t(accountPhrases.passkeyOf(instantText(reader, createdAt)));

export type PostButtonProps = {
  action: string;
  label: string;
  fields?: Record<string, string>;
  quiet?: boolean;
  danger?: boolean;
  /** What the button is about, where its own words do not say it. */
  about?: string;
};

/** A form of one button. */
export const PostButton = ({ action, label, fields = {}, ...look }: PostButtonProps) => (
  <form method="post" action={action}>
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <Button label={label} {...look} />
  </form>
);

type DoneProps = { reader: Reader; title: Text; children?: Text | undefined };

/** Tells what has just been done. */
export const Done = ({ reader, title, children }: DoneProps) => (
  <div role="status">
    <Notice kind="information" language={reader.language} title={reader.t(title)}>
      {children === undefined ? null : reader.t(children)}
    </Notice>
  </div>
);

export type AccountPage = Omit<PageHeaderProps, 'kicker'> & {
  reader: Reader;
  /** What has just been done. */
  done?: ComponentChildren;
  /** Pages between the account and this one. */
  above?: { label: string; href: string }[];
  children?: ComponentChildren;
};

/** A page below the account. */
export function accountView({ reader, done, above = [], children, ...header }: AccountPage): View {
  return {
    title: header.title,
    noIndex: true,
    breadcrumbs: [{ label: reader.t(accountTexts.account), href: hrefOf(reader) }, ...above],
    main: (
      <>
        <PageHeader {...header} />
        {done}
        {children}
      </>
    ),
  };
}

/** Sends the reader on after something was done. */
export const goTo = (href: string, cookies?: readonly string[]): View => ({
  title: '',
  main: null,
  redirect: href,
  ...(cookies === undefined ? {} : { cookies }),
});
