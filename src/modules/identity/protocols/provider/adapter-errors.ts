// What the adapter answers when state is gone or was used before, in the errors of the provider.

import type { AdapterErrors } from './adapter.ts';
import { errors } from './engine.ts';

export const adapterErrors: AdapterErrors = {
  gone: () => new errors.InvalidGrant('what it depends on has ended'),
  unwritable: () => new errors.InvalidRequest('a parameter has the character zero'),
  usedBefore: (model) =>
    model === 'PushedAuthorizationRequest'
      ? new errors.InvalidRequestUri('request_uri was already used')
      : new errors.InvalidGrant(`${model} was already used`),
};
