// How the tests run: beside their files and under test/, on one PostgreSQL server for the whole run.

import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'sim/**/*.test.ts', 'tools/**/*.test.ts'],
    exclude: ['node_modules/**', 'bench/**'],
    globalSetup: ['test/kit/global-setup.ts'],
    setupFiles: ['test/kit/strict-transactions.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Long enough for a machine of two cores that does something else besides.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    teardownTimeout: 60_000,
    reporters: ['default'],
  },
});
