// Every page of the receipts.

import type { Page } from '../../../core/module.ts';
import { checkPage } from './check.tsx';
import { logPage } from './log.tsx';

export const pages: Page[] = [logPage, checkPage];
