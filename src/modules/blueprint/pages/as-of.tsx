// The day as of which a page is asked: its parameter, its form, and the words that say so.

import { FilterForm, Notice, TextField } from '../../../ui/index.ts';
import { asOfParameter } from '../schema/index.ts';
import { dayOf } from '../store/index.ts';
import { phrases, texts } from '../texts/index.ts';
import type { Reader } from './reader.tsx';

/** Adds `asOf` to an address when the reader looks at an earlier day. */
export const withAsOf = (path: string, asOf: string | undefined): string =>
  asOf === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}asOf=${encodeURIComponent(asOf)}`;

/** Says that the page shows an earlier day; nothing when it shows today. */
export const AsOfNotice = (props: { reader: Reader; asOf: string | undefined; todayHref: string }) =>
  props.asOf === undefined ? null : (
    <Notice
      kind="information"
      language={props.reader.language}
      title={props.reader.t(phrases.asOfNotice(props.reader.date(props.asOf)))}
    >
      <p>
        <a href={props.todayHref}>{props.reader.t(texts.backToToday)}</a>
      </p>
    </Notice>
  );

export { asOfParameter, dayOf };

/** Lets the reader choose the day. */
export const AsOfForm = (props: { reader: Reader; path: string; asOf: string | undefined }) => {
  const { reader, path, asOf } = props;
  return (
    <FilterForm
      action={reader.href(path)}
      language={reader.language}
      label={reader.t(texts.asOf)}
      clearHref={asOf === undefined ? undefined : reader.href(path)}
    >
      <TextField
        name="asOf"
        id="as-of"
        label={reader.t(texts.asOf)}
        language={reader.language}
        value={asOf}
        hint={reader.t(texts.asOfHint)}
        maxLength={10}
        short
      />
    </FilterForm>
  );
};
