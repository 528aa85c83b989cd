import { describe, expect, it } from 'vitest';
import { callCode, encodeArgs } from '../encode.ts';
import { createNames } from '../names.ts';
import { profiles } from '../profiles/index.ts';
import { runRows } from '../step.ts';
import type { Step } from '../vocabulary/index.ts';
import { createMachinery } from '../world.ts';
import { recount } from './recount.ts';
import type { Tables } from './tables.ts';

const bounds = {
  ...{ processes: 2, descriptors: 1, descriptions: 1, objects: 1, elements: 1 },
  ...{ superblocks: 2, inodes: 2, dentries: 2, mounts: 4, namespaces: 2, peerGroups: 4 },
};

/** Two namespaces that are peers, each with a copy of a mount; the second is a slave as well. */
const steps: readonly Step[] = [
  { pid: 1, call: { call: 'set-propagation', target: '/', type: 'MS_SHARED' } },
  { pid: 1, call: { call: 'mount', target: '/a' } },
  { pid: 1, call: { call: 'fork' } },
  { pid: 2, call: { call: 'unshare' } },
  { pid: 2, call: { call: 'set-propagation', target: '/', type: 'MS_SLAVE' } },
  { pid: 2, call: { call: 'set-propagation', target: '/', type: 'MS_SHARED' } },
];

function tablesAfter(played: readonly Step[]): Tables {
  const names = createNames();
  const options = { switches: profiles['linux-6.18'], bounds, host: ['/a/'] };
  const machinery = createMachinery(options, names, { names: 99, words: 99, paths: 9 });
  machinery.reset();
  for (const { pid, call } of played) {
    const rows = machinery.calls[callCode(call.call)];
    if (rows === undefined) throw new Error(`no rows for ${call.call}`);
    const stop = runRows(rows, pid, ...encodeArgs(call, names));
    if (stop.row !== undefined) throw new Error(`${call.call} stops at ${stop.row.id}`);
  }
  return machinery.parts.w;
}

describe('a recount of peers', () => {
  it('finds nothing between two calls', () => {
    for (let made = 0; made <= steps.length; made++) {
      expect(recount(tablesAfter(steps.slice(0, made))), `${made} calls`).toEqual([]);
    }
  });

  it.each<[string, string, (w: Tables) => void]>([
    [
      'peers below different masters',
      'mount 1: its peers have another master',
      (w) => (w.mount.master.cells[2] = w.namespace.group(1)),
    ],
    [
      'a slave of a group that nobody is in',
      'namespace 2: its master is a group of nobody',
      (w) => (w.namespace.group.cells[1] = 0),
    ],
    [
      'a mount that is not there, and is a peer',
      'mount 4: it is gone and has peers',
      (w) => (w.mount.group.cells[4] = 4),
    ],
  ])('finds %s', (_, sentence, spoil) => {
    const w = tablesAfter(steps);
    spoil(w);
    expect(recount(w)).toContain(sentence);
  });
});
