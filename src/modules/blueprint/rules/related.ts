// Finds initiatives that have to do with one another: the same systems, indicators or named technologies.

import type { Initiative, Register } from '../schema/index.ts';
import { rememberedByThing } from './remembered.ts';

const weights = { system: 4, indicator: 3, namedTechnology: 1, group: 1 };

const mostRelated = 6;

/** The nearest initiatives, best first; at least one system, indicator or two lesser things are shared. */
export const relatedInitiatives = rememberedByThing(findRelated);

function findRelated(register: Register, initiative: Initiative): Initiative[] {
  const systems = new Set(initiative.systems);
  const indicators = new Set(initiative.indicators);
  const technologies = new Set(initiative.technologies.filter(({ named }) => named).map(({ id }) => id));
  const weightOf = (other: Initiative) =>
    weights.system * other.systems.filter((id) => systems.has(id)).length +
    weights.indicator * other.indicators.filter((id) => indicators.has(id)).length +
    weights.namedTechnology *
      other.technologies.filter(({ id, named }) => named && technologies.has(id)).length +
    (other.group !== null && other.group === initiative.group ? weights.group : 0);
  return register.initiatives
    .filter((other) => other.id !== initiative.id)
    .map((other) => ({ other, weight: weightOf(other) }))
    .filter(({ weight }) => weight >= 2)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, mostRelated)
    .map(({ other }) => other);
}
