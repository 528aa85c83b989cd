import { setup } from 'xstate';
import { compile } from './compile.ts';

const states = ['absent', 'running', 'exited', 'reaped'] as const;
const events = ['fork', 'exit', 'reap'] as const;

/** A process. Its pid is spent when it has been reaped: never given twice. */
const machine = setup({}).createMachine({
  id: 'process',
  initial: 'absent',
  states: {
    absent: { on: { fork: 'running' } },
    running: { on: { exit: 'exited' } },
    exited: { on: { reap: 'reaped' } },
    reaped: { type: 'final' },
  },
});

export const processChart = compile(machine, states, events, 'kept');
