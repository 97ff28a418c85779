// The floors of the house, foundation first: a module may import only modules listed before it.

import type { Module } from './core/module.ts';
import { blueprint } from './modules/blueprint/index.ts';
import { identity } from './modules/identity/index.ts';
import { observations } from './modules/observations/index.ts';
import { portal } from './modules/portal/index.ts';
import { receipts } from './modules/receipts/index.ts';

export const modules: Module[] = [receipts, identity, observations, blueprint, portal];
