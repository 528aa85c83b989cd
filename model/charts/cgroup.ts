import { setup } from 'xstate';
import { compile } from './compile.ts';

const states = ['absent', 'online', 'removed', 'gone'] as const;
const events = ['create', 'remove', 'remove-bare', 'released'] as const;

/**
 * A cgroup. What is attached to one that was removed is let go some time later; where nothing is, it
 * is gone at once.
 */
const machine = setup({}).createMachine({
  id: 'cgroup',
  initial: 'absent',
  states: {
    absent: { on: { create: 'online' } },
    online: { on: { remove: 'removed', 'remove-bare': 'gone' } },
    removed: { on: { released: 'gone' } },
    gone: { type: 'final' },
  },
});

export const cgroupChart = compile(machine, states, events, 'free');
