// Shapes of identity: people, passkeys, sessions, officers, services, what an edition says, and the settings.

import { z } from 'zod';
import { roles } from '../../core/access.ts';
import { setting } from '../../core/setting.ts';
import type { Text } from '../../core/texts.ts';

/** How well the city knows who a person is (compare ISO/IEC 29115). */
export const assuranceLevels = ['self-asserted', 'verified-remotely', 'verified-at-desk'] as const;
/** How well the city knows who a person is. */
export type Assurance = (typeof assuranceLevels)[number];

/**
 * Authentication context classes (OpenID Connect EAP ACR Values 1.0, section 2): `phr` is phishing-resistant,
 * `phrh` besides on a device that the key cannot leave.
 */
export const acrValues = ['phr', 'phrh'] as const;
export type Acr = (typeof acrValues)[number];

export const roleSchema = z.enum(roles);

/** A person as the house knows them; the card number is never whole. */
export type Person = {
  id: string;
  handle: Buffer;
  name?: string;
  language: string;
  assurance: Assurance;
  verifiedAt?: Date;
  /** E.g. `A12****(*)`; absent when no card was seen. */
  maskedCard?: string;
  createdAt: Date;
};

export type Passkey = {
  id: string;
  personId: string;
  label: string;
  deviceBound: boolean;
  transports: string[];
  createdAt: Date;
  usedAt: Date;
};

/** A session at the portal, as its owner sees it. */
export type Session = {
  id: string;
  passkeyId: string;
  agent: string;
  createdAt: Date;
  seenAt: Date;
  expiresAt: Date;
};

/** What a ceremony with a passkey proved. */
export type Proven = { personId: string; passkeyId: string; acr: Acr; authenticatedAt: Date };

/** A department of the city; its id is the one of the edition. */
export type Department = { id: string; name: Text };

export type Appointment = {
  id: string;
  personId: string;
  department: string;
  role: z.output<typeof roleSchema>;
  grantedAt: Date;
};

/** A service that people sign in to. */
export type Service = {
  id: string;
  name: Text;
  department?: string;
  createdAt: Date;
  disabledAt?: Date;
};

/** A service that knows a person, and what it was told. */
export type ServiceUse = {
  service: Service;
  scopes: string[];
  claims: string[];
  firstAt: Date;
  lastAt: Date;
};

/** How a city writes the numbers of its identity cards. */
export type CardRule = {
  name: Text;
  /** An example that is nobody's, for the hint of the field. */
  example: string;
  /** The one spelling of a number; undefined when it is not one or its check digit is wrong. */
  parse(text: string): string | undefined;
  /** What may be shown of it. */
  mask(number: string): string;
};

/** What an edition says for this module. */
export type IdentityEdition = {
  /** JSON file `{ bodies: [{ id, name: { en, tc } }] }`: the departments. */
  departments: URL;
  /** Id of the department that coordinates: its administrators manage the roles of all. */
  coordinating: string;
  /** Absent: the city has no identity card. */
  card?: CardRule;
};

const keyPattern = /^[A-Za-z0-9+/]{43}=(?:,[A-Za-z0-9+/]{43}=)*$/;

export const settings = {
  LAMPPOST_IDENTITY_KEYS: setting.string({
    secret: true,
    pattern: keyPattern,
    expected: 'one or more keys of 32 bytes in base64, with commas between',
    defaultText: 'made once, kept as identity-keys in LAMPPOST_DATA',
    about:
      'Keys that seal personal data (AES-256-GCM). The first seals; the others only open what was sealed before, ' +
      'until a job has sealed it anew. Set them for a real city, the same for all its processes.',
  }),
  LAMPPOST_RECOVERY_WAIT_HOURS: setting.integer({
    default: 48,
    least: 0,
    most: 720,
    about: 'Hours between the use of a recovery code and a new passkey; any device still held can stop it.',
  }),
  LAMPPOST_PROOFING_ISSUER: setting.url({
    schemes: ['https', 'http'],
    about:
      'An identity-proofing service that verifies people remotely: an OpenID Provider that gives verified claims ' +
      '(OpenID Connect for Identity Assurance 1.0). Absent: people are verified at a desk only.',
  }),
  LAMPPOST_PROOFING_CLIENT_ID: setting.string({
    about: 'Name under which the identity-proofing service knows this city.',
  }),
};
