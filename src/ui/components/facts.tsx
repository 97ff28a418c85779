// Facts: big figures with unit, date and source; rows of small ones; lists of definitions.

import type { ComponentChildren } from 'preact';

export type Fact = {
  label: ComponentChildren;
  value: ComponentChildren;
  unit?: ComponentChildren;
  /** The value is a word or a date: in the size of text. */
  words?: boolean;
  /** Date, age and source; `AgeNote` and `SourceNote` fit here. */
  about?: ComponentChildren;
};

/** A few figures that answer the question of the page. */
export const Facts = ({ items }: { items: Fact[] }) => (
  <dl class="facts">
    {items.map((item) => (
      <div>
        <dt>{item.label}</dt>
        <dd class={item.words ? 'fact-value is-words' : 'fact-value'}>
          {item.value}
          {item.unit ? <small> {item.unit}</small> : null}
        </dd>
        {item.about ? <dd class="about">{item.about}</dd> : null}
      </div>
    ))}
  </dl>
);

/** Small figures in one line: `144 initiatives   5 in progress`. */
export const StatRow = ({ items }: { items: { value: ComponentChildren; label: ComponentChildren }[] }) => (
  <ul class="stat-row">
    {items.map((item) => (
      <li>
        <b>{item.value}</b> {item.label}
      </li>
    ))}
  </ul>
);

/** Terms and what they are, side by side where there is room. */
export const DefinitionList = ({
  items,
}: {
  items: { term: ComponentChildren; description: ComponentChildren }[];
}) => (
  <dl class="definitions">
    {items.map((item) => (
      <div>
        <dt>{item.term}</dt>
        <dd>{item.description}</dd>
      </div>
    ))}
  </dl>
);
