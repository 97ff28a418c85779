// A resident with a passkey in a browser: signs in, agrees or refuses, as the pages ask for it.

import { inTransaction } from '../../../src/core/database/index.ts';
import { beginRegistration, finishRegistration } from '../../../src/modules/identity/protocols/passkeys.ts';
import {
  addPasskey,
  createPerson,
  getPerson,
  revokePasskey,
} from '../../../src/modules/identity/store/index.ts';
import { addDevice } from '../identity-house.ts';
import { createSoftAuthenticator, type SoftAuthenticator } from '../passkey.ts';
import type { City } from './city.ts';
import type { Form } from './forms.ts';
import { type Answer, formsOf, Visitor } from './visitor.ts';

export type Decisions = {
  /** At the page that asks for consent; default true. */
  agrees?: boolean;
  /** Called with every page on the way. */
  onPage?: (page: Answer) => void;
};

/** The form with which a passkey is made or used. */
export const passkeyForm = (page: Answer, kind: 'get' | 'create'): Form | undefined =>
  formsOf(page.body).find(({ attributes }) => attributes['data-passkey'] === kind);

export class Resident {
  readonly browser: Visitor;
  /** What they use now. */
  passkey: SoftAuthenticator;
  readonly #origin: string;

  constructor(
    city: City,
    passkey?: SoftAuthenticator,
    /** Id of the person; empty until they have registered. */
    readonly personId = '',
  ) {
    this.#origin = city.origin;
    this.browser = new Visitor();
    this.passkey = passkey ?? createSoftAuthenticator(city.origin);
  }

  /** The same person with the same passkey at another browser. */
  elsewhere(city: City): Resident {
    return new Resident(city, this.passkey, this.personId);
  }

  /** Answers the passkey form of a page. */
  async prove(page: Answer, kind: 'get' | 'create', fields: Record<string, string> = {}): Promise<Answer> {
    const form = passkeyForm(page, kind);
    if (!form) throw new Error(`no passkey form on ${page.url}: ${page.status} ${wordsOf(page)}`);
    const options = JSON.parse(form.attributes['data-options'] ?? '{}') as object;
    const response = await this.passkey[kind](options);
    return this.browser.submit(page, form, { ...fields, response });
  }

  /** Goes to an address and does what the pages ask for, until it is sent outside; gives where to. */
  async walk(url: string | URL, decisions: Decisions = {}): Promise<URL> {
    const isOutside = (address: string) => new URL(address).origin !== this.#origin;
    let page = await this.browser.ask(String(url));
    for (let steps = 0; steps < 8; steps += 1) {
      page = await this.browser.follow(page, isOutside);
      if (page.location !== undefined) return new URL(page.location);
      decisions.onPage?.(page);
      page = await this.#decide(page, decisions);
    }
    throw new Error(`still at ${page.url}`);
  }

  /** Like `walk`, for what ends on a page of the city itself. */
  async walkHome(url: string | URL, decisions: Decisions = {}): Promise<Answer> {
    let page = await this.browser.follow(await this.browser.ask(String(url)));
    for (let steps = 0; steps < 8 && isAsking(page); steps += 1) {
      page = await this.browser.follow(await this.#decide(page, decisions));
    }
    return page;
  }

  async #decide(page: Answer, { agrees = true }: Decisions): Promise<Answer> {
    const puzzled = () => new Error(`what to do at ${page.url}? ${page.status} ${wordsOf(page)}`);
    if (page.status !== 200) throw puzzled();
    if (passkeyForm(page, 'get')) return this.prove(page, 'get');
    if (passkeyForm(page, 'create')) return this.prove(page, 'create');
    const form = stepForm(page, agrees ? 'consent' : 'refuse');
    if (!form) throw puzzled();
    return this.browser.submit(page, form);
  }
}

/** What a reader would see of a page. */
const wordsOf = ({ body }: Answer) =>
  body
    .replace(/^[\s\S]*<main/, '')
    .replace(/<[^>]*>|\s+/g, ' ')
    .slice(0, 400);

/** The form of a page that takes one step of a sign-in. */
export const stepForm = (page: Answer, step: string): Form | undefined =>
  formsOf(page.body).find(({ fields }) => fields.some(([name, value]) => name === 'step' && value === step));

const isAsking = (page: Answer): boolean =>
  page.status === 200 && ['sign-in', 'register', 'consent'].some((step) => stepForm(page, step));

type NewResident = {
  name?: string;
  /** The passkey may be copied to other devices. */
  isCopied?: boolean;
};

/** A registered person; their browser has not been here yet. */
export async function residentOf(
  city: City,
  { name, isCopied = false }: NewResident = {},
): Promise<Resident> {
  const { house, origin } = city;
  const passkey = createSoftAuthenticator(origin, { backedUp: isCopied });
  const { ceremonyId, options } = await beginRegistration(house, { binding: 'test' });
  const response = await passkey.create(options);
  const made = await finishRegistration(house, { ceremonyId, binding: 'test', response });
  const { id } = await inTransaction(house.database, async (transaction) => {
    const person = await createPerson(transaction, house, { handle: made.handle, name, language: 'en' });
    await addPasskey(transaction, house, { personId: person.id, passkey: made.passkey, label: 'A device' });
    return person;
  });
  return new Resident(city, passkey, id);
}

/** The person gets another device and revokes the passkey of the one that they have lost. */
export async function loseDevice({ house }: City, { personId, passkey }: Resident): Promise<void> {
  await addDevice(house, await getPerson(house, personId));
  const actor = { id: personId, acr: 'phrh', authenticatedAt: new Date(), roles: [] };
  await revokePasskey(house, actor, passkey.credentialId!);
}
