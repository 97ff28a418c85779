// Hong Kong, the first edition: what this city tells the house about itself.

import type { Edition } from '../../core/edition.ts';

export const edition: Edition = {
  id: 'hong-kong',
  name: { en: 'Hong Kong', tc: '香港' },
  siteName: { en: 'Smart City Hong Kong', tc: '智慧城市香港' },
  description: {
    en: 'What Hong Kong promised in its Smart City Blueprint, how far each promise is, and on what evidence.',
    tc: '香港在智慧城市藍圖中承諾了甚麼、各項承諾進展如何，以及有何憑據。',
  },
  languages: ['en', 'tc', 'sc'],
  timeZone: 'Asia/Hong_Kong',
  bounds: [113.82, 22.13, 114.45, 22.57],
  grid: 2326,
  currency: 'HKD',
  data: { blueprint: { folder: new URL('./blueprint/', import.meta.url) } },
};
