import { describe, expect, it } from 'vitest';
import * as line from '../lines.test-data.ts';
import { recount } from './recount.ts';
import { crowd, crowdedBounds, runOf } from './tables.test-data.ts';
import type { Tables } from './tables.ts';

describe('a recount of objects and slots', () => {
  /** What is written over a cell, and what the recount says of it. */
  const wrong: readonly (readonly [sentences: readonly string[], spoil: (w: Tables) => void])[] = [
    [['object 2: refcnt is stored as 5 and counted as 6'], (w) => (w.object.refcnt.cells[2] = 5)],
    [['object 1: refcnt is stored as 1 and counted as 2'], (w) => (w.object.clearing.cells[1] = 1)],
    [
      ['object 3: innerKind is stored as 1 and counted as 0'],
      (w) => (w.object.innerKind.cells[3] = 1),
    ],
    [
      [
        'object 1: refcnt is stored as 1 and counted as 2',
        'object 3: state is stored as absent and counted as releasing',
      ],
      (w) => (w.object.uses.cells[3] = 1),
    ],
    [
      [
        'object 3: state is stored as absent and counted as releasing',
        'slot 1: object is stored as 3 and counted as 0',
        'slot 1: target is stored as 2 and counted as 0',
      ],
      (w) => (w.slot.object.cells[1] = 3),
    ],
    [
      [
        'object 1: refcnt is stored as 1 and counted as 2',
        'slot 2: target is stored as 1 and counted as 0',
      ],
      (w) => (w.slot.target.cells[2] = 1),
    ],
    [['slot 2: key is stored as 1 and counted as 0'], (w) => (w.slot.key.cells[2] = 1)],
    [
      [
        'inode 2: kind is stored as 2 and counted as 0',
        'inode 2: object is stored as 2 and counted as 0',
        'inode 2: state is stored as unlinked and counted as absent',
      ],
      (w) => (w.inode.state.cells[2] = w.charts.inode.states.unlinked),
    ],
    [
      [
        'object 2: refcnt is stored as 6 and counted as 5',
        'inode 2: kind is stored as 2 and counted as 0',
        'inode 2: state is stored as releasing and counted as absent',
      ],
      (w) => (w.inode.object.cells[2] = 0),
    ],
    [
      ['inode 3: state is stored as releasing and counted as absent'],
      (w) => (w.inode.state.cells[3] = w.charts.inode.states.releasing),
    ],
  ];

  it.each(wrong)('says so: %j', (sentences, spoil) => {
    const { w } = runOf('linux-6.1', crowdedBounds, crowd);
    expect(recount(w)).toEqual([]);
    spoil(w);
    expect(recount(w)).toEqual(sentences);
  });

  it('tells what a map of maps that is gone still keeps', () => {
    const { w } = runOf(
      'linux-6.18',
      crowdedBounds,
      [
        line.create('ARRAY'),
        line.create('ARRAY_OF_MAPS', 1, 'inner_map_fd=3'),
        line.update(4, 0, 3),
        'close(3)',
        'close(4)',
      ].map((call) => `1 ${call}`),
    );
    expect(recount(w)).toEqual([]);
    w.object.state.cells[2] = w.charts.object.states.gone;
    expect(recount(w)).toEqual(['object 2: state is stored as gone and counted as releasing']);
    w.object.state.cells[1] = w.charts.object.states['held-by-users'];
    expect(recount(w)[0]).toBe(
      'object 1: state is stored as held-by-users and counted as held-by-objects-only',
    );
  });
});
