// Devices without a keyboard (RFC 8628): a code read out on one screen and confirmed on another.

import * as client from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type City, openCity, travel, travelBack } from '../../kit/oidc/city.ts';
import { askUserinfo, exchange } from '../../kit/oidc/raw.ts';
import { type Resident, residentOf } from '../../kit/oidc/resident.ts';
import { openService, type TestService } from '../../kit/oidc/services.ts';
import { type Answer, formsOf } from '../../kit/oidc/visitor.ts';

let city: City;
let service: TestService;
const grant = 'urn:ietf:params:oauth:grant-type:device_code';
beforeAll(async () => {
  city = await openCity();
  service = await openService(city, { metadata: { grant_types: [grant, 'authorization_code'] } });
});
afterAll(() => city.close());
afterEach(travelBack);

const begin = (of = service) => client.initiateDeviceAuthorization(of.configuration, { scope: 'openid' });

const poll = (code: string, of = service) =>
  exchange(city, of, { form: { grant_type: grant, device_code: code } });

const formWith = (page: Answer, name: string) =>
  formsOf(page.body).find(({ fields }) => fields.some(([field]) => field === name))!;

/** Types the code at the address that the device shows; gives the page after it. */
async function enter(resident: Resident, address: string, user_code: string): Promise<Answer> {
  const page = await resident.browser.ask(address);
  return resident.browser.submit(page, formWith(page, 'user_code'), { user_code });
}

/** Confirms or aborts, signing in where it is asked for; gives the last page. */
async function decide(resident: Resident, page: Answer, button: 'confirm' | 'abort'): Promise<Answer> {
  const form = formWith(page, 'user_code');
  const answer = await resident.browser.submit(page, form, { [button]: 'yes' });
  if (answer.location === undefined) return answer;
  return resident.walkHome(answer.location);
}

describe('the device flow', () => {
  it('gives the device tokens once a person has typed its code and confirmed it', async () => {
    const resident = await residentOf(city);
    const asked = await begin();
    expect((await poll(asked.device_code)).json.error).toBe('authorization_pending');
    const page = await enter(resident, asked.verification_uri, asked.user_code);
    expect(page.body).toContain(asked.user_code);
    expect((await decide(resident, page, 'confirm')).status).toBe(200);
    const tokens = await client.pollDeviceAuthorizationGrant(service.configuration, {
      ...asked,
      interval: 1,
    });
    expect((await askUserinfo(city, tokens.access_token)).status).toBe(200);
    expect(tokens.claims()!.aud).toBe(service.id);
  });

  it('gives them once', async () => {
    const resident = await residentOf(city);
    const asked = await begin();
    await decide(resident, await enter(resident, asked.verification_uri, asked.user_code), 'confirm');
    expect((await poll(asked.device_code)).status).toBe(200);
    expect((await poll(asked.device_code)).json.error).toBe('invalid_grant');
  });

  it('tells the device that the person refused', async () => {
    const resident = await residentOf(city);
    const asked = await begin();
    await decide(resident, await enter(resident, asked.verification_uri, asked.user_code), 'abort');
    expect((await poll(asked.device_code)).json.error).toBe('access_denied');
  });

  it('tells the device that its code has expired', async () => {
    const asked = await begin();
    travel(asked.expires_in + 5);
    expect((await poll(asked.device_code)).json.error).toBe('expired_token');
  });

  it('gives nothing to another service', async () => {
    const other = await openService(city, { metadata: { grant_types: [grant, 'authorization_code'] } });
    const asked = await begin();
    expect((await poll(asked.device_code, other)).json.error).toBe('invalid_grant');
  });

  it('asks for a confirmation even when the code came with the address', async () => {
    const resident = await residentOf(city);
    const asked = await begin();
    const page = await resident.browser.ask(asked.verification_uri_complete!);
    expect(page.status).toBe(200);
    expect(page.body).not.toMatch(/<script[^>]*>[^<]*submit/);
    expect((await poll(asked.device_code)).json.error).toBe('authorization_pending');
  });

  it('takes no form that another site made', async () => {
    const resident = await residentOf(city);
    const asked = await begin();
    const page = await resident.browser.ask(asked.verification_uri);
    const form = formWith(page, 'user_code');
    const forged = await resident.browser.submit(page, form, {
      user_code: asked.user_code,
      xsrf: 'guess',
      confirm: 'yes',
    });
    expect(forged.status).toBeGreaterThan(399);
    expect((await poll(asked.device_code)).json.error).toBe('authorization_pending');
  });

  it('answers a code that nobody was given, and one that was used, on a page that says what to do', async () => {
    const resident = await residentOf(city);
    const { verification_uri } = await begin();
    const page = await enter(resident, verification_uri, 'BBBB-BBBB');
    expect(page.status).toBe(400);
    expect(formWith(page, 'user_code')).toBeDefined();
    const injected = await enter(resident, verification_uri, '"><script>alert(1)</script>');
    expect(injected.body).not.toContain('<script>alert(1)');
  });
});
