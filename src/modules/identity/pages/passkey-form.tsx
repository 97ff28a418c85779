// A form whose button asks the device for a passkey; the island `passkey` brings it to life.

import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import { type Language, say } from '../../../core/texts.ts';
import { Button, Notice } from '../../../ui/index.ts';
import { passkeyTexts } from '../texts/index.ts';

/** A ceremony that waits for the device, as `beginRegistration` and `beginAssertion` give it. */
export type Ceremony = { ceremonyId: string; options: object };

/** Fields that every such form sends; `response` is missing when no script ran. */
export const passkeyFields = {
  ceremonyId: z.uuid(),
  response: z.string().max(16_000).optional(),
};

export type PasskeyFormProps = {
  kind: 'create' | 'get';
  language: Language;
  action: string;
  ceremony: Ceremony;
  /** On the button. */
  label: string;
  /** Further fields that nobody sees. */
  hidden?: Record<string, string>;
  /** Fields above the button; one named `name` becomes the name that the device shows. */
  children?: ComponentChildren;
};

const islandWords = ['working', 'waiting', 'cancelled', 'known', 'unable', 'failed'] as const;

export function PasskeyForm({ kind, language, action, ceremony, label, hidden, children }: PasskeyFormProps) {
  const words = Object.fromEntries(islandWords.map((key) => [key, say(passkeyTexts[key], language)]));
  const fields = { ceremonyId: ceremony.ceremonyId, response: '', ...hidden };
  return (
    <form
      class="passkey-form"
      method="post"
      action={action}
      data-passkey={kind}
      data-options={JSON.stringify(ceremony.options)}
      data-words={JSON.stringify(words)}
    >
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
      <div class="actions">
        <Button label={label} />
      </div>
      <p class="passkey-state" role="status" />
      <noscript>
        <Notice kind="warning" language={language}>
          {say(passkeyTexts.noScript, language)}
        </Notice>
      </noscript>
    </form>
  );
}

/** Says why the form stands there again. */
export const PasskeyTrouble = ({
  language,
  code,
}: {
  language: Language;
  code: 'refused' | 'missing' | 'bound';
}) => (
  <div role="alert">
    <Notice kind="trouble" language={language}>
      {say(passkeyTexts[code], language)}
    </Notice>
  </div>
);
