// People: made, read, verified and erased; names and card numbers are sealed.

import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { query, sql, sqlStateOf, type Transaction } from '../../../core/database/index.ts';
import { conflict, invalid, notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { forget, record } from '../../receipts/index.ts';
import { open, seal } from '../rules/sealing.ts';
import type { Assurance, CardRule, IdentityEdition, Person } from '../schema.ts';
import { peopleTexts } from '../texts/people.ts';
import { recordOwn } from './acts.ts';
import { refuseLastAdministrator } from './appointments.ts';
import { endSessions } from './ending.ts';
import { leaveOffices } from './leaving.ts';
import { notify } from './notices.ts';
import { getKeys, getRandomSecret } from './secrets.ts';

/** Context in which the name of a person is sealed. */
export const nameContext = (id: string): string => `person.name:${id}`;
/** Context in which the card number of a person is sealed. */
export const cardContext = (id: string): string => `person.card:${id}`;

const unknownPerson = () => notFound('unknown-person', peopleTexts.unknownPerson);

/** How the city writes the numbers of its cards; undefined when it has none. */
export const cardRuleOf = ({ edition }: House): CardRule | undefined =>
  (edition.data.identity as IdentityEdition | undefined)?.card;

type PersonRow = {
  id: string;
  handle: Buffer;
  nameSealed: Buffer | null;
  language: string;
  assurance: Assurance;
  verifiedAt: Date | null;
  cardSealed: Buffer | null;
  createdAt: Date;
};

const columns = `id, handle, name_sealed as "nameSealed", language, assurance, verified_at as "verifiedAt",
  card_sealed as "cardSealed", created_at as "createdAt"`;

async function personOf(house: House, row: PersonRow): Promise<Person> {
  const { nameSealed, verifiedAt, cardSealed, ...plain } = row;
  const keys = await getKeys(house);
  const rule = cardRuleOf(house);
  const name = nameSealed && open(keys, nameSealed, nameContext(row.id)).toString();
  const card = cardSealed && rule?.mask(open(keys, cardSealed, cardContext(row.id)).toString());
  return {
    ...plain,
    ...(name === null ? {} : { name }),
    ...(verifiedAt === null ? {} : { verifiedAt }),
    ...(card ? { maskedCard: card } : {}),
  };
}

/** What registration knows of a new person. */
export type NewPerson = { handle: Buffer; name?: string | undefined; language: string };

/** Makes a person, and the act `identity.registered`. */
export async function createPerson(tx: Transaction, house: House, given: NewPerson): Promise<Person> {
  const id = randomUUID();
  const name = given.name ? seal(await getKeys(house), given.name, nameContext(id)) : null;
  const { rows } = await sql<PersonRow>`
    insert into identity.person (id, handle, pseudonym_key, name_sealed, language, created_at)
    values (${id}, ${given.handle}, ${randomBytes(32)}, ${name}, ${given.language}, ${house.clock.now()})
    returning ${sql.raw(columns)}`.execute(tx);
  await recordOwn(tx, house, { topic: 'identity.registered', personId: id });
  return personOf(house, rows[0]!);
}

/** The person, or undefined. */
export async function findPerson(house: House, id: string): Promise<Person | undefined> {
  const [row] = await query<PersonRow>(house.database, {
    name: 'identity-person',
    text: `select ${columns} from identity.person where id = $1`,
    values: [id],
  });
  return row && personOf(house, row);
}

/** The person. Throws not-found `unknown-person`. */
export async function getPerson(house: House, id: string): Promise<Person> {
  const person = await findPerson(house, id);
  if (person === undefined) throw unknownPerson();
  return person;
}

async function cardDigest(house: House, number: string): Promise<Buffer> {
  const key = await getRandomSecret(house, 'card-digest');
  return createHmac('sha256', key).update(number).digest();
}

/** The person with this card number, however it is written. */
export async function findPersonByCard(house: House, number: string): Promise<Person | undefined> {
  const parsed = cardRuleOf(house)?.parse(number);
  if (parsed === undefined) return undefined;
  const [row] = await query<PersonRow>(house.database, {
    text: `select ${columns} from identity.person where card_digest = $1`,
    values: [await cardDigest(house, parsed)],
  });
  return row && personOf(house, row);
}

/** A name of null is removed. */
export type PersonChange = { id: string; name?: string | null | undefined; language?: string | undefined };

/** Changes what is given. Throws not-found `unknown-person`. */
export async function updatePerson(tx: Transaction, house: House, change: PersonChange): Promise<void> {
  const { id, name, language } = change;
  const sealed = name ? seal(await getKeys(house), name, nameContext(id)) : null;
  const { numAffectedRows } = await sql`update identity.person set
      name_sealed = case when ${name !== undefined}::boolean then ${sealed}::bytea else name_sealed end,
      language = coalesce(${language ?? null}, language)
    where id = ${id}`.execute(tx);
  if (numAffectedRows === 0n) throw unknownPerson();
}

/** How well a person is known now; `by` is the officer, absent when a service verified remotely. */
export type Verification = {
  id: string;
  assurance: Assurance;
  /** However it is written. */
  card?: string | undefined;
  at: Date;
  by?: string | undefined;
  department?: string | undefined;
};

async function sealCard(house: House, id: string, text: string): Promise<{ sealed: Buffer; digest: Buffer }> {
  const rule = cardRuleOf(house);
  if (rule === undefined) throw invalid('no-card-here', peopleTexts.noCard);
  const number = rule.parse(text);
  if (number === undefined) {
    const fields = [{ field: 'card', message: peopleTexts.wrongCard }];
    throw invalid('wrong-card-number', peopleTexts.wrongCard, { fields });
  }
  const sealed = seal(await getKeys(house), number, cardContext(id));
  return { sealed, digest: await cardDigest(house, number) };
}

/**
 * Records that a person was verified, with the act `identity.verified`. Throws conflict `card-known` when
 * another person has the card, invalid `wrong-card-number`, not-found `unknown-person`.
 */
export async function setVerified(tx: Transaction, house: House, given: Verification): Promise<void> {
  const { id, assurance, at } = given;
  const card = given.card === undefined ? undefined : await sealCard(house, id, given.card);
  const { numAffectedRows } =
    await sql`update identity.person set assurance = ${assurance}, verified_at = ${at},
      card_sealed = coalesce(${card?.sealed ?? null}::bytea, card_sealed),
      card_digest = coalesce(${card?.digest ?? null}::bytea, card_digest)
    where id = ${id}`
      .execute(tx)
      .catch((error: unknown) => {
        const isTaken = sqlStateOf(error) === '23505';
        throw isTaken ? conflict('card-known', peopleTexts.cardKnown) : error;
      });
  if (numAffectedRows === 0n) throw unknownPerson();
  await record(tx, {
    topic: 'identity.verified',
    subject: id,
    ...(given.by === undefined ? {} : { actor: given.by }),
    details: { assurance, ...(given.department === undefined ? {} : { department: given.department }) },
    occurredAt: house.clock.now(),
  });
  await notify(tx, house, { personId: id, kind: 'verified', details: { assurance } });
}

/** Keeps other changes of the person waiting until the transaction ends. */
export async function lockPerson(tx: Transaction, id: string): Promise<void> {
  const { rows } = await sql`select from identity.person where id = ${id} for update`.execute(tx);
  if (rows.length === 0) throw unknownPerson();
}

/**
 * Erases a person with all that is theirs: sessions, tokens, passkeys, uses of services, and what is kept of
 * the acts about them. Throws conflict for the last administrator.
 */
export async function erasePerson(tx: Transaction, house: House, id: string): Promise<void> {
  await refuseLastAdministrator(tx, house, id);
  await endSessions(tx, { personId: id });
  await leaveOffices(tx, house, id);
  const { numAffectedRows } = await sql`delete from identity.person where id = ${id}`.execute(tx);
  if (numAffectedRows === 0n) throw unknownPerson();
  await forget(tx, id);
  knownKeys.get(house.database)?.delete(id);
}

/** Keys of pseudonyms never change, so what was read stays true; the oldest make room. */
const mostKnownKeys = 10_000;
const knownKeys = new WeakMap<object, Map<string, Buffer>>();

async function pseudonymKey({ database }: House, personId: string): Promise<Buffer> {
  const known = knownKeys.get(database) ?? new Map<string, Buffer>();
  knownKeys.set(database, known);
  const earlier = known.get(personId);
  if (earlier !== undefined) return earlier;
  const [row] = await query<{ key: Buffer }>(database, {
    name: 'identity-pseudonym-key',
    text: 'select pseudonym_key as key from identity.person where id = $1',
    values: [personId],
  });
  if (row === undefined) throw unknownPerson();
  if (known.size >= mostKnownKeys) known.delete(known.keys().next().value!);
  known.set(personId, row.key);
  return row.key;
}

/**
 * What a person is called in a sector: the same each time there, and unlinkable to any other sector without
 * the person's key (OpenID Connect Core 1.0, section 8.1).
 */
export async function pseudonym(house: House, personId: string, sector: string): Promise<string> {
  const key = await pseudonymKey(house, personId);
  return createHmac('sha256', key).update(sector).digest('base64url');
}
