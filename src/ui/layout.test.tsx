// Tests of the document around every page.

import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { invalid, notFound } from '../core/errors.ts';
import type { View } from '../core/module.ts';
import { errorView } from './error-view.tsx';
import { frameExample } from './frame.examples.ts';
import { escapeJson, layout } from './layout.tsx';

const page = (view: Partial<View> = {}, frame: Parameters<typeof frameExample>[1] = {}) =>
  renderToString(layout({ title: 'Progress', main: <h1>Progress</h1>, ...view }, frameExample('en', frame)));

describe('layout', () => {
  it('names the page, then the site', () => {
    expect(page()).toContain('<title>Progress - Smart City Example</title>');
    expect(page({ title: 'Smart City Example' })).toContain('<title>Smart City Example</title>');
  });

  it('tells search engines its address and its other languages, without the query', () => {
    const html = page({}, { search: '?sort=area' });
    expect(html).toContain('<link rel="canonical" href="https://city.example/en/progress"/>');
    expect(html).toContain('hreflang="zh-Hant-HK" href="https://city.example/tc/progress"');
    expect(html).toContain('hreflang="x-default" href="https://city.example/en/progress"');
  });

  it('keeps the query when it offers the same page in another language', () => {
    expect(page({}, { search: '?sort=area' })).toContain(
      '<a href="/tc/progress?sort=area" lang="zh-Hant-HK"',
    );
  });

  it('keeps search engines away from errors', () => {
    const html = page({}, { status: 404 });
    expect(html).toContain('content="noindex"');
    expect(html).not.toContain('rel="canonical"');
  });

  it('marks the page in the menu, and the part of the site it belongs to', () => {
    expect(page()).toContain('<a href="/en/progress" aria-current="page">');
    expect(page({}, { path: '/progress/late' })).toContain('<a href="/en/progress" aria-current="true">');
  });

  it('lets no data close its element', () => {
    const html = page({ structuredData: [{ name: '</script><script>alert(1)</script>' }] });
    expect(html.match(/<\/script>/g)).toHaveLength(1);
    expect(escapeJson({ a: '</script>\u2028' })).toBe('{"a":"\\u003c/script\\u003e\\u2028"}');
    expect(JSON.parse(escapeJson({ a: '<&>' }))).toEqual({ a: '<&>' });
  });

  it('escapes what comes from outside', () => {
    expect(page({ title: '<b>"x"', description: '"><script>' })).not.toMatch(/<b>|"><script>/);
  });
});

describe('errorView', () => {
  const field = { field: 'asOf', message: { en: 'There is no month 13.', tc: '沒有13月。' } };

  it('says what happened, which field, and what to do next, in the language of the reader', () => {
    const error = invalid('bad-date', { en: 'This is not a date.', tc: '日期無效。' }, { fields: [field] });
    const html = renderToString(layout(errorView(error, 'tc'), frameExample('tc', { status: 400 })));
    expect(html).toContain('日期無效。');
    expect(html).toContain('asOf');
    expect(html).toContain('沒有13月。');
    expect(html).toContain('請檢查網址');
  });

  it('offers a search when a page is not found, and never shows the detail', () => {
    const error = notFound('none', { en: 'There is no such page.', tc: '沒有此頁。' }, { detail: 'secret' });
    const view = errorView(error, 'en');
    const html = renderToString(<main>{view.main}</main>);
    expect(view.status).toBe(404);
    expect(html).toContain('action="/en/search"');
    expect(html).not.toContain('secret');
  });
});
