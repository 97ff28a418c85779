// Several requests in one, as JSON: $batch of OData 4.01 (JSON Format, clause 19), each answered by itself.

import { z } from 'zod';
import { LamppostError } from '../../../../core/errors.ts';
import { openReader } from '../../../../core/http/index.ts';
import { type Answer, answerTo, type Call, jsonOf, root, type Service } from './call.ts';

const batchSchema = z.strictObject({
  requests: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(50),
        method: z.string().max(10),
        url: z.string().max(16_000),
        headers: z.record(z.string(), z.string()).optional(),
        body: z.json().optional(),
        dependsOn: z.array(z.string()).max(100).optional(),
        atomicityGroup: z.string().optional(),
      }),
    )
    .max(200),
});
const reader = openReader({ body: batchSchema }, false);
type Part = z.output<typeof batchSchema>['requests'][number];
type Done = { status: number; path?: string; entityId?: unknown };
type Answering = (service: Service, call: Call) => Promise<Answer>;

const notTogether = () =>
  new LamppostError(
    'invalid',
    'not-in-a-batch',
    {
      en: 'Groups that succeed or fail together are not supported, nor batches in batches.',
      tc: '不支援同成同敗的組別，亦不支援批次內的批次。',
    },
    { status: 501 },
  );

const failedBefore = () =>
  new LamppostError(
    'conflict',
    'failed-dependency',
    { en: 'A request that this one depends on has failed.', tc: '此要求所依賴的要求已失敗。' },
    { status: 424 },
  );

/** `$1` at the start of an address, or as an id, stands for what request 1 has made. */
function refer(value: unknown, done: ReadonlyMap<string, Done>, depth = 0): unknown {
  if (depth > 40 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => refer(one, done, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const made = name === '@iot.id' && typeof inner === 'string' ? done.get(inner.slice(1)) : undefined;
      const isReference = made?.entityId !== undefined && (inner as string).startsWith('$');
      return [name, isReference ? made.entityId : refer(inner, done, depth + 1)];
    }),
  );
}

function addressIn(
  { base }: Service,
  url: string,
  done: ReadonlyMap<string, Done>,
): { path: string; search: string } {
  const [, name, rest = ''] = /^\/?\$([^/?]+)(.*)$/.exec(url) ?? [];
  const known = name === undefined ? undefined : done.get(name)?.path;
  const whole = known === undefined ? url : `${known}${rest}`;
  const bare = [base, root, ''].map((start) => `${start}/`).find((start) => whole.startsWith(start));
  const [path = '', search = ''] = (bare === undefined ? whole : whole.slice(bare.length)).split(
    /\?(.*)/s,
    2,
  );
  return { path, search };
}

const headerOf = ({ headers = {} }: Part, name: string) =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];

type Doing = { call: Call; done: ReadonlyMap<string, Done>; answering: Answering };

async function perform(service: Service, part: Part, { call, done, answering }: Doing): Promise<Answer> {
  try {
    const { path, search } = addressIn(service, part.url, done);
    if (part.atomicityGroup !== undefined || path === '$batch') throw notTogether();
    const hasFailed = part.dependsOn?.some((id) => (done.get(id)?.status ?? 500) >= 400);
    if (hasFailed) throw failedBefore();
    return await answering(service, {
      ...{ method: part.method.toUpperCase(), path, search, who: call.who },
      contentType: headerOf(part, 'content-type') ?? 'application/json',
      body: async () => refer(part.body, done),
    });
  } catch (error) {
    return answerTo(error, service.house);
  }
}

/** POST $batch. */
export async function batchCall(service: Service, call: Call, answering: Answering): Promise<Answer> {
  const given = await jsonOf(call);
  const { requests } = reader.read({ params: {}, query: {}, body: given }).body as z.output<
    typeof batchSchema
  >;
  const done = new Map<string, Done>();
  const responses: unknown[] = [];
  for (const part of requests) {
    const { status, headers = {}, json, text } = await perform(service, part, { call, done, answering });
    const path = headers.Location?.slice(service.base.length + 1);
    const entityId = (json as Record<string, unknown> | undefined)?.['@iot.id'];
    done.set(part.id, { status, ...(path === undefined ? {} : { path }), entityId });
    const location = headers.Location === undefined ? {} : { headers: { location: headers.Location } };
    const body = json ?? text;
    responses.push({ id: part.id, status, ...location, ...(body === undefined ? {} : { body }) });
  }
  return { status: 200, json: { responses } };
}
