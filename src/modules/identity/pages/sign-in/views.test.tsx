// Tests of what the pages of signing in show: who asks, what is told, what to do, in every language.

import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../../../core/markup.ts';
import type { View } from '../../../../core/module.ts';
import { type Language, languages, sameText } from '../../../../core/texts.ts';
import type { Person } from '../../schema.ts';
import { approvalsView } from './approvals-view.tsx';
import { type Consent, consentView } from './consent.tsx';
import { type Asker, type Login, loginView } from './login.tsx';
import { codeView, openView, overView, recoveredView, waitingView } from './recover-views.tsx';
import { registerView } from './register.tsx';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    'heading-level': 'error',
    // Boxes to tick share one name by nature.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button'] }],
  },
});

const uid = 'interaction-1';
const scripts = ['/assets/passkey.js'];
const ceremony = { ceremonyId: '6f0e3f0a-8a57-4a7f-9b0e-3f0a8a574a7f', options: { challenge: 'AAAA' } };
const library: Asker = {
  name: { en: 'Harbour Library', tc: '海濱圖書館' },
  origin: 'https://library.example',
  isPortal: false,
};
const portal: Asker = { ...library, name: sameText('Clever Port'), isPortal: true };
const person: Person = {
  id: 'p',
  handle: Buffer.alloc(32),
  name: 'Ada <b>Wong</b>',
  language: 'tc',
  assurance: 'verified-at-desk',
  maskedCard: 'A12****(*)',
  createdAt: new Date(0),
};

const login = (language: Language, more: Partial<Login> = {}) =>
  loginView({ language, uid, client: library, ceremony, isAgain: false, wantedAcr: [], scripts, ...more });
const consent = (language: Language, more: Partial<Consent> = {}) =>
  consentView({
    language,
    uid,
    client: library,
    person,
    newScopes: ['openid', 'profile', 'assurance', 'offline_access'],
    newClaims: ['verified_at'],
    ...more,
  });

const request = {
  id: 'request-1',
  client: library,
  bindingMessage: 'K7-QM2',
  scopes: ['openid', 'profile'],
  until: '2026-11-21T12:05',
  ceremony,
};

const views: Record<string, (language: Language) => View> = {
  login,
  'login at the portal': (language) => login(language, { client: portal }),
  'login again': (language) => login(language, { isAgain: true, wantedAcr: ['phrh'], trouble: 'refused' }),
  register: (language) => registerView({ language, uid, client: library, ceremony, scripts }),
  'register with a name too long': (language) =>
    registerView({
      language,
      uid,
      client: library,
      ceremony,
      scripts,
      name: 'x'.repeat(81),
      trouble: 'name',
    }),
  consent,
  code: (language) => codeView({ language, waitHours: 48, error: 'E' }),
  waiting: (language) => waitingView({ language, opens: 'O', closes: 'C' }),
  open: (language) =>
    openView({ language, ceremony, closes: 'C', isFromDesk: false, trouble: 'missing', scripts }),
  recovered: (language) => recoveredView({ language }),
  over: (language) => overView({ language }),
  approvals: (language) => approvalsView({ language, approvals: [request], outcome: 'gone', scripts }),
  'no approvals': (language) => approvalsView({ language, approvals: [], outcome: 'approved', scripts }),
};

const htmlOf = (view: View) => renderHtml(<main>{view.main}</main>);
const everyView = Object.entries(views).flatMap(([name, make]) =>
  languages.map((language) => [name, language, make] as const),
);

describe('pages of signing in', () => {
  it.each(everyView)(
    '%s in %s is sound HTML, has one heading, and is kept from search engines',
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

  it('say which service asks, and let their forms lead to that service alone', () => {
    expect(htmlOf(login('en'))).toContain('Harbour Library asks you to sign in');
    expect(htmlOf(login('tc'))).toContain('「海濱圖書館」');
    expect(login('en').formTargets).toEqual(['https:']);
    expect(consent('en').formTargets).toEqual(['https:']);
    const here = login('en', { client: { ...library, origin: 'http://localhost:3000' } });
    expect(here.formTargets).toEqual(['http://localhost:3000']);
    expect(login('en', { client: portal }).formTargets).toEqual([]);
  });

  it('offer a way for everybody: another device, a new identity, recovery, and back', () => {
    const html = htmlOf(login('en'));
    for (const way of [
      'My passkey is on my phone',
      '/sign-in/interaction-1/register',
      '/en/recover',
      'value="refuse"',
    ]) {
      expect(html).toContain(way);
    }
    expect(htmlOf(login('en', { isAgain: true }))).not.toContain('/register');
  });

  it('ask for a passkey that cannot leave its device only where no other will do', () => {
    const note = 'cannot leave its device';
    expect(htmlOf(login('en', { wantedAcr: ['phrh'] }))).toContain(note);
    expect(htmlOf(login('en', { wantedAcr: ['phrh', 'phr'] }))).not.toContain(note);
  });
});

describe('the page of approvals', () => {
  it('shows all that a service would be told, also what has no words here', () => {
    const asked = { ...request, scopes: ['openid', 'profile', 'x_odd'], claims: ['verified_at', 'y_odd'] };
    const html = htmlOf(approvalsView({ language: 'en', approvals: [asked], scripts }));
    for (const words of [
      'name and language',
      'x_odd',
      'When your identity was verified',
      'y_odd',
      'K7-QM2',
    ]) {
      expect(html).toContain(words);
    }
  });
});

describe('the page of permission', () => {
  it('shows what would be told, each to be unticked, and never asks about the sign-in itself', () => {
    const html = htmlOf(consent('en'));
    const boxes = [...html.matchAll(/type="checkbox"[^>]*value="([^"]*)"[^>]*checked/g)].map(
      ([, value]) => value,
    );
    expect(boxes).toEqual(['profile', 'assurance', 'offline_access', 'verified_at']);
    expect(html).toContain('Ada &lt;b>Wong&lt;/b>');
    expect(html).toContain('verified at a desk');
    expect(html).not.toContain('A12');
  });

  it('says so when there is nothing on record to tell', () => {
    const { name: _name, ...nameless } = person;
    expect(htmlOf(consent('en', { person: nameless, newScopes: ['profile'] }))).toContain('not on record');
  });

  it('promises that nobody can compare only where nothing is asked by which one could', () => {
    const usual = htmlOf(consent('en', { newScopes: ['openid', 'profile'] }));
    expect([usual.includes('cannot compare'), usual.includes('the same person')]).toEqual([true, true]);
    expect(usual).not.toContain('how many devices');
    for (const [scope, words] of [
      ['account', 'how many devices and recovery codes'],
      ['officer', 'as an officer, in your name'],
    ] as const) {
      const html = htmlOf(consent('en', { newScopes: ['openid', scope] }));
      expect([scope, html.includes('cannot compare'), html.includes(words)]).toEqual([scope, false, true]);
      expect(html).toContain('can tell that you are the same person');
    }
  });

  it('asks for nothing beside the sign-in when a service wants nothing more', () => {
    const html = htmlOf(consent('en', { newScopes: ['openid'], newClaims: [] }));
    expect(html).not.toContain('type="checkbox"');
    expect(html).toContain('Allow and continue');
  });
});
