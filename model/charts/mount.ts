import { setup } from 'xstate';
import { compile } from './compile.ts';

const states = ['absent', 'attached', 'detached', 'gone'] as const;
const events = ['attach', 'detach', 'detach-held', 'last-hold'] as const;

/** A mount: `detached` while it is out of every namespace but a file or a directory is open in it. */
const machine = setup({}).createMachine({
  id: 'mount',
  initial: 'absent',
  states: {
    absent: { on: { attach: 'attached' } },
    attached: { on: { detach: 'gone', 'detach-held': 'detached' } },
    detached: { on: { 'last-hold': 'gone' } },
    gone: { type: 'final' },
  },
});

export const mountChart = compile(machine, states, events, 'free');
