import { setup } from 'xstate';
import { compile } from './compile.ts';

const states = ['absent', 'open', 'in-flight', 'gone'] as const;
const events = ['open', 'last-descriptor', 'last-descriptor-queued', 'receive', 'discard'] as const;

/** An open file description: held by descriptors, or by a message alone while it is in flight. */
const machine = setup({}).createMachine({
  id: 'description',
  initial: 'absent',
  states: {
    absent: { on: { open: 'open' } },
    open: { on: { 'last-descriptor': 'gone', 'last-descriptor-queued': 'in-flight' } },
    'in-flight': { on: { receive: 'open', discard: 'gone' } },
    gone: { type: 'final' },
  },
});

export const descriptionChart = compile(machine, states, events, 'free');
