// Officers for tests: people who hold a role, as if it had been given to them by the book.

import type { Role } from '../../src/core/access.ts';
import { inTransaction } from '../../src/core/database/index.ts';
import type { House } from '../../src/core/house.ts';
import { grantRole } from '../../src/modules/identity/store/appointments.ts';
import { type Member, registerPerson } from './identity-house.ts';

/** The departments of the invented city; the first coordinates. */
export const harbour = 'harbour-office';
export const lamps = 'lamp-works';

/** Gives a role without asking anybody. */
export const give = (house: House, member: Member, held: { department: string; role: Role }) =>
  inTransaction(house.database, (transaction) =>
    grantRole(transaction, house, { person: member.person.id, ...held }),
  );

/** Registers somebody who holds the role. */
export async function registerOfficer(house: House, role: Role, department = harbour): Promise<Member> {
  const member = await registerPerson(house, { name: `Officer ${role}` });
  await give(house, member, { department, role });
  return member;
}
