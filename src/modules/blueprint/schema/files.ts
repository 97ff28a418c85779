// The files of an edition's blueprint folder, and what they become when they are joined.

import { z } from 'zod';
import {
  type Area,
  areaSchema,
  type Document,
  documentSchema,
  type GovernanceBody,
  governanceSchema,
  type InitiativeData,
  initiativeSchema,
  type Named,
  namedSchema,
  type Programme,
  programmeSchema,
} from './data.ts';
import {
  type Indicator,
  indicatorSchema,
  type Milestone,
  milestoneSchema,
  type System,
  systemSchema,
  type Table,
  type TechnologiesProgramme,
  tableSchema,
  technologiesProgrammeSchema,
} from './figures.ts';

/** What each file of the edition's blueprint folder holds; `initiatives` is a folder of such files. */
export const fileSchemas = {
  programme: programmeSchema,
  documents: z.strictObject({ documents: z.array(documentSchema) }),
  areas: z.strictObject({ areas: z.array(areaSchema).min(1) }),
  governance: z.strictObject({ governance: z.array(governanceSchema) }),
  bodies: z.strictObject({ bodies: z.array(namedSchema) }),
  units: z.strictObject({ units: z.array(namedSchema) }),
  technologies: z.strictObject({ technologies: z.array(namedSchema) }),
  initiatives: z.strictObject({ initiatives: z.array(initiativeSchema) }),
  indicators: z.strictObject({ topics: z.array(namedSchema), indicators: z.array(indicatorSchema) }),
  milestones: z.strictObject({ milestones: z.array(milestoneSchema) }),
  tables: z.strictObject({ tables: z.array(tableSchema) }),
  'technologies-programme': technologiesProgrammeSchema,
  systems: z.strictObject({ engines: z.array(namedSchema), systems: z.array(systemSchema) }),
} as const;
export type FileKind = keyof typeof fileSchemas;

/** All files of an edition's blueprint, checked and joined. */
export type BlueprintData = {
  programme: Programme;
  documents: Document[];
  areas: Area[];
  governance: GovernanceBody[];
  bodies: Named[];
  units: Named[];
  technologies: Named[];
  initiatives: InitiativeData[];
  topics: Named[];
  indicators: Indicator[];
  milestones: Milestone[];
  tables: Table[];
  technologiesProgramme: TechnologiesProgramme;
  engines: Named[];
  systems: System[];
};
