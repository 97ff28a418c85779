// Hong Kong, the first edition: what this city tells the house about itself.

import type { Edition } from '../../core/edition.ts';
import { card } from './identity/card.ts';

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
  synonyms: [
    ['停車位', '車位', '泊車位', '泊車', '停車場', 'parking', 'car park'],
    ['塞車', '擠塞', 'congestion', 'traffic jam'],
    ['ERP', '電子道路收費', 'electronic road pricing', '路費'],
    ['咪錶', '收費錶', 'parking meter'],
    ['身份證', '身分證', '身分', 'identity', 'eID'],
    ['智方便', 'iAM Smart'],
    ['轉數快', 'FPS', 'Faster Payment System'],
    ['電子病歷', '電子健康紀錄', 'health record'],
    ['輪候', '候診', 'waiting'],
    ['垃圾', '廢物', 'waste', 'rubbish'],
    ['街燈', '燈柱', 'lamppost', 'street light'],
    ['巴士', 'bus'],
    ['港鐵', '地鐵', 'MTR'],
    ['無線上網', '無線網絡', 'Wi-Fi', 'WiFi'],
    ['長者', '老人', 'elderly', 'senior'],
  ],
  data: {
    blueprint: { folder: new URL('./blueprint/', import.meta.url) },
    identity: {
      departments: new URL('./blueprint/bodies.json', import.meta.url),
      coordinating: 'office-of-the-government-chief-information-officer',
      card,
    },
  },
};
