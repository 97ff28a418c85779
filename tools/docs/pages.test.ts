// Tests of the pages that are generated from settings, routes and modules.

import { describe, expect, it } from 'vitest';
import { apiPage } from './api.ts';
import { configurationPage } from './configuration.ts';
import { modulesPage, purposeOf } from './modules.ts';

describe('the page of settings', () => {
  const page = configurationPage([
    {
      title: 'House',
      settings: [
        { name: 'PORT', kind: 'port', default: '8080', about: 'Where it listens.', secret: false },
        { name: 'KEY', kind: 'a | b', default: '', about: 'A key.', secret: true },
      ],
    },
    { title: 'Empty', settings: [] },
  ]);

  it('gives each setting one row with its default and what it does', () => {
    expect(page).toContain('| `PORT` | port | `8080` | Where it listens. |');
  });

  it('marks a secret, and keeps a bar in a value from breaking the table', () => {
    expect(page).toContain('| `KEY` | a \\| b |  | A key. Secret: never logged or shown. |');
  });

  it('leaves out a group without settings', () => {
    expect(page).not.toContain('Empty');
  });
});

describe('the page of the API', () => {
  it('lists every method of every path below its group', () => {
    const page = apiPage({
      paths: {
        '/api/v1/areas': { get: { summary: 'All areas', tags: ['blueprint'] } },
        '/healthz': { get: { summary: 'Alive' } },
      },
    });
    expect(page).toContain('## blueprint\n\n| method | path | what it gives |');
    expect(page).toContain('| GET | `/api/v1/areas` | All areas |');
    expect(page).toContain('## other');
  });
});

describe('the page of modules', () => {
  it('takes the purpose from the first paragraph of the README', () => {
    expect(purposeOf('# Bookings\n\n**Purpose.** Book a\ncourt.\n\nMore.')).toBe('Book a court.');
  });

  it('draws the foundation lowest and lists it first', () => {
    const entry = { readme: '# X\n\nDoes x.', routes: 1, pages: 2, jobs: 0, subscriptions: [] };
    const page = modulesPage([
      { ...entry, name: 'identity' },
      { ...entry, name: 'portal' },
    ]);
    expect(page.indexOf('| portal')).toBeLessThan(page.indexOf('| identity'));
    expect(page.indexOf('| [identity]')).toBeLessThan(page.indexOf('| [portal]'));
  });
});
