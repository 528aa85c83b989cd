import { setup } from 'xstate';
import { compile } from './compile.ts';

const states = ['absent', 'attached', 'kept-by-peer', 'releasing', 'gone'] as const;
const events = ['attach', 'socket-closed', 'detach', 'let-go', 'released'] as const;

/**
 * A program that is a socket's filter, or hangs on a cgroup or a qdisc. A socket's outlives it while
 * the peer is open, since the peer holds on to the other end; when a filter ends, the program is held
 * for one more grace period, while a cgroup lets it go at once.
 */
const machine = setup({}).createMachine({
  id: 'attachment',
  initial: 'absent',
  states: {
    absent: { on: { attach: 'attached' } },
    attached: {
      on: { 'socket-closed': 'kept-by-peer', detach: 'releasing', 'let-go': 'gone' },
    },
    'kept-by-peer': { on: { detach: 'releasing' } },
    releasing: { on: { released: 'gone' } },
    gone: { type: 'final' },
  },
});

export const attachmentChart = compile(machine, states, events, 'free');
