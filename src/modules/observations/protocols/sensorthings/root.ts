// The root of the service: its entity sets, and what of the standard it does (OGC 18-088, clause 9.2.1).

import { kinds, model } from '../../rules/odata/model.ts';
import type { Answer } from './call.ts';

const requirements = 'http://www.opengis.net/spec/iot_sensing/1.1/req';

/** Requirements that are met, each with a test in `test/conformance/sensorthings`. */
export const conformance: readonly string[] = [
  'datamodel',
  'resource-path/resource-path-to-entities',
  'request-data',
  'create-update-delete/create-entity',
  'create-update-delete/link-to-existing-entities',
  'create-update-delete/deep-insert',
  'create-update-delete/deep-insert-status-code',
  'create-update-delete/update-entity',
  'create-update-delete/update-entity-put',
  'create-update-delete/update-entity-jsonpatch',
  'create-update-delete/delete-entity',
  'create-update-delete/historical-location-auto-creation',
  'data-array/data-array',
  'multi-datastream',
].map((name) => `${requirements}/${name}`);

export const readRoot = (base: string): Answer => ({
  status: 200,
  json: {
    value: kinds.map((kind) => ({ name: model[kind].set, url: `${base}/${model[kind].set}` })),
    serverSettings: { conformance },
  },
});
