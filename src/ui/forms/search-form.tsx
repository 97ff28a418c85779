// A search field with its button; works without JavaScript as a GET form.

import type { Language } from '../../core/texts.ts';
import { word } from '../texts.ts';

export type SearchFormProps = {
  /** Unique on the page. */
  id: string;
  action: string;
  language: Language;
  /** What was searched for. */
  value?: string;
  placeholder?: string;
  /** Name of the field; default `q`. */
  name?: string;
  /** What it searches, for those who cannot see it; default: this site. */
  label?: string;
  small?: boolean;
};

export function SearchForm(props: SearchFormProps) {
  const { id, action, language, value, placeholder, name = 'q', small = false } = props;
  return (
    <search class={small ? 'search-form search-small' : 'search-form'} aria-labelledby={`${id}-label`}>
      <form action={action} method="get">
        <label class="hidden-text" id={`${id}-label`} for={id}>
          {props.label ?? word('searchSite', language)}
        </label>
        <input
          class="input"
          id={id}
          name={name}
          type="search"
          value={value}
          placeholder={placeholder}
          maxlength={200}
        />
        <button class="button" type="submit">
          {word('search', language)}
        </button>
      </form>
    </search>
  );
}
