import { describe, expect, it } from 'vitest';
import { callCode, encodeArgs } from '../encode.ts';
import { createNames } from '../names.ts';
import { profiles } from '../profiles/index.ts';
import { runRows } from '../step.ts';
import type { Call } from '../vocabulary/index.ts';
import { createMachinery } from '../world.ts';
import { recount } from './recount.ts';
import type { Tables } from './tables.ts';

const bounds = {
  processes: 3,
  descriptors: 3,
  descriptions: 4,
  objects: 3,
  elements: 2,
  superblocks: 2,
  inodes: 4,
  dentries: 4,
  mounts: 4,
  namespaces: 2,
};

/** A map at descriptor 3 with an element, pinned at /a/x, a program with it at 4, bound at /f. */
const calls: readonly Call[] = [
  {
    call: 'BPF_MAP_CREATE',
    type: 'BPF_MAP_TYPE_HASH',
    keySize: 4,
    valueSize: 4,
    maxEntries: 1,
  },
  { call: 'BPF_MAP_UPDATE_ELEM', fd: 3, key: 0, value: 1, flag: 'BPF_ANY' },
  { call: 'BPF_PROG_LOAD', mapFd: 3 },
  { call: 'mount', target: '/a' },
  { call: 'BPF_OBJ_PIN', path: '/a/x', fd: 3 },
  { call: 'bind', source: '/a/x', target: '/f' },
  { call: 'fork' },
];

function tablesAfter(more: readonly Call[] = []): Tables {
  const names = createNames();
  const options = { switches: profiles['linux-6.18'], bounds, host: ['/a/', '/f'] };
  const machinery = createMachinery(options, names, { names: 99, words: 99, paths: 9 });
  machinery.reset();
  for (const call of [...calls, ...more]) {
    const rows = machinery.calls[callCode(call.call)];
    if (rows === undefined) throw new Error(`no rows for ${call.call}`);
    const stop = runRows(rows, 1, ...encodeArgs(call, names));
    if (stop.row !== undefined) throw new Error(`${call.call} stops at ${stop.row.id}`);
  }
  return machinery.parts.w;
}

