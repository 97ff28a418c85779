// The laws of the house, in the order in which STYLE.md gives their reasons.

import type { Law } from '../tree.ts';
import { comments } from './comments.ts';
import { floors } from './floors.ts';
import { names } from './names.ts';
import { numbers } from './numbers.ts';
import { packages } from './packages.ts';
import { roomsLaw } from './rooms.ts';
import { tables } from './tables.ts';
import { tests } from './tests.ts';
import { words } from './words.ts';

export const laws: Law[] = [floors, roomsLaw, tables, packages, numbers, names, comments, words, tests];
