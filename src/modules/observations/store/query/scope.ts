// The tables that one statement speaks of: the entity it is about, and what its paths join to it.

import { sql } from '../../../../core/database/index.ts';
import { type Kind, linkOf } from '../../rules/odata/model.ts';
import { from, isLinked } from './tables.ts';
import { both, type Sql } from './typed.ts';

type Place = { kind: Kind; alias: string };
type Names = { next: number };

/** Joins of one entity; what paths lead to is joined once. */
export class Scope {
  private readonly bound = new Map<string, Place>();
  private readonly joined: Sql[] = [];
  private readonly conditions: Sql[] = [];

  constructor(
    readonly root: Place,
    private readonly names: Names = { next: 1 },
    /** Whether paths may lead to many: only where one of them is enough. */
    readonly takesMany = false,
  ) {}

  /** A scope for a condition that one of many has to meet. */
  inner(): Scope {
    return new Scope(this.root, this.names, true);
  }

  name(): string {
    this.names.next += 1;
    return `j${this.names.next}`;
  }

  /** Joins the links at the start of a path; the rest is a property. Undefined where it leads to many. */
  follow(steps: readonly string[]): { place: Place; rest: readonly string[] } | undefined {
    let place = this.root;
    for (const [index, step] of steps.entries()) {
      const link = linkOf(place.kind, step);
      if (link === undefined) return { place, rest: steps.slice(index) };
      if (link.many && !this.takesMany) return undefined;
      place = this.join(steps.slice(0, index + 1).join('/'), place, { ...link, name: step });
    }
    return { place, rest: [] };
  }

  private join(path: string, parent: Place, link: { kind: Kind; many: boolean; name: string }): Place {
    const known = this.bound.get(path);
    if (known !== undefined) return known;
    const place = { kind: link.kind, alias: this.name() };
    const pair = { parent: parent.alias, child: place.alias, kind: link.kind };
    const on = isLinked(parent.kind, link.name, pair);
    this.bound.set(path, place);
    if (link.many) {
      // In the condition and not at the join, so that the planner may turn it round.
      this.joined.push(sql` cross join ${from(link.kind, place.alias)}`);
      this.conditions.push(on);
    } else {
      this.joined.push(sql` left join ${from(link.kind, place.alias)} on ${on}`);
    }
    return place;
  }

  /** What comes after the first table. */
  get joins(): Sql {
    return this.joined.length === 0 ? sql`` : sql.join(this.joined, sql``);
  }

  /** Of an inner scope: that there is one which meets the condition. */
  exists(condition: Sql): Sql {
    const all = both([...this.conditions, condition]);
    return sql`exists (select 1 from (values (1)) as ${sql.ref(this.name())} (n)${this.joins} where ${all})`;
  }
}

/** Whether a path passes a link to many. */
export function leadsToMany(kind: Kind, steps: readonly string[]): boolean {
  let current = kind;
  for (const step of steps) {
    const link = linkOf(current, step);
    if (link === undefined) return false;
    if (link.many) return true;
    current = link.kind;
  }
  return false;
}
