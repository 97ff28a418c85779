// What the log of receipts is told when the register changes, so that each fact can be proven later.

import type { Act } from '../../receipts/index.ts';
import type { FactName, Row } from './facts.ts';

type Kind = FactName | 'initiative';

const topics: Record<Kind, string> = {
  initiative: 'blueprint.initiative-recorded',
  status_fact: 'blueprint.status-recorded',
  classification_fact: 'blueprint.area-recorded',
  progress_fact: 'blueprint.progress-recorded',
  target: 'blueprint.target-recorded',
  target_revision: 'blueprint.target-revised',
  indicator_point: 'blueprint.point-recorded',
};

/** The initiative a row belongs to; of a point, its indicator. */
function subjectOf(kind: Kind, row: Row): string {
  if (kind === 'initiative') return String(row.id);
  if (kind === 'target_revision') return String(row.target).replace(/\.[^.]+$/, '');
  return String(row.initiative ?? row.indicator);
}

const jsonOf = (value: unknown) => JSON.parse(JSON.stringify(value)) as Act['details'];

/** The act of recording a fact. The register is public: everybody may see what was recorded. */
export const actOf = (kind: Kind, row: Row): Act => ({
  topic: topics[kind],
  subject: subjectOf(kind, row),
  details: jsonOf(row),
  public: true,
});

/** The act of loading an edition's files, words included, by the hash over all of them. */
export const loadedAct = (edition: string, details: { sha256: string; added: object }): Act => ({
  topic: 'blueprint.register-loaded',
  subject: edition,
  details: jsonOf(details),
  public: true,
});
