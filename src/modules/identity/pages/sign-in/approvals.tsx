// Requests that a service made elsewhere and that the person decides on here (OpenID Connect CIBA Core 1.0).

import { z } from 'zod';
import type { Actor } from '../../../../core/access.ts';
import { LamppostError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/house.ts';
import { page, type View } from '../../../../core/module.ts';
import type { Language } from '../../../../core/texts.ts';
import { beginAssertion, decideApproval, finishAssertion, listApprovals } from '../../protocols/index.ts';
import { minuteIn } from '../../rules/index.ts';
import { passkeyFields } from '../passkey-form.tsx';
import { approvalsView, type Outcome, type Shown } from './approvals-view.tsx';

const path = '/account/approvals';
const bindingOf = (id: string) => `approval:${id}`;

type Asked = { house: House; actor: Actor; language: Language };

async function show({ house, actor, language }: Asked, outcome?: Outcome): Promise<View> {
  const approvals = await listApprovals(house, actor.id);
  const shown = approvals.map(async ({ expiresAt, ...approval }): Promise<Shown> => {
    const ceremony = await beginAssertion(house, { binding: bindingOf(approval.id), personId: actor.id });
    return { ...approval, until: minuteIn(expiresAt, house.edition.timeZone), ceremony };
  });
  const scripts = [house.islands.hrefOf('passkey')];
  return approvalsView({ language, approvals: await Promise.all(shown), outcome, scripts });
}

type Fields = {
  id: string;
  step: 'approve' | 'refuse';
  ceremonyId?: string | undefined;
  response?: string | undefined;
};

async function decide({ house, actor }: Asked, { id, step, ceremonyId, response }: Fields): Promise<Outcome> {
  if (step === 'refuse') {
    await decideApproval(house, actor, { id, approved: false });
    return 'refused';
  }
  if (ceremonyId === undefined || response === undefined) return 'missing';
  const proven = await finishAssertion(house, { ceremonyId, response, binding: bindingOf(id) });
  await decideApproval(house, actor, { id, approved: true, proven });
  return 'approved';
}

/** What can go wrong is told above the list, which stays. */
function outcomeOf(error: unknown): Outcome {
  const code = error instanceof LamppostError ? error.code : undefined;
  if (code === 'passkey-refused') return 'not-accepted';
  if (code === 'unknown-approval') return 'gone';
  throw error;
}

export const approvalsPage = page({
  path,
  audience: 'signed-in',
  render: ({ house, actor, language }) => show({ house, actor, language }),
  form: {
    fields: z.object({
      id: z.string().regex(/^[\w-]{8,100}$/),
      step: z.enum(['approve', 'refuse']),
      ceremonyId: passkeyFields.ceremonyId.optional(),
      response: passkeyFields.response,
    }),
    async submit({ house, actor, language, fields }) {
      const asked = { house, actor, language };
      const outcome = await decide(asked, fields).catch(outcomeOf);
      return show(asked, outcome);
    },
  },
});
