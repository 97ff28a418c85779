// A house in which every page of officers has something to show, and the officer who looks at them.

import { inTransaction } from '../../src/core/database/index.ts';
import { createService } from '../../src/modules/identity/protocols/index.ts';
import { deskChecks } from '../../src/modules/identity/rules/index.ts';
import {
  createDeskVisit,
  decideProposal,
  finishDeskVisit,
  invite,
  proposeRecovery,
  takeDeskCode,
} from '../../src/modules/identity/store/index.ts';
import type { TestHouse } from '../kit/house.ts';
import { type Member, openIdentityHouse, registerPerson } from '../kit/identity-house.ts';
import { give, harbour, lamps, registerOfficer } from '../kit/officers.ts';

export type OfficerScenes = TestHouse & {
  origin: string;
  officer: Member;
  person: Member;
  /** Paths without the language. */
  paths: string[];
};

const card = 'PE-1234-R';

export async function openOfficerScenes(): Promise<OfficerScenes> {
  const city = await openIdentityHouse();
  const { house } = city;
  const origin = await city.server.fastify.listen({ port: 0, host: '127.0.0.1' });
  const officer = await registerPerson(house, { name: 'Sólveig Pálsdóttir' });
  for (const role of ['administrator', 'editor', 'approver'] as const) {
    await give(house, officer, { department: harbour, role });
  }
  await give(house, officer, { department: lamps, role: 'editor' });
  const colleague = await registerOfficer(house, 'administrator');
  await give(house, colleague, { department: harbour, role: 'editor' });
  const person = await registerPerson(house, { name: 'Mei' });
  const [actor, other] = [await officer.actor(), await colleague.actor()];
  const visitOf = async (member: Member) => {
    const { code } = await inTransaction(house.database, (transaction) =>
      createDeskVisit(transaction, house, member.person.id),
    );
    return takeDeskCode(house, actor, { code, department: harbour });
  };
  const verified = await registerPerson(house, { name: 'Lee' });
  await finishDeskVisit(house, actor, {
    ...{ id: await visitOf(verified), card, name: 'LEE Ka Yan', checks: deskChecks },
  });
  const visit = await visitOf(person);
  const recovery = await proposeRecovery(house, other, {
    ...{ department: harbour, card, reason: 'stolen' as const, checks: deskChecks },
  });
  await invite(house, actor, { department: harbour, role: 'viewer' });
  const asked = [
    await invite(house, actor, { department: harbour, role: 'approver' }),
    await invite(house, actor, { department: harbour, role: 'administrator' }),
  ].map((outcome) => (outcome.state === 'proposed' ? outcome.proposal.id : ''));
  await decideProposal(house, other, { id: asked[0]!, decision: 'approved' });
  const service = await createService(house, actor, {
    name: { en: 'Harbour berths', tc: '泊位預訂' },
    department: harbour,
    metadata: { redirect_uris: ['https://berths.example/return'], token_endpoint_auth_method: 'none' },
  });
  const below = [
    `/departments/${harbour}`,
    '/join',
    '/proposals',
    ...[recovery.id, ...asked].map((id) => `/proposals/${id}`),
    ...['/desk', `/desk/${visit}`, '/recovery'],
    ...['/services', '/services/new', `/services/${service.id}`],
  ];
  const paths = ['/who-may-do-what', '/officers', ...below.map((path) => `/officers${path}`)];
  return { ...city, origin, officer, person, paths };
}
