// Island of forms that ask for a passkey: runs the ceremony when the form is sent, and says what went wrong.

/** WebAuthn Level 3, 5.1.3 and 5.1.4: the words an island may say. */
type Words = Record<'working' | 'waiting' | 'cancelled' | 'known' | 'unable' | 'failed', string>;

type DescriptorJson = { id: string; type: 'public-key'; transports?: string[] };
type OptionsJson = {
  challenge: string;
  user?: { id: string; name: string; displayName: string };
  excludeCredentials?: DescriptorJson[];
  allowCredentials?: DescriptorJson[];
};

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const withBytes = (list: DescriptorJson[] = []) => list.map((one) => ({ ...one, id: bytesOf(one.id) }));

/** Written out by hand: password managers and browsers before 2025 cannot do it themselves. */
function optionsOf(json: OptionsJson, name: string | undefined): Record<string, unknown> {
  const { challenge, user, excludeCredentials, allowCredentials } = json;
  const own = name ? { name, displayName: name } : {};
  return {
    ...json,
    challenge: bytesOf(challenge),
    ...(user ? { user: { ...user, ...own, id: bytesOf(user.id) } } : {}),
    excludeCredentials: withBytes(excludeCredentials),
    allowCredentials: withBytes(allowCredentials),
  };
}

const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];

/** RegistrationResponseJSON or AuthenticationResponseJSON of WebAuthn Level 3, 5.1. */
function answerOf(credential: PublicKeyCredential): string {
  const given = credential.response as unknown as Record<string, ArrayBuffer | null | undefined>;
  const response: Record<string, unknown> = {};
  for (const part of parts) {
    const bytes = given[part];
    if (bytes) response[part] = textOf(bytes);
  }
  const transports = (credential.response as AuthenticatorAttestationResponse).getTransports?.();
  return JSON.stringify({
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults?.() ?? {},
    response: transports ? { ...response, transports } : response,
  });
}

const wordOf = (error: unknown): keyof Words => {
  const name = (error as Error | undefined)?.name;
  if (name === 'NotAllowedError' || name === 'AbortError') return 'cancelled';
  if (name === 'InvalidStateError') return 'known';
  return name === 'NotSupportedError' || name === 'ConstraintError' ? 'unable' : 'failed';
};

async function ask(form: HTMLFormElement, signal: AbortSignal): Promise<string> {
  const name = form.querySelector<HTMLInputElement>('input[name="name"]')?.value.trim();
  const publicKey = optionsOf(JSON.parse(form.dataset.options ?? '{}') as OptionsJson, name);
  const request = { publicKey, signal } as unknown as CredentialCreationOptions & CredentialRequestOptions;
  const { credentials } = navigator;
  const credential = await (form.dataset.passkey === 'create'
    ? credentials.create(request)
    : credentials.get(request));
  return answerOf(credential as PublicKeyCredential);
}

function enliven(form: HTMLFormElement): void {
  const words = JSON.parse(form.dataset.words ?? '{}') as Words;
  const state = form.querySelector<HTMLElement>('[role="status"]');
  const answer = form.querySelector<HTMLInputElement>('input[name="response"]');
  let asking: AbortController | undefined;
  const tell = (word: keyof Words) => {
    form.dataset.state = word;
    if (state) state.textContent = words[word];
  };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (!answer || answer.value !== '') return;
    if (!window.PublicKeyCredential) return tell('unable');
    // Pressed again: the window of the device may have vanished without a word.
    asking?.abort();
    const own = new AbortController();
    asking = own;
    tell('working');
    const patience = setTimeout(() => tell('waiting'), 20_000);
    try {
      answer.value = await ask(form, own.signal);
      form.submit();
    } catch (error) {
      if (asking === own) tell(wordOf(error));
    } finally {
      clearTimeout(patience);
    }
  });
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) enliven(form);

for (const button of document.querySelectorAll<HTMLElement>('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

// A challenge is good once: a page that comes back out of the browser's memory needs a new one.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
