import { setup } from 'xstate';
import { compile } from './compile.ts';

const states = ['absent', 'inhabited', 'kept', 'gone'] as const;
const events = ['enter', 'last-process', 'last-process-kept', 'join', 'last-hold'] as const;

/** A mount namespace: `kept` while only a descriptor or a bind of its file holds it. */
const machine = setup({}).createMachine({
  id: 'namespace',
  initial: 'absent',
  states: {
    absent: { on: { enter: 'inhabited' } },
    inhabited: { on: { 'last-process': 'gone', 'last-process-kept': 'kept' } },
    kept: { on: { join: 'inhabited', 'last-hold': 'gone' } },
    gone: { type: 'final' },
  },
});

export const namespaceChart = compile(machine, states, events, 'free');
