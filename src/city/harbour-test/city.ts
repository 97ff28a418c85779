// Port Ellery, an invented city with a small blueprint; it serves the tests, so that no module leans on one.

import type { Edition } from '../../core/edition.ts';
import { card } from './identity/card.ts';

export const edition: Edition = {
  id: 'harbour-test',
  name: { en: 'Port Ellery', tc: '埃勒里港' },
  siteName: { en: 'Clever Port Ellery', tc: '智慧埃勒里港' },
  description: {
    en: 'What Port Ellery promised, and how far it is.',
    tc: '埃勒里港的承諾和進度。',
  },
  languages: ['en', 'tc', 'sc'],
  timeZone: 'Atlantic/Reykjavik',
  bounds: [-19.2, 63.4, -18.8, 63.6],
  currency: 'ISK',
  data: {
    blueprint: { folder: new URL('./blueprint/', import.meta.url) },
    identity: {
      departments: new URL('./blueprint/bodies.json', import.meta.url),
      coordinating: 'harbour-office',
      card,
    },
  },
};
