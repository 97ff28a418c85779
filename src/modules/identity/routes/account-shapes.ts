// What the endpoints of an account answer, down to the file with everything of a person.

import { z } from 'zod';

export const instant = z.iso.datetime();
export const textShape = z.object({ en: z.string(), tc: z.string(), sc: z.string() });
const assurance = z.enum(['self-asserted', 'verified-remotely', 'verified-at-desk']);
const optionalInstant = instant.nullable();

export const accountShape = z.object({
  name: z.string().nullable(),
  language: z.string(),
  assurance: assurance.describe('How well the city knows who the person is.'),
  verifiedAt: optionalInstant,
  maskedCard: z.string().nullable().describe('Identity card number, never whole.'),
  createdAt: instant,
  devices: z.int().describe('Passkeys that can sign in.'),
  recoveryCodesLeft: z.int(),
  protection: z
    .enum(['strong', 'one-device', 'few-codes', 'no-codes', 'weak'])
    .describe(
      '`strong`: a device may be lost, and all of them. `weak`: one lost device locks the person out.',
    ),
});

export const deviceShape = z.object({
  id: z.string().describe('Short name of the passkey, only good here.'),
  label: z.string(),
  deviceBound: z.boolean().describe('The passkey cannot leave its device.'),
  createdAt: instant,
  usedAt: instant,
  current: z.boolean().describe('The session that asks was begun with it.'),
});

export const sessionShape = z.object({
  id: z.uuid(),
  agent: z.string().describe('Kind of browser and system.'),
  device: z.string().describe('`id` of the device.'),
  createdAt: instant,
  seenAt: instant,
  expiresAt: instant,
  current: z.boolean().describe('The session that asks.'),
});

export const serviceShape = z.object({
  id: z.string(),
  name: textShape,
  department: z.string().nullable(),
  scopes: z.array(z.string()),
  claims: z.array(z.string()).describe('What it was told.'),
  firstAt: instant,
  lastAt: instant,
});

export const actShape = z.object({
  actId: z.uuid(),
  topic: z.string().describe('`identity.data-read` is a look of an officer at the data of the person.'),
  by: z.enum(['you', 'other']).describe('Whether the person acted.'),
  details: z.json(),
  occurredAt: instant,
  index: z.int().nullable().describe('Place in the log; null while the act waits for it.'),
});

/** Everything the house holds of a person. */
export const exportShape = z.object({
  version: z.literal(1),
  origin: z.string().describe('The site from which it is.'),
  exportedAt: instant,
  person: z.object({
    id: z.uuid().describe('Only ever used inside the house; it is the subject in receipts.'),
    handle: z.string().describe('WebAuthn user handle in base64url.'),
    name: z.string().nullable(),
    language: z.string(),
    assurance,
    verifiedAt: optionalInstant,
    maskedCard: z.string().nullable(),
    createdAt: instant,
  }),
  passkeys: z.array(
    z.object({
      id: z.string().describe('Credential id in base64url.'),
      label: z.string(),
      deviceBound: z.boolean(),
      transports: z.array(z.string()),
      createdAt: instant,
      usedAt: instant,
    }),
  ),
  revokedPasskeys: z
    .array(
      z.object({
        id: z.string(),
        label: z.string(),
        createdAt: instant,
        usedAt: instant,
        revokedAt: instant,
      }),
    )
    .describe('Kept for a year after they were revoked.'),
  recoveryCodesLeft: z.int().describe('The codes themselves are nowhere but with the person.'),
  recoveries: z.array(z.object({ way: z.string(), state: z.string(), begunAt: instant, opensAt: instant })),
  sessions: z.array(
    z.object({
      id: z.uuid(),
      passkeyId: z.string(),
      agent: z.string(),
      createdAt: instant,
      seenAt: instant,
      expiresAt: instant,
    }),
  ),
  serviceSessions: z
    .array(
      z.object({
        id: z.string(),
        passkeyId: z.string(),
        authenticatedAt: instant,
        expiresAt: instant,
        services: z.array(z.object({ en: z.string(), tc: z.string() })),
      }),
    )
    .describe('Sign-ins that began at a service and have no session at this site.'),
  services: z.array(
    serviceShape.extend({
      pseudonym: z.string().describe('`sub` under which the service knows the person.'),
    }),
  ),
  notices: z.array(
    z.object({ kind: z.string(), details: z.json(), createdAt: instant, readAt: optionalInstant }),
  ),
  roles: z.array(
    z.object({ department: z.string(), role: z.string(), grantedAt: instant, endedAt: optionalInstant }),
  ),
  deskVisits: z.array(
    z.object({
      createdAt: instant,
      expiresAt: instant,
      usedAt: optionalInstant,
      department: z.string().nullable(),
    }),
  ),
  proposals: z
    .array(z.object({ action: z.string(), department: z.string(), state: z.string(), proposedAt: instant }))
    .describe('What officers asked to be done for the person.'),
  acts: z
    .array(actShape)
    .describe('Everything done about the person, the latest first; looks are among them.'),
});
