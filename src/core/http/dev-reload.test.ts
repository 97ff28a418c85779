// Tests of the reload on a developer's machine: there in dev, absent otherwise, and no hindrance to stopping.

import { expect, it } from 'vitest';
import { openFakeSite } from '../../../test/kit/fake-site.ts';
import { devReloadHref } from './dev-reload.ts';

it('is offered on a developer’s machine only', async () => {
  const dev = await openFakeSite([], { dev: true });
  const city = await openFakeSite([], {});
  expect((await dev.server.fastify.inject(devReloadHref)).headers['content-type']).toMatch(
    /^text\/javascript/,
  );
  expect((await city.server.fastify.inject(devReloadHref)).statusCode).toBe(404);
  await dev.server.stop();
  await city.server.stop();
});
