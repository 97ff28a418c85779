// Who may do what: actors, roles, policies declared by the modules, and the one function that decides.

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Edition } from './edition.ts';
import { LamppostError } from './errors.ts';
import type { House } from './house.ts';
import type { Text } from './texts.ts';

export const roles = ['viewer', 'editor', 'approver', 'administrator', 'auditor'] as const;
/** What an officer is to a department. */
export type Role = (typeof roles)[number];

/** Somebody who has signed in, or a program that acts for them. */
export type Actor = {
  /** UUID of the person. */
  id: string;
  /** UUID of the session; absent when a program acts with a token. */
  sessionId?: string;
  /** Client identifier of the program that acts with a token. */
  clientId?: string;
  /** Scopes of the token; absent in a session, which may do all that the person may. */
  scopes?: readonly string[];
  /** Authentication context class reference (OpenID Connect Core 1.0, section 2). */
  acr: string;
  /** When the person last proved who they are. */
  authenticatedAt: Date;
  /** Roles held now. */
  roles: readonly { department: string; role: Role }[];
};

/** Who may do one thing. Roles are needed in the department that the resource belongs to. */
export type Policy = {
  /** What is done, for the page that shows who may do what; begins with a verb. */
  about: Text;
  /** Officers with one of these roles. */
  roles: readonly Role[];
  /** A role in this department is good for every resource. */
  everywhere?: string;
  /** The person whom the resource is about may do it too. */
  self?: boolean;
  /** A second person must approve it. */
  fourEyes?: boolean;
};

/** Policies by action; an action is like `identity.verify-person`. */
export type Policies = Readonly<Record<string, Policy>>;

/** What a module declares; a function where it depends on what the edition says, such as a department. */
export type DeclaredPolicies = Policies | ((edition: Edition) => Policies);

/** What an action is done to. */
export type Resource = {
  /** Id of the department that owns it. */
  department?: string;
  /** UUID of the person whom it is about. */
  person?: string;
};

/** What an endpoint knows of the request itself. */
export type Visit = {
  method: string;
  cookies: Readonly<Record<string, string>>;
  headers: IncomingHttpHeaders;
  /** Address of the client as the proxy settings tell it. */
  ip: string;
  /** Absolute, with query. */
  url: string;
  raw: { request: IncomingMessage; response: ServerResponse };
};

/** How the house learns who asks; one module offers it. */
export type Authentication = {
  /** The actor of a request; undefined for a stranger. Throws unauthenticated for a token that is no good. */
  actorOf(visit: Visit, house: House): Promise<Actor | undefined>;
  /** Page, without the language, that signs a person in and returns to `?next=`. */
  signInPath: string;
};

/** The part of the house that decides. */
export type Access = {
  policies: ReadonlyMap<string, Policy>;
  authentication?: Authentication;
  /**
   * Whether the actor may do it to the resource. Without a resource: whether there is any department where
   * the actor may. Throws TypeError for an action that no module declares.
   */
  may(actor: Actor | undefined, action: string, resource?: Resource): boolean;
  /** The role by which the actor may do it; undefined where it takes none, or they may not. */
  roleFor(actor: Actor, action: string, resource?: Resource): Role | undefined;
  /** Throws forbidden when the actor may not. */
  require(actor: Actor | undefined, action: string, resource?: Resource): void;
};

type Offering = { name: string; policies?: DeclaredPolicies; authentication?: Authentication };

function policiesOf({ name, policies = {} }: Offering, edition: Edition | undefined): Policies {
  if (typeof policies !== 'function') return policies;
  if (edition === undefined) throw new TypeError(`the policies of ${name} depend on an edition`);
  return policies(edition);
}

const forbidden = () =>
  new LamppostError('forbidden', 'not-allowed', {
    en: 'You are signed in, but this is not yours to see or do. An administrator of the department can allow it.',
    tc: '你已登入，但沒有權限查看或處理此項目。部門管理員可授予權限。',
  });

/** Nobody is signed in, or not recently enough. */
export const signInFirst = () =>
  new LamppostError(
    'unauthenticated',
    'sign-in-first',
    { en: 'Sign in first.', tc: '請先登入。' },
    { headers: { 'WWW-Authenticate': 'Bearer, DPoP algs="ES256"' } },
  );

/** Gathers what the modules declare. Throws when an action is declared twice, or not by its own module. */
export function createAccess(modules: readonly Offering[], edition?: Edition): Access {
  const policies = new Map<string, Policy>();
  for (const module of modules) {
    for (const [action, policy] of Object.entries(policiesOf(module, edition))) {
      if (!action.startsWith(`${module.name}.`) || policies.has(action)) {
        throw new Error(`the action ${action} is not like ${module.name}.do-something, or declared twice`);
      }
      policies.set(action, policy);
    }
  }
  const authentication = modules.find((module) => module.authentication !== undefined)?.authentication;
  const may: Access['may'] = (actor, action, resource) => {
    const policy = policies.get(action);
    if (policy === undefined) throw new TypeError(`no module declares the action ${action}`);
    return actor !== undefined && allows(policy, actor, resource);
  };
  return {
    policies,
    ...(authentication === undefined ? {} : { authentication }),
    may,
    roleFor: (actor, action, resource) =>
      may(actor, action, resource)
        ? actor.roles.find(fits(policies.get(action)!, resource))?.role
        : undefined,
    require: (actor, action, resource) => {
      if (!may(actor, action, resource)) throw forbidden();
    },
  };
}

const fits = ({ roles: needed, everywhere }: Policy, resource?: Resource) => {
  return ({ department, role }: Actor['roles'][number]): boolean =>
    needed.includes(role) &&
    (resource === undefined || department === everywhere || department === resource.department);
};

function allows(policy: Policy, actor: Actor, resource?: Resource): boolean {
  if (policy.self && resource?.person === actor.id) return true;
  return actor.roles.some(fits(policy, resource));
}
