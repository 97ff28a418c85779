// Every page of officers.

import type { Page } from '../../../../core/module.ts';
import { changeServicePage } from './change-service.tsx';
import { departmentPage } from './department.tsx';
import { deskPage, visitPage } from './desk.tsx';
import { recoveryPage } from './desk-recovery.tsx';
import { joinPage } from './join.tsx';
import { newServicePage } from './new-service.tsx';
import { overviewPage } from './overview.tsx';
import { proofingPage, proofingReturnPage } from './proofing.tsx';
import { proposalPage, proposalsPage } from './proposals.tsx';
import { servicePage, servicesPage } from './services.tsx';
import { whoMayPage } from './who-may.tsx';

export const officersPages: Page[] = [
  whoMayPage,
  overviewPage,
  joinPage,
  departmentPage,
  proposalsPage,
  proposalPage,
  deskPage,
  visitPage,
  recoveryPage,
  servicesPage,
  newServicePage,
  servicePage,
  changeServicePage,
  proofingPage,
  proofingReturnPage,
];
