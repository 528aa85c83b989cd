import { setup } from 'xstate';
import { compile } from './compile.ts';

const states = ['absent', 'held-by-users', 'held-by-objects-only', 'releasing', 'gone'] as const;
const events = [
  'create',
  'first-user',
  'last-user',
  'last-hold',
  'last-hold-later',
  'released',
] as const;

/**
 * A map, a program or a link. Users are descriptions and inodes; a map that only objects hold has
 * none (a program is not counted that way: whoever holds it, it stays `held-by-users`). A program, or
 * a map of maps, that is gone may keep its maps for a while (`releasing`): it is listed no more. So
 * may a link keep its program.
 */
const machine = setup({}).createMachine({
  id: 'object',
  initial: 'absent',
  states: {
    absent: { on: { create: 'held-by-users' } },
    'held-by-users': {
      on: {
        'last-user': 'held-by-objects-only',
        'last-hold': 'gone',
        'last-hold-later': 'releasing',
      },
    },
    'held-by-objects-only': {
      on: { 'first-user': 'held-by-users', 'last-hold': 'gone', 'last-hold-later': 'releasing' },
    },
    releasing: { on: { released: 'gone' } },
    gone: { type: 'final' },
  },
});

export const objectChart = compile(machine, states, events, 'kept');
