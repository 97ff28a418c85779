// Tests of the island of passkeys: small, and by itself.

import { describe, expect, it } from 'vitest';
import { openIslands } from '../../core/islands.ts';

describe('the island of passkeys', () => {
  it('weighs less than 4 KB before compression, and loads nothing further', () => {
    const file = new URL('./browser.ts', import.meta.url);
    const [script] = openIslands([{ name: 'passkey', file }]).assets;
    expect(script!.body.length).toBeLessThan(4096);
    expect(script!.body.toString()).not.toMatch(/\bimport\b|\bfetch\(|localStorage|document\.cookie/);
  });
});
