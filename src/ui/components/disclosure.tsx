// Something that opens and closes without JavaScript.

import type { ComponentChildren } from 'preact';

export const Disclosure = (props: { summary: string; children: ComponentChildren; open?: boolean }) => (
  <details class="disclosure" open={props.open}>
    <summary>{props.summary}</summary>
    <div>{props.children}</div>
  </details>
);
