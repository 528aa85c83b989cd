import { setup } from 'xstate';
import { compile } from './compile.ts';

const states = ['closed', 'open', 'open-on-exec-closes'] as const;
const events = ['open', 'open-cloexec', 'close', 'exec', 'set-cloexec', 'clear-cloexec'] as const;

/** One slot of a descriptor table. Objects' descriptors are born close-on-exec, duplicates are not. */
const machine = setup({}).createMachine({
  id: 'descriptor',
  initial: 'closed',
  states: {
    closed: { on: { open: 'open', 'open-cloexec': 'open-on-exec-closes' } },
    open: { on: { close: 'closed', exec: 'open', 'set-cloexec': 'open-on-exec-closes' } },
    'open-on-exec-closes': { on: { close: 'closed', exec: 'closed', 'clear-cloexec': 'open' } },
  },
});

export const descriptorChart = compile(machine, states, events, 'free');
