// Pages of signing in, registering, recovering and approving.

import type { Page } from '../../../../core/module.ts';
import { warned } from '../recovery-warning.tsx';
import { approvalsPage } from './approvals.tsx';
import { interactionPages } from './interaction.tsx';
import { recoverPage } from './recover.tsx';

export const signInPages: Page[] = [...interactionPages, recoverPage, warned(approvalsPage)];
