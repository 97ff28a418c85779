// Seals anew what older keys sealed, while the house runs; then an old key can leave the configuration.

import { inTransaction, sql, type Transaction } from '../../../core/database/index.ts';
import type { House } from '../../../core/house.ts';
import { open, type SealingKeys, seal, sealPrefix } from '../rules/sealing.ts';
import { cardContext, nameContext } from './people.ts';
import { getKeys, secretContext } from './secrets.ts';

const batch = 200;

type Row = { id: string; sealed: Buffer };

/** A column of sealed values. */
type Place = {
  /** Some values that do not begin with the prefix, locked; those that another process works on are left. */
  select(tx: Transaction, prefix: Buffer): Promise<Row[]>;
  update(tx: Transaction, row: Row): Promise<unknown>;
  contextOf(id: string): string;
};

const personColumn = (column: string, contextOf: (id: string) => string): Place => {
  const sealed = sql.ref(column);
  return {
    select: async (tx, prefix) =>
      (
        await sql<Row>`select id, ${sealed} as sealed from identity.person
          where ${sealed} is not null and substring(${sealed} from 1 for 5) <> ${prefix}
          limit ${batch} for update skip locked`.execute(tx)
      ).rows,
    update: (tx, row) =>
      sql`update identity.person set ${sealed} = ${row.sealed} where id = ${row.id}`.execute(tx),
    contextOf,
  };
};

const secrets: Place = {
  select: async (tx, prefix) =>
    (
      await sql<Row>`select name as id, sealed from identity.secret
        where substring(sealed from 1 for 5) <> ${prefix} limit ${batch} for update skip locked`.execute(tx)
    ).rows,
  update: (tx, row) =>
    sql`update identity.secret set sealed = ${row.sealed} where name = ${row.id}`.execute(tx),
  contextOf: secretContext,
};

/** What officers propose is kept as JSON: the seal is in base64 there. */
const proposals: Place = {
  select: async (tx, prefix) => {
    const { rows } = await sql<{ id: string; sealed: string }>`
      select id, payload ->> 'sealed' as sealed from identity.proposal
      where payload ? 'sealed' and substring(decode(payload ->> 'sealed', 'base64') from 1 for 5) <> ${prefix}
      limit ${batch} for update skip locked`.execute(tx);
    return rows.map(({ id, sealed }) => ({ id, sealed: Buffer.from(sealed, 'base64') }));
  },
  update: (tx, row) =>
    sql`update identity.proposal
      set payload = jsonb_set(payload, '{sealed}', to_jsonb(${row.sealed.toString('base64')}::text))
      where id = ${row.id}`.execute(tx),
  contextOf: (id) => `proposal:${id}`,
};

const places: readonly Place[] = [
  secrets,
  personColumn('name_sealed', nameContext),
  personColumn('card_sealed', cardContext),
  proposals,
];

const resealBatch = (house: House, keys: SealingKeys, place: Place): Promise<number> =>
  inTransaction(house.database, async (tx) => {
    const rows = await place.select(tx, sealPrefix(keys[0]));
    for (const { id, sealed } of rows) {
      const context = place.contextOf(id);
      await place.update(tx, { id, sealed: seal(keys, open(keys, sealed, context), context) });
    }
    return rows.length;
  });

/**
 * Seals under the first key what others sealed; gives how many values. It may be broken off and run again, and
 * by several processes. When it gives 0 everywhere, the older keys may leave the configuration.
 */
export async function reseal(house: House): Promise<number> {
  const keys = await getKeys(house);
  let total = 0;
  for (const place of places) {
    for (;;) {
      const done = await resealBatch(house, keys, place);
      total += done;
      if (done === 0) break;
    }
  }
  return total;
}
