import { setup } from 'xstate';
import { compile } from './compile.ts';

const states = ['absent', 'queued', 'gone'] as const;
const events = ['send', 'receive', 'discard'] as const;

/** A message that carries descriptors: received, or discarded with the queue that it lies in. */
const machine = setup({}).createMachine({
  id: 'message',
  initial: 'absent',
  states: {
    absent: { on: { send: 'queued' } },
    queued: { on: { receive: 'gone', discard: 'gone' } },
    gone: { type: 'final' },
  },
});

export const messageChart = compile(machine, states, events, 'free');
