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

type Column = { table: string; key: string; column: string; contextOf: Place['contextOf'] };

function placeOf({ table, key, column, contextOf }: Column): Place {
  const [rows, id, sealed] = [sql.table(table), sql.ref(key), sql.ref(column)];
  return {
    select: async (tx, prefix) => {
      const found = await sql<Row>`select ${id} as id, ${sealed} as sealed from ${rows}
        where ${sealed} is not null and substring(${sealed} from 1 for 5) <> ${prefix}
        limit ${batch} for update skip locked`.execute(tx);
      return found.rows;
    },
    update: (tx, row) =>
      sql`update ${rows} set ${sealed} = ${row.sealed} where ${id} = ${row.id}`.execute(tx),
    contextOf,
  };
}

const columns: readonly Column[] = [
  { table: 'identity.secret', key: 'name', column: 'sealed', contextOf: secretContext },
  { table: 'identity.person', key: 'id', column: 'name_sealed', contextOf: nameContext },
  { table: 'identity.person', key: 'id', column: 'card_sealed', contextOf: cardContext },
  { table: 'identity.client', key: 'id', column: 'secret_sealed', contextOf: (id) => `client.secret:${id}` },
];
const places: readonly Place[] = columns.map(placeOf);

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
 * Seals under the first key what others sealed; gives how many values. It may be broken off and run again,
 * and by several processes. When it gives 0 everywhere, the older keys may leave the configuration.
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
