// Every example of every component is valid HTML without inline style or script, in all three languages.

import { HtmlValidate } from 'html-validate';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { type Language, languages } from '../core/texts.ts';
import { allSets } from './all-examples.ts';
import { PageHeader } from './components/page.tsx';
import type { Example } from './examples.ts';
import { frameExample } from './frame.examples.ts';
import { layout } from './layout.tsx';
import { StylePage } from './style-page.tsx';

const validator = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: {
    'no-inline-style': 'error',
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    // Times and short labels may be as they are in running text.
    'tel-non-breaking': 'off',
  },
});

const documentOf = (language: Language, example: Example): string => {
  const shown = example.render(language);
  const header = shown.type === PageHeader ? null : <PageHeader title="Example" />;
  const view = {
    title: example.name,
    main: (
      <>
        {header}
        {shown}
      </>
    ),
  };
  return `<!doctype html>${renderToString(layout(view, frameExample(language)))}`;
};

const problemsOf = (html: string): string[] => {
  const report = validator.validateStringSync(html);
  return report.results.flatMap((result) =>
    result.messages.map((message) => `${message.ruleId}: ${message.message} (${message.selector})`),
  );
};

describe.each(languages)('examples in %s', (language) => {
  describe.each(allSets)('$name', (set) => {
    it.each(set.examples)('$name is valid and has nothing inline', (example) => {
      const html = documentOf(language, example);
      expect(problemsOf(html)).toEqual([]);
      expect(html).not.toMatch(/ style=|<style|<script|\son\w+=|javascript:/);
      expect(html).not.toMatch(/undefined|\[object|NaN/);
    });
  });

  it('stand together on the style page without two of one id', () => {
    const html = `<!doctype html>${renderToString(layout(StylePage(language), frameExample(language)))}`;
    expect(problemsOf(html)).toEqual([]);
  });
});

describe('the validator of these tests', () => {
  it('sees inline styles and doubled ids', () => {
    const html = '<!doctype html><html lang="en"><head><title>x</title></head><body>';
    const bad = `${html}<p id="a" style="color: red">x</p><p id="a">y</p></body></html>`;
    expect(problemsOf(bad).join()).toMatch(/no-inline-style.*no-dup-id/);
  });
});
