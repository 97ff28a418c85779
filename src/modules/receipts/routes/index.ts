// Every endpoint of the receipts: those of single receipts stand here, those of the log beside.

import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { type Route, route } from '../../../core/module.ts';
import { say } from '../../../core/texts.ts';
import {
  actIdSchema,
  actListQuery,
  actListSchema,
  pendingReceiptSchema,
  receiptSchema,
  verdictSchema,
} from '../schema.ts';
import { checkAgainstLog, findReceipt, listPublicActs } from '../store/index.ts';
import { problems, stepTexts } from '../texts.ts';
import { proofRoutes } from './proofs.ts';

const actsRoute = route({
  method: 'GET',
  path: '/api/v1/receipts',
  summary: 'Acts that everybody may see, the latest first',
  audience: 'public',
  cache: 'change',
  query: actListQuery,
  response: actListSchema,
  async handle({ house, query: { subject, limit, cursor } }) {
    const found = await listPublicActs(house.database, { subject, before: cursor, limit: limit + 1 });
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? String(items.at(-1)!.index) : null };
  },
});

const receiptRoute = route({
  method: 'GET',
  path: '/api/v1/receipts/:id',
  summary: 'The receipt of an act',
  description:
    'With inclusion proof and signed checkpoint. An act that waits for its place has the state `pending`. ' +
    'Salt and details are shown of public acts only; of others the person concerned has them.',
  audience: 'public',
  cache: 'change',
  params: actIdSchema,
  response: z.union([receiptSchema, pendingReceiptSchema]),
  async handle({ house, params }) {
    const receipt = await findReceipt(house, params.id, { for: 'everybody' });
    if (receipt === undefined) throw notFound('unknown-act', problems.unknownAct);
    return receipt;
  },
});

const verifyRoute = route({
  method: 'POST',
  path: '/api/v1/receipts/verify',
  summary: 'Check a receipt, step by step',
  description: 'Nothing of it is kept. `npx lamppost verify` does the same without this server.',
  audience: 'public',
  body: receiptSchema,
  bodyLimitBytes: 64 * 1024,
  response: verdictSchema,
  async handle({ house, body }) {
    const { valid, steps } = await checkAgainstLog(house, JSON.stringify(body));
    return {
      valid,
      steps: steps.map(({ name, outcome }) => {
        const { en, tc } = stepTexts[name][outcome];
        return { name, outcome, words: { en, tc, sc: say({ en, tc }, 'sc') } };
      }),
    };
  },
});

export const routes: Route[] = [actsRoute, receiptRoute, verifyRoute, ...proofRoutes];
