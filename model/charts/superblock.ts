import { setup } from 'xstate';
import { compile } from './compile.ts';

const states = ['absent', 'mounted', 'detached', 'gone'] as const;
const events = [
  'first-mount',
  'last-mount',
  'last-mount-held',
  'mount-again',
  'last-hold',
] as const;

/** An instance of bpffs: `detached` while only files or working directories hold it. */
const machine = setup({}).createMachine({
  id: 'superblock',
  initial: 'absent',
  states: {
    absent: { on: { 'first-mount': 'mounted' } },
    mounted: { on: { 'last-mount': 'gone', 'last-mount-held': 'detached' } },
    detached: { on: { 'mount-again': 'mounted', 'last-hold': 'gone' } },
    gone: { type: 'final' },
  },
});

export const superblockChart = compile(machine, states, events, 'free');
