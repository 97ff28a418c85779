// Every endpoint of the blueprint.

import type { Route } from '../../../core/module.ts';

export const routes: Route[] = [];
