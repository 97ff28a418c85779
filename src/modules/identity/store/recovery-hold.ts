// What a sign-in that came of a recovery code may not do yet, so that a thief cannot throw the owner out.

import type { Actor } from '../../../core/access.ts';
import { getSetting } from '../../../core/config.ts';
import { sql, type Transaction } from '../../../core/database/index.ts';
import { conflict } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { settings } from '../schema.ts';
import { peopleTexts } from '../texts/people.ts';

const hourMs = 3_600_000;

/** How long a recovery with a code waits, and how long what came of it is held back afterwards. */
export const recoveryWaitMs = ({ config }: Pick<House, 'config'>): number =>
  getSetting(config, settings, 'LAMPPOST_RECOVERY_WAIT_HOURS') * hourMs;

/** Whose sign-in: a request without a session counts as the newest passkey. */
export type HeldActor = Pick<Actor, 'id'> & { sessionId?: string | undefined };

type HoldRow = { doneAt: Date; way: string };

/**
 * Since when the actor's passkey is held back: it was made at the end of a recovery with a code or later,
 * that end is not older than the wait, and an earlier passkey is left whose owner may still object. Two
 * officers at a desk have looked at the person, so that theirs is not held.
 */
async function heldSince(tx: Transaction, house: House, actor: HeldActor): Promise<Date | undefined> {
  const { rows } = await sql<HoldRow>`
    select done_at as "doneAt", way from identity.recovery
    where person_id = ${actor.id} and state = 'done' and done_at <= coalesce((
      select passkey.created_at from identity.session
      join identity.passkey on passkey.id = session.passkey_id
      where session.id = ${actor.sessionId ?? null}::uuid and session.person_id = ${actor.id}
    ), 'infinity')
    order by done_at desc limit 1`.execute(tx);
  const [last] = rows;
  const isOver = last && last.doneAt.getTime() + recoveryWaitMs(house) <= house.clock.now().getTime();
  if (last === undefined || last.way !== 'code' || isOver) return undefined;
  const { rows: earlier } = await sql`select from identity.passkey
    where person_id = ${actor.id} and revoked_at is null and created_at < ${last.doneAt} limit 1`.execute(tx);
  return earlier.length === 0 ? undefined : last.doneAt;
}

const held = () => conflict('recovered-lately', peopleTexts.recoveredLately);

/** Throws conflict `recovered-lately` when the actor signed in with what came of a recent recovery. */
export async function refuseRecovered(tx: Transaction, house: House, actor: HeldActor): Promise<void> {
  if ((await heldSince(tx, house, actor)) !== undefined) throw held();
}

/** The same, only where this passkey of the actor is older than the recovery. */
export async function refuseForEarlier(
  tx: Transaction,
  house: House,
  { actor, passkeyId }: { actor: HeldActor; passkeyId: string },
): Promise<void> {
  const since = await heldSince(tx, house, actor);
  if (since === undefined) return;
  const { rows } = await sql`select from identity.passkey
    where id = ${passkeyId} and person_id = ${actor.id} and created_at < ${since}`.execute(tx);
  if (rows.length > 0) throw held();
}
