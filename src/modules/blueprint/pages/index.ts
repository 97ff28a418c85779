// Every page of the blueprint.

import type { Page } from '../../../core/module.ts';
import { areaPage } from './area.tsx';
import { governancePage } from './governance.tsx';
import { indicatorPage, indicatorsPage } from './indicators.tsx';
import { initiativePage } from './initiative.tsx';
import { documentsPage, programmePage, tablePage } from './programme.tsx';
import { progressPage } from './progress.tsx';
import { systemPage, systemsPage } from './systems.tsx';
import { targetsPage } from './targets.tsx';

export const pages: Page[] = [
  progressPage,
  areaPage,
  initiativePage,
  targetsPage,
  indicatorsPage,
  indicatorPage,
  tablePage,
  programmePage,
  systemsPage,
  systemPage,
  governancePage,
  documentsPage,
];
