import { setup } from 'xstate';
import { compile } from './compile.ts';

const states = ['absent', 'connected', 'alone', 'reset', 'gone'] as const;
const events = ['pair', 'peer-closed', 'peer-closed-unread', 'last-hold'] as const;

/**
 * One end of a pair of AF_UNIX sockets. Without its peer it reads the end of the stream, once it has
 * been reset an error first: its peer was closed over messages that it had not read.
 */
const machine = setup({}).createMachine({
  id: 'socket',
  initial: 'absent',
  states: {
    absent: { on: { pair: 'connected' } },
    connected: {
      on: { 'peer-closed': 'alone', 'peer-closed-unread': 'reset', 'last-hold': 'gone' },
    },
    alone: { on: { 'last-hold': 'gone' } },
    reset: { on: { 'last-hold': 'gone' } },
    gone: { type: 'final' },
  },
});

export const socketChart = compile(machine, states, events, 'free');
