import { setup } from 'xstate';
import { compile } from './compile.ts';

const states = ['absent', 'present', 'gone'] as const;
const events = ['create', 'delete'] as const;

/** The clsact qdisc of the network device, with the filters of both directions. */
const machine = setup({}).createMachine({
  id: 'qdisc',
  initial: 'absent',
  states: {
    absent: { on: { create: 'present' } },
    present: { on: { delete: 'gone' } },
    gone: { type: 'final' },
  },
});

export const qdiscChart = compile(machine, states, events, 'free');
