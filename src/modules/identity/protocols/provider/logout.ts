// Tells a service that a session has ended (OpenID Connect Back-Channel Logout 1.0).

import { z } from 'zod';
import type { House } from '../../../../core/house.ts';
import { readySubject } from './account.ts';
import { sendLogout } from './engine.ts';
import { openProvider } from './provider.ts';

/** Name of the job. */
export const logoutJob = 'identity.back-channel-logout';

const dueSchema = z.object({ clientId: z.string(), subject: z.string(), sid: z.string().optional() });

/** Sends the logout token; throws when the service does not take it, so that it is tried again. */
export async function tellLogout(house: House, data: unknown): Promise<void> {
  const { clientId, subject, sid } = dueSchema.parse(data);
  const { provider, clients } = await openProvider(house);
  const client = await clients.findEver(clientId);
  if (client?.backchannelLogoutUri === undefined) return;
  const isPublic = client.subjectType === 'public';
  await sendLogout(provider, client, isPublic ? subject : readySubject(subject), sid);
}
