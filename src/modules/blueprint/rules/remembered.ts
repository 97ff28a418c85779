// Remembers what a rule said of a register, so that the pages of a day do not ask it again and again.

import type { Day, Register } from '../schema/index.ts';

const rememberedDays = 16;

/** The same rule, which works out each of the last days asked for once. A register never changes. */
export function rememberedByDay<T>(rule: (register: Register, asOf: Day) => T) {
  const known = new WeakMap<Register, Map<Day, { answer: T }>>();
  return (register: Register, asOf: Day): T => {
    let byDay = known.get(register);
    if (byDay === undefined) {
      byDay = new Map();
      known.set(register, byDay);
    }
    const before = byDay.get(asOf);
    if (before !== undefined) return before.answer;
    const answer = rule(register, asOf);
    if (byDay.size >= rememberedDays) byDay.delete(byDay.keys().next().value as Day);
    byDay.set(asOf, { answer });
    return answer;
  };
}

/** The same rule, which works out each thing of a register once. */
export function rememberedByThing<Thing extends object, T>(rule: (register: Register, thing: Thing) => T) {
  const known = new WeakMap<Register, WeakMap<Thing, { answer: T }>>();
  return (register: Register, thing: Thing): T => {
    let byThing = known.get(register);
    if (byThing === undefined) {
      byThing = new WeakMap();
      known.set(register, byThing);
    }
    const before = byThing.get(thing);
    if (before !== undefined) return before.answer;
    const answer = rule(register, thing);
    byThing.set(thing, { answer });
    return answer;
  };
}
