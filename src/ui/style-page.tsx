// The living style page: every component with every state.

import type { View } from '../core/module.ts';
import type { Language } from '../core/texts.ts';
import { PageHeader } from './components/page.tsx';

export const StylePage = (language: Language): View => ({
  title: language === 'en' ? 'Style' : '樣式',
  main: <PageHeader title="Style" />,
});
