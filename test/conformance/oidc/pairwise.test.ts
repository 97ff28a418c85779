// Every service knows a person by a name of its own, so that two of them cannot put together what they know.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type City, openCity } from '../../kit/oidc/city.ts';
import { signIn } from '../../kit/oidc/flow.ts';
import { askUserinfo } from '../../kit/oidc/raw.ts';
import { residentOf } from '../../kit/oidc/resident.ts';
import { openService } from '../../kit/oidc/services.ts';

let city: City;
beforeAll(async () => {
  city = await openCity();
});
afterAll(() => city.close());

describe('the pseudonym of a person', () => {
  it('is another at each service, and the same again at the same service', async () => {
    const [one, two] = [await openService(city), await openService(city)];
    const resident = await residentOf(city);
    const first = await signIn(resident, one);
    const second = await signIn(resident, two);
    const again = await signIn(resident.elsewhere(city), one);
    expect(second.claims.sub).not.toBe(first.claims.sub);
    expect(again.claims.sub).toBe(first.claims.sub);
  });

  it('is another even at two services of one host', async () => {
    const one = await openService(city, { redirectUri: 'https://sector.example/one' });
    const two = await openService(city, { redirectUri: 'https://sector.example/two' });
    const resident = await residentOf(city);
    const first = await signIn(resident, one);
    expect((await signIn(resident, two)).claims.sub).not.toBe(first.claims.sub);
  });

  it('is another for each person, and tells nothing of the person', async () => {
    const service = await openService(city);
    const residents = [
      await residentOf(city, { name: 'Fay Yip' }),
      await residentOf(city, { name: 'Fay Yip' }),
    ];
    const subjects = [];
    for (const resident of residents) {
      const { claims, tokens } = await signIn(resident, service);
      subjects.push(claims.sub);
      const told = (await askUserinfo(city, tokens.access_token)).body;
      const everything = `${tokens.access_token} ${JSON.stringify(claims)} ${told}`;
      expect(everything).not.toContain(resident.personId);
      expect(everything).not.toContain(resident.passkey.credentialId);
    }
    expect(subjects[0]).not.toBe(subjects[1]);
  });

  it('is in no address, and ends in no line of the log', async () => {
    const service = await openService(city);
    const resident = await residentOf(city, { name: 'Gil Shum' });
    const { claims, tokens, end } = await signIn(resident, service, { scope: 'openid profile' });
    const addresses = resident.browser.visited.join(' ') + end.href;
    for (const secret of [claims.sub, resident.personId, 'Gil']) expect(addresses).not.toContain(secret);
    const log = city.lines.join('\n');
    const code = end.searchParams.get('code')!;
    for (const secret of [claims.sub, 'Gil', tokens.access_token, code]) expect(log).not.toContain(secret);
  });

  it('cannot be registered away', async () => {
    const resident = await residentOf(city);
    const subject = await openService(city, { metadata: { subject_type: 'public' } }).then(
      async (service) => (await signIn(resident, service)).claims.sub,
      () => 'refused',
    );
    expect(subject).not.toBe(resident.personId);
  });
});
