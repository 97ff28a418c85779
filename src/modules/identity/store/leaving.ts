// An officer whose account is erased: the roles end, and so does what was asked for and not yet used.

import { sql, type Transaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { record } from '../../receipts/index.ts';
import { voidInvitations } from './invitations.ts';
import { withdrawProposals } from './proposals.ts';

/**
 * Ends every role of a person, takes back their proposals and makes void their invitations. The acts are
 * about the departments: what is about the person is erased with them.
 */
export async function leaveOffices(
  transaction: Transaction,
  { clock }: Pick<House, 'clock'>,
  personId: string,
): Promise<void> {
  const at = clock.now();
  const left = { by: personId, department: null, at };
  await withdrawProposals(transaction, left);
  await voidInvitations(transaction, left);
  const { rows } = await sql<{ department: string; role: string }>`
    update identity.appointment set ended_by = person_id, ended_at = ${at}
    where person_id = ${personId} and ended_at is null
    returning department_id as department, role`.execute(transaction);
  for (const { department, role } of rows) {
    await record(transaction, {
      topic: 'identity.role-ended',
      subject: department,
      details: { department, role, reason: 'account-erased' },
      occurredAt: at,
    });
  }
}
