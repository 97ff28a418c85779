// Tests of the pages that the provider shows by itself: sound in every language, with no word of a request.

import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../../../core/markup.ts';
import type { View } from '../../../../core/module.ts';
import { type Language, languages } from '../../../../core/texts.ts';
import {
  deviceConfirmView,
  deviceDoneView,
  deviceInputView,
  errorView,
  loggedOutView,
  logoutView,
} from './index.ts';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: { 'void-style': 'off', 'no-trailing-whitespace': 'off', 'heading-level': 'error' },
});

const client = { en: 'Harbour Library', tc: '海濱圖書館' };
const form = { action: '/oidc/device', secret: 'xsrf-secret' };
const views: Record<string, (language: Language) => View> = {
  'code of a device': (language) => deviceInputView({ language, ...form, code: 'ABCD-EFGH' }),
  'wrong code': (language) => deviceInputView({ language, ...form, problem: 'wrong' }),
  'refused device': (language) => deviceInputView({ language, ...form, problem: 'refused' }),
  comparison: (language) => deviceConfirmView({ language, ...form, userCode: 'ABCD-EFGH', client }),
  'device signed in': (language) => deviceDoneView({ language, client }),
  'signing out': (language) => logoutView({ language, ...form, client }),
  'signed out': (language) => loggedOutView({ language }),
  error: (language) => errorView({ language, code: 'invalid_client', client, requestId: 'r-1' }),
};

const htmlOf = (view: View) => renderHtml(<main>{view.main}</main>);
const everyView = Object.entries(views).flatMap(([name, make]) =>
  languages.map((language) => [name, language, make] as const),
);

describe('pages of the provider', () => {
  it.each(everyView)(
    '%s in %s is sound HTML with one heading, kept from search engines',
    async (...given) => {
      const [, language, make] = given;
      const view = make(language);
      const html = htmlOf(view);
      const { results } = await validator.validateString(html);
      expect(
        results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`)),
      ).toEqual([]);
      expect(html.match(/<h1\b/g)).toHaveLength(1);
      expect(html).not.toMatch(/undefined|\[object/);
      expect(view.noIndex).toBe(true);
    },
  );

  it('send the fields that the provider waits for', () => {
    const html = htmlOf(deviceConfirmView({ language: 'en', ...form, userCode: 'ABCD-EFGH', client }));
    for (const field of [
      'name="xsrf" value="xsrf-secret"',
      'name="confirm" value="yes"',
      'name="abort" value="yes"',
    ]) {
      expect(html).toContain(field);
    }
    expect(htmlOf(logoutView({ language: 'en', ...form }))).toContain('name="logout" value="yes"');
    expect(htmlOf(deviceInputView({ language: 'en', ...form }))).toContain('name="user_code"');
  });

  it('warn of a code that somebody else sent', () => {
    const html = htmlOf(deviceConfirmView({ language: 'en', ...form, userCode: 'ABCD-EFGH', client }));
    expect(html).toContain('Then refuse');
  });

  it('show of an error only a code that looks like one of the standard', () => {
    const shown = (code: string) => htmlOf(errorView({ language: 'en', code }));
    expect(shown('invalid_scope')).toContain('invalid_scope');
    expect(shown('call 555-0100 to win')).not.toContain('555');
    expect(shown('server_error')).toContain('on our side');
    expect(shown('access_denied')).not.toContain('No service was told');
  });

  it('lead from a sign-in that is over to a new one', () => {
    expect(htmlOf(errorView({ language: 'tc', code: 'session_not_found' }))).toContain('href="/tc/sign-in"');
  });
});
