// Proves that who changes address within a network that is theirs is shut out of the provider all the same.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestHouse } from '../../../../../test/kit/house.ts';
import { openIdentityHouse } from '../../../../../test/kit/identity-house.ts';
import { openLimits } from './limits.ts';

let open: TestHouse;
beforeAll(async () => {
  open = await openIdentityHouse({ env: { LAMPPOST_RATE_LIMIT_PER_MINUTE: '200' } });
});
afterAll(() => open.close());

it('shuts out a whole network of one subscriber, and no other', async () => {
  const limits = openLimits(open.house);
  let tries = 0;
  const shut = () =>
    limits.before('/token', '2001:db8:0:7::ffff').then(
      () => false,
      () => true,
    );
  while (tries < 500 && !(await shut())) {
    tries += 1;
    await limits.after('/token', `2001:db8:0:7::${tries.toString(16)}`, 'invalid_client');
  }
  expect(tries).toBeLessThan(500);
  await expect(limits.before('/token', '2001:db8:0:8::1')).resolves.toBeUndefined();
});
