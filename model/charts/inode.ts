import { setup } from 'xstate';
import { compile } from './compile.ts';

const states = ['absent', 'named', 'unlinked', 'releasing', 'gone'] as const;
const events = [
  'name',
  'last-name',
  'last-name-held',
  'last-name-later',
  'last-hold',
  'last-hold-later',
  'released',
] as const;

/**
 * An inode of a bpffs. It holds a pin's object until it has no name and nobody has it open; a mount
 * that has it as its root counts as open. `last-hold` of a named one: its superblock is gone. Some
 * kernels let go of the object a grace period later (`releasing`).
 */
const machine = setup({}).createMachine({
  id: 'inode',
  initial: 'absent',
  states: {
    absent: { on: { name: 'named' } },
    named: {
      on: {
        'last-name': 'gone',
        'last-name-held': 'unlinked',
        'last-name-later': 'releasing',
        'last-hold': 'gone',
        'last-hold-later': 'releasing',
      },
    },
    unlinked: { on: { 'last-hold': 'gone', 'last-hold-later': 'releasing' } },
    releasing: { on: { released: 'gone' } },
    gone: { type: 'final' },
  },
});

export const inodeChart = compile(machine, states, events, 'free');
