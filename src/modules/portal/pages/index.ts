// Every page of the portal.

import type { Page } from '../../../core/module.ts';
import { accessibilityPage, stylePage } from './about.tsx';
import { apiPage, dataPage } from './data.tsx';
import { homePage } from './home.tsx';
import { problemPage } from './problems.tsx';
import { searchPage } from './search.tsx';

export const pages: Page[] = [
  homePage,
  searchPage,
  dataPage,
  apiPage,
  problemPage,
  accessibilityPage,
  stylePage,
];
