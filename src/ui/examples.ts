// What an example is: a named state of a component, used by the style page and by the tests.

import type { VNode } from 'preact';
import type { Language, Text } from '../core/texts.ts';

export type Example = {
  /** The state it shows. */
  name: string;
  render(language: Language): VNode;
};

export type ExampleSet = {
  /** The component or components. */
  name: string;
  /** When to use it, in one sentence. */
  about: Text;
  examples: Example[];
  /** Small things, shown side by side. */
  compact?: boolean;
};
