// The desk: the code that a person reads out, and the officer who verifies with it who the person is.

import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '../../../core/access.ts';
import { inTransaction, sql, type Transaction } from '../../../core/database/index.ts';
import { conflict, type FieldProblem, invalid, notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import {
  type DeskCheck,
  deskCodeMinutes,
  deskLetters,
  deskVisitMinutes,
  hasAllChecks,
  identityEditionOf,
  parseSpokenCode,
  spokenCode,
} from '../rules/index.ts';
import { problemWords } from '../texts/officers.ts';
import { recordAccess } from './accesses.ts';
import { countAttempt } from './attempts.ts';
import { getPerson } from './people.ts';
import { getRandomSecret } from './secrets.ts';
import { verifyPerson } from './verifying.ts';

const minutesMs = 60_000;

/** A code this short can be tried out by who has its bare digest: so it is a keyed one. */
async function digestOfCode(house: House, code: string): Promise<Buffer> {
  return createHmac('sha256', await getRandomSecret(house, 'desk-codes'))
    .update(code)
    .digest();
}

/** A code for the person to read out at a desk, good for ten minutes; those before are void. */
export async function createDeskVisit(
  transaction: Transaction,
  house: House,
  personId: string,
): Promise<{ code: string; expiresAt: Date }> {
  const at = house.clock.now();
  const code = spokenCode(randomBytes(deskLetters));
  const expiresAt = new Date(at.getTime() + deskCodeMinutes * minutesMs);
  const digest = await digestOfCode(house, parseSpokenCode(code, deskLetters)!);
  await sql`update identity.desk_visit set expires_at = ${at}
    where person_id = ${personId} and taken_at is null and expires_at > ${at}`.execute(transaction);
  await sql`insert into identity.desk_visit (id, code_digest, person_id, created_at, expires_at)
    values (${randomUUID()}, ${digest}, ${personId}, ${at}, ${expiresAt})`.execute(transaction);
  return { code, expiresAt };
}

const wrongCode = () =>
  invalid('wrong-desk-code', problemWords.wrongDeskCode, {
    fields: [{ field: 'code', message: problemWords.wrongDeskCode }],
  });

/**
 * Begins a visit with the code that the person read out; returns its id. Throws forbidden, invalid for a code
 * that is wrong, used or too old, too-many, conflict for one's own code.
 */
export async function takeDeskCode(
  house: House,
  actor: Actor,
  { code: text, department }: { code: string; department: string },
): Promise<string> {
  house.access.require(actor, 'identity.verify-person', { department });
  await countAttempt(house, { scope: 'desk-code', key: actor.id, limit: 20, windowSeconds: 600 });
  const code = parseSpokenCode(text, deskLetters);
  if (code === undefined) throw wrongCode();
  const digest = await digestOfCode(house, code);
  const at = house.clock.now();
  return inTransaction(house.database, async (transaction) => {
    const { rows } = await sql<{ id: string; person: string }>`
      update identity.desk_visit set taken_by = ${actor.id}, department_id = ${department}, taken_at = ${at}
      where code_digest = ${digest} and taken_at is null and expires_at > ${at}
      returning id, person_id as person`.execute(transaction);
    if (rows[0] === undefined) throw wrongCode();
    const { id, person } = rows[0];
    if (person === actor.id) throw conflict('own-desk-code', problemWords.ownDeskCode);
    await recordAccess(transaction, actor, {
      ...{ person, department, at },
      role: house.access.roleFor(actor, 'identity.verify-person', { department }),
      ...{ purpose: 'verify-identity', fields: ['name'] },
    });
    return id;
  });
}

/** A person at the desk, as the officer may see them: what they told of themselves, and nothing else. */
export type DeskVisit = { id: string; department: string; name?: string };

type VisitRow = { id: string; department: string; person: string };

const openVisit = (
  { house, actor, id }: { house: House; actor: Actor; id: string },
  from: House['database'] | Transaction,
) =>
  sql<VisitRow>`select id, department_id as department, person_id as person from identity.desk_visit
    where id = ${id} and taken_by = ${actor.id} and done_at is null
      and taken_at > ${new Date(house.clock.now().getTime() - deskVisitMinutes * minutesMs)}
    for update`.execute(from);

const visitOver = () => notFound('desk-visit-over', problemWords.deskVisitOver);

/** The visit that this officer began. Throws not-found when it is over, forbidden when the role is. */
export async function getDeskVisit(house: House, actor: Actor, id: string): Promise<DeskVisit> {
  const [visit] = (await openVisit({ house, actor, id }, house.database)).rows;
  if (visit === undefined) throw visitOver();
  house.access.require(actor, 'identity.verify-person', { department: visit.department });
  const { name } = await getPerson(house, visit.person);
  return { id, department: visit.department, ...(name === undefined ? {} : { name }) };
}

/** What the officer read on the card, and looked at. */
export type DeskFinding = {
  id: string;
  card?: string | undefined;
  name?: string | undefined;
  checks: readonly DeskCheck[];
};

/** The finding as it can be kept; throws invalid that names every field at fault. */
function readFinding({ edition }: House, { card = '', name = '', checks }: DeskFinding) {
  const rule = identityEditionOf(edition).card;
  const isCard = rule === undefined || rule.parse(card) !== undefined;
  const written = name.trim().replace(/\s+/g, ' ');
  const fields: FieldProblem[] = [];
  if (!isCard) {
    const message = card === '' ? problemWords.cardMissing : problemWords.wrongCardNumber(rule.example);
    fields.push({ field: 'card', message });
  }
  if (written === '') fields.push({ field: 'name', message: problemWords.nameMissing });
  if (!hasAllChecks(checks)) fields.push({ field: 'checks', message: problemWords.checksMissing });
  const [first] = fields;
  if (!isCard) throw invalid('wrong-card-number', first!.message, { fields });
  if (first !== undefined) throw invalid('desk-incomplete', first.message, { fields });
  return { name: written, card: rule === undefined ? undefined : card };
}

/**
 * Records that the person at the desk is who the card says. Throws invalid for a number that is none or a
 * check that was left out, conflict for a card of another account: that is an act too.
 */
export async function finishDeskVisit(house: House, actor: Actor, finding: DeskFinding): Promise<void> {
  const { id } = finding;
  const { card, name } = readFinding(house, finding);
  const { department } = await getDeskVisit(house, actor, id);
  const [begun] = (await openVisit({ house, actor, id }, house.database)).rows;
  if (begun === undefined) throw visitOver();
  const by = { by: actor.id, department };
  const verifying = { id: begun.person, assurance: 'verified-at-desk' as const, card, name, ...by };
  await verifyPerson(house, verifying, async (transaction) => {
    const [visit] = (await openVisit({ house, actor, id }, transaction)).rows;
    if (visit === undefined) throw visitOver();
    await sql`update identity.desk_visit set done_at = ${house.clock.now()} where id = ${id}`.execute(
      transaction,
    );
  });
}
