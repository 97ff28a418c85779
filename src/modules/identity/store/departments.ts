// Departments: those of the edition, and those that were and are closed.

import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { inTransaction, sql } from '../../../core/database/index.ts';
import { notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { textSchema } from '../../../core/texts.ts';
import { identityEditionOf } from '../rules/index.ts';
import type { Department } from '../schema.ts';
import { problemWords } from '../texts/officers.ts';

const bodiesFile = z.object({
  bodies: z.array(z.object({ id: z.string().min(1), name: textSchema })).min(1),
});

type Row = { id: string; nameEn: string; nameTc: string };
const departmentOf = ({ id, nameEn, nameTc }: Row): Department => ({ id, name: { en: nameEn, tc: nameTc } });

/** Takes the departments of the edition over; those that are gone from it are closed. Safe to repeat. */
export async function loadDepartments(
  house: Pick<House, 'database' | 'edition' | 'clock' | 'revisions'>,
): Promise<void> {
  const { departments, coordinating } = identityEditionOf(house.edition);
  const { bodies } = bodiesFile.parse(JSON.parse(await readFile(departments, 'utf8')));
  if (!bodies.some(({ id }) => id === coordinating)) {
    throw new Error(`the edition names ${coordinating} as coordinating, which is none of its departments`);
  }
  const rows = JSON.stringify(bodies.map(({ id, name }) => ({ id, en: name.en, tc: name.tc })));
  const now = house.clock.now();
  await inTransaction(house.database, async (transaction) => {
    const changed = await sql`
      insert into identity.department as known (id, name_en, name_tc)
      select id, en, tc from jsonb_to_recordset(${rows}::jsonb) as given (id text, en text, tc text)
      on conflict (id) do update
        set name_en = excluded.name_en, name_tc = excluded.name_tc, closed_at = null
        where (known.name_en, known.name_tc) is distinct from (excluded.name_en, excluded.name_tc)
          or known.closed_at is not null`.execute(transaction);
    const closed = await sql`
      update identity.department set closed_at = ${now}
      where closed_at is null and not id = any(${bodies.map(({ id }) => id)}::text[])`.execute(transaction);
    if ((changed.numAffectedRows ?? 0n) + (closed.numAffectedRows ?? 0n) > 0n) {
      await house.revisions.bump(transaction, 'identity');
    }
  });
}

/** Departments that are not closed, by id. */
export async function listDepartments({ database }: Pick<House, 'database'>): Promise<Department[]> {
  const { rows } = await sql<Row>`
    select id, name_en as "nameEn", name_tc as "nameTc" from identity.department
    where closed_at is null order by id`.execute(database);
  return rows.map(departmentOf);
}

/** Also one that is closed. */
export async function findDepartment(
  { database }: Pick<House, 'database'>,
  id: string,
): Promise<Department | undefined> {
  const { rows } = await sql<Row>`
    select id, name_en as "nameEn", name_tc as "nameTc" from identity.department where id = ${id}`.execute(
    database,
  );
  return rows[0] === undefined ? undefined : departmentOf(rows[0]);
}

/** Throws not-found for one that never was. */
export async function getDepartment(house: Pick<House, 'database'>, id: string): Promise<Department> {
  const department = await findDepartment(house, id);
  if (department === undefined) throw notFound('unknown-department', problemWords.unknownDepartment);
  return department;
}
