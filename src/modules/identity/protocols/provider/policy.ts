// What a person is asked before a service gets an answer: to register, to sign in, to consent.

import { acrWish, satisfies } from '../../rules/acr.ts';
import { interactionPolicy, type KoaContextWithOIDC } from './engine.ts';
import { lifeSeconds } from './lives.ts';

const { base, Check, Prompt } = interactionPolicy;

/** A wish for a better sign-in is worth asking for once; an essential one is asked for until it is met. */
function wantsBetter({ oidc }: KoaContextWithOIDC): boolean {
  const wish = acrWish(oidc.params ?? {});
  if (wish === undefined || wish.values.length === 0 || oidc.result?.login !== undefined) return false;
  const { accountId, acr } = oidc.session ?? {};
  return accountId !== undefined && !wish.values.some((asked) => satisfies(acr, asked));
}

/** A session that is used every day goes on, but not for ever on one proof. */
const isOld = ({ oidc }: KoaContextWithOIDC): boolean =>
  oidc.result?.login === undefined &&
  oidc.session?.accountId !== undefined &&
  oidc.session.past(lifeSeconds.sessionWithoutPasskey);

/** The prompts in their order. `create` is Initiating User Registration via OpenID Connect 1.0. */
export function interactionPrompts() {
  const prompts = base();
  prompts.add(new Prompt({ name: 'create', requestable: true }), 0);
  const better = new Check(
    'wished_acr',
    'End-User authentication of the requested class is required',
    'login_required',
    wantsBetter,
  );
  const old = new Check('old_session', 'End-User authentication is too long ago', 'login_required', isOld);
  prompts.get('login')!.checks.add(better);
  prompts.get('login')!.checks.add(old);
  return prompts;
}
