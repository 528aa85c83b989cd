import { setup } from 'xstate';
import { compile } from './compile.ts';

const states = ['absent', 'attached', 'kept-by-peer', 'releasing', 'gone'] as const;
const events = ['attach', 'socket-closed', 'detach', 'released'] as const;

/**
 * A program that is a socket's filter. It outlives its socket while the peer is open, since the peer
 * holds on to the other end; when it ends, the program is held for one more grace period.
 */
const machine = setup({}).createMachine({
  id: 'attachment',
  initial: 'absent',
  states: {
    absent: { on: { attach: 'attached' } },
    attached: { on: { 'socket-closed': 'kept-by-peer', detach: 'releasing' } },
    'kept-by-peer': { on: { detach: 'releasing' } },
    releasing: { on: { released: 'gone' } },
    gone: { type: 'final' },
  },
});

export const attachmentChart = compile(machine, states, events, 'free');
