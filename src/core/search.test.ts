// Tests of the site search: sub-words of Chinese, slips of typing, both scripts, marked matches.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchDocument } from './module.ts';
import { bestLine, buildSearchIndex, markMatches, searchTerms } from './search.ts';
import type { Text } from './texts.ts';

const document = (id: string, title: Text, body: Text = { en: 'x', tc: '甲' }): SearchDocument => ({
  id,
  kind: { en: 'Initiative', tc: '措施' },
  title,
  body,
  path: `/initiatives/${id}`,
});

const index = buildSearchIndex([
  document('MOB-16', { en: 'Car-park vacancy information', tc: '停車場空位資訊' }),
  document('MOB-08', { en: 'Green minibus arrival times', tc: '專線小巴到站時間' }),
  document(
    'LIV-05',
    { en: 'Digital identity', tc: '數碼個人身分' },
    {
      en: 'One identity for public and private services.',
      tc: '一個身分，通行公私營服務。',
    },
  ),
]);

const found = (query: string) => index.search(query).hits.map((hit) => hit.document.id);

describe('site search', () => {
  it('finds a Chinese title by a part of a word', () => {
    expect(found('車場')).toEqual(['MOB-16']);
    expect(found('小巴到站')).toEqual(['MOB-08']);
  });

  it('finds Traditional Chinese from a Simplified query', () => {
    expect(found('专线小巴')).toEqual(['MOB-08']);
    expect(found('停车场')).toEqual(['MOB-16']);
  });

  it('forgives a slip of typing in English', () => {
    expect(found('minibuss arival')).toEqual(['MOB-08']);
    expect(found('identty')).toEqual(['LIV-05']);
  });

  it('forgives slips only when nothing holds the words as written', () => {
    const near = buildSearchIndex([
      document('A', { en: 'Minibus', tc: '小巴' }),
      document('B', { en: 'Minimum', tc: '最少' }),
    ]);
    expect(near.search('minibus').hits.map((hit) => hit.document.id)).toEqual(['A']);
    expect(near.search('minbus').hits.map((hit) => hit.document.id)).toContain('A');
  });

  it('forgives a wrong character in a longer Chinese query, and says that the match is not complete', () => {
    const answer = index.search('停車埸空位');
    expect(answer.hits[0]?.document.id).toBe('MOB-16');
    expect(answer.complete).toBe(false);
  });

  it('finds by identifier and by the parts of a compound', () => {
    expect(found('mob-16')[0]).toBe('MOB-16');
    expect(found('carpark')[0]).toBe('MOB-16');
    expect(found('park')[0]).toBe('MOB-16');
  });

  it('finds by a word of the same meaning, in either language', () => {
    const same = buildSearchIndex(
      [
        document('A', { en: 'Congestion charge', tc: '擠塞收費' }),
        document('B', { en: 'Parks', tc: '公園' }),
      ],
      [['塞車', '擠塞', 'traffic jam']],
    );
    expect(same.search('塞車').hits.map((hit) => hit.document.id)).toEqual(['A']);
    expect(same.search('traffic jam').hits.map((hit) => hit.document.id)).toEqual(['A']);
  });

  it('marks a Chinese phrase in one piece', () => {
    expect(markMatches('中環電子道路收費先導計劃', '電子道路收費')).toContainEqual(['電子道路收費', true]);
  });

  it('finds nothing for nothing', () => {
    expect(found('')).toEqual([]);
    expect(found('。！ -')).toEqual([]);
    expect(found('zzzzqqqq')).toEqual([]);
  });

  it('marks the matched pieces and loses no character', () => {
    expect(markMatches('Green minibus arrival times', 'minibus')).toEqual([
      ['Green ', false],
      ['minibus', true],
      [' arrival times', false],
    ]);
    expect(markMatches('專線小巴到站時間', '专线')[0]).toEqual(['專線', true]);
  });

  it('shows the line that holds most of the query, else the first', () => {
    const text = 'Fares are paid by phone.\nMinibus arrival times are open.\nThe minibus is green.';
    expect(bestLine(text, 'arrival of the minibus')).toBe('Minibus arrival times are open.');
    expect(bestLine(text, 'hospital')).toBe('Fares are paid by phone.');
    expect(bestLine('', 'hospital')).toBe('');
  });

  it('never fails, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.string({ maxLength: 60 }),
        (query, text) => {
          index.search(query);
          searchTerms(query);
          const shown = markMatches(text, query, 1000);
          expect(shown.map(([piece]) => piece).join('')).toBe(text.trim());
        },
      ),
    );
  });
});
