import { setup } from 'xstate';
import { compile } from './compile.ts';

const states = ['absent', 'named', 'unlinked', 'gone'] as const;
const events = ['name', 'last-name', 'last-name-held', 'last-hold'] as const;

/**
 * An inode of a bpffs. It holds a pin's object until it has no name and nobody has it open; a mount
 * that has it as its root counts as open. `last-hold` of a named one: its superblock is gone.
 */
const machine = setup({}).createMachine({
  id: 'inode',
  initial: 'absent',
  states: {
    absent: { on: { name: 'named' } },
    named: { on: { 'last-name': 'gone', 'last-name-held': 'unlinked', 'last-hold': 'gone' } },
    unlinked: { on: { 'last-hold': 'gone' } },
    gone: { type: 'final' },
  },
});

export const inodeChart = compile(machine, states, events, 'free');