describe('a recount', () => {
  it('finds nothing between two calls, whatever they take and give back', () => {
    const later: readonly Call[] = [
      { call: 'unlink', path: '/a/x' },
      { call: 'unshare' },
      { call: 'close', fd: 3 },
      { call: 'umount2', target: '/f', flag: 'none' },
      { call: 'umount2', target: '/a', flag: 'none' },
      { call: 'kill', pid: 2 },
      { call: 'close', fd: 4 },
      { call: 'exit_group' },
    ];
    for (let made = 0; made <= later.length; made++) {
      expect(recount(tablesAfter(later.slice(0, made))), `${made} calls later`).toEqual([]);
    }
  });

  /** What is written over a cell, and what the recount says of it. */
  const wrong: readonly (readonly [sentences: readonly string[], spoil: (w: Tables) => void])[] = [
    [
      ['process 1: state is stored as exited and counted as running'],
      (w) => (w.process.state.cells[1] = w.charts.process.states.exited),
    ],
    [
      ['process 2: state is stored as absent and counted as running'],
      (w) => (w.process.state.cells[2] = 0),
    ],
    [
      ['process 3: state is stored as exited and counted as reaped'],
      (w) => (w.process.state.cells[3] = w.charts.process.states.exited),
    ],
    [
      ['descriptor 1: state is stored as closed and counted as open'],
      (w) => (w.descriptor.state.cells[1] = 0),
    ],
    [
      ['descriptor 3: state is stored as open and counted as closed'],
      (w) => (w.descriptor.state.cells[3] = w.charts.descriptor.states.open),
    ],
    [
      ['description 1: count is stored as 1 and counted as 2'],
      (w) => (w.description.count.cells[1] = 1),
    ],
    [
      ['description 2: state is stored as in-flight and counted as open'],
      (w) => (w.description.state.cells[2] = w.charts.description.states['in-flight']),
    ],
    [['object 1: refcnt is stored as 2 and counted as 3'], (w) => (w.object.refcnt.cells[1] = 2)],
    [['object 1: usercnt is stored as 3 and counted as 2'], (w) => (w.object.usercnt.cells[1] = 3)],
    [['object 2: usercnt is stored as 1 and counted as 0'], (w) => (w.object.usercnt.cells[2] = 1)],
    [
      ['object 1: state is stored as held-by-objects-only and counted as held-by-users'],
      (w) => (w.object.state.cells[1] = w.charts.object.states['held-by-objects-only']),
    ],
    [['element 2: value is stored as 1 and counted as 0'], (w) => (w.element.value.cells[2] = 1)],
    [
      ['superblock 1: count is stored as 1 and counted as 2'],
      (w) => (w.superblock.count.cells[1] = 1),
    ],
    [
      ['superblock 1: state is stored as detached and counted as mounted'],
      (w) => (w.superblock.state.cells[1] = w.charts.superblock.states.detached),
    ],
    [
      ['superblock 2: root is stored as 1 and counted as 0'],
      (w) => (w.superblock.root.cells[2] = 1),
    ],
    [
      ['inode 2: state is stored as named and counted as unlinked'],
      (w) => (w.dentry.name.cells[2] = 0),
    ],
    [['inode 3: kind is stored as 2 and counted as 0'], (w) => (w.inode.kind.cells[3] = 2)],
    [
      ['inode 4: state is stored as named and counted as absent'],
      (w) => (w.inode.state.cells[4] = w.charts.inode.states.named),
    ],
    [['dentry 3: parent is stored as 1 and counted as 0'], (w) => (w.dentry.parent.cells[3] = 1)],
    [
      ['mount 2: state is stored as absent and counted as attached'],
      (w) => (w.mount.state.cells[2] = 0),
    ],
    [
      [
        'mount 2: namespace is stored as 2 and counted as 0',
        'mount 2: at is stored as 7 and counted as 0',
        'mount 2: root is stored as 2 and counted as 0',
        'mount 2: state is stored as attached and counted as absent',
      ],
      (w) => (w.mount.namespace.cells[2] = 2),
    ],
    [
      ['namespace 1: count is stored as 1 and counted as 2'],
      (w) => (w.namespace.count.cells[1] = 1),
    ],
    [
      ['namespace 1: state is stored as kept and counted as inhabited'],
      (w) => (w.namespace.state.cells[1] = w.charts.namespace.states.kept),
    ],
    [
      ['namespace 2: state is stored as inhabited and counted as absent'],
      (w) => (w.namespace.state.cells[2] = w.charts.namespace.states.inhabited),
    ],
  ];

  it.each(wrong)('says so: %j', (sentences, spoil) => {
    const w = tablesAfter();
    spoil(w);
    expect(recount(w)).toEqual(sentences);
  });

  it('notices a number that could be given twice, once a later one is taken', () => {
    const w = tablesAfter([{ call: 'fork' }, { call: 'kill', pid: 2 }]);
    expect(recount(w)).toEqual([]);
    w.process.state.cells[2] = 0;
    expect(recount(w)).toEqual(['process 2: state is stored as absent and counted as reaped']);
  });

  it('tells what a program that is gone still keeps', () => {
    const closing: readonly Call[] = [
      { call: 'kill', pid: 2 },
      { call: 'unlink', path: '/a/x' },
      { call: 'umount2', target: '/f', flag: 'none' },
      { call: 'close', fd: 3 },
    ];
    const only = tablesAfter(closing);
    expect(only.object.state(1)).toBe(only.charts.object.states['held-by-objects-only']);
    expect(recount(only)).toEqual([]);
    const w = tablesAfter([...closing, { call: 'close', fd: 4 }]);
    expect(w.object.state(2)).toBe(w.charts.object.states.releasing);
    expect(recount(w)).toEqual([]);
    w.object.state.cells[2] = w.charts.object.states.gone;
    expect(recount(w)).toEqual(['object 2: state is stored as gone and counted as releasing']);
  });
});
