// Pages of signing in, registering, recovering and approving.

import type { Page } from '../../../../core/module.ts';
import { interactionPages } from './interaction.tsx';
import { recoverPage } from './recover.tsx';

export const signInPages: Page[] = [...interactionPages, recoverPage];
