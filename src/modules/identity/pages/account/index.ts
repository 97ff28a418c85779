// Pages of "my account", from the overview to the deletion.

import type { Page } from '../../../../core/module.ts';
import { warned } from '../recovery-warning.tsx';
import { actPage } from './act.tsx';
import { activityPage } from './activity.tsx';
import { addDevicePages } from './add-device.tsx';
import { dataPage } from './data.tsx';
import { deletePage } from './delete.tsx';
import { deskPage } from './desk.tsx';
import { devicePages } from './devices.tsx';
import { otherDevicePage } from './other-device.tsx';
import { overviewPage } from './overview.tsx';
import { recoveryPage } from './recovery.tsx';
import { servicePages } from './services.tsx';
import { sessionsPage } from './sessions.tsx';

const pagesBelow: Page[] = [
  ...devicePages,
  ...addDevicePages,
  sessionsPage,
  ...servicePages,
  activityPage,
  actPage,
  recoveryPage,
  dataPage,
  deletePage,
  deskPage,
];

/** All pages of an account, and the one that another device opens. The overview warns in its own heading. */
export const accountPages: Page[] = [overviewPage, otherDevicePage, ...pagesBelow.map(warned)];
