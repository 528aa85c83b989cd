import { describe, expect, it } from 'vitest';
import {
  heldOnlyBy,
  openedBy,
  sameCells,
  sameContents,
  sameDescriptors,
  samePaths,
} from './cells.ts';
import { observe, pinned } from './observation.test-data.ts';

describe('cells', () => {
  it('of a descriptor are those of its process only', () => {
    const o = observe({ processes: { 1: { fds: { 3: 1, 5: 2 } }, 2: { fds: { 3: 3 } } } });
    expect(openedBy(o, 1, 5)).toBe(2);
    expect(openedBy(o, 2, 3)).toBe(3);
    expect(openedBy(o, 2, -1)).toBe(0);
    expect(openedBy(o, 1, o.shape.descriptors + 3)).toBe(0);
    expect(openedBy(o, 9, 3)).toBe(0);
  });

  it('are compared from the first to the last', () => {
    expect(sameCells(Int32Array.of(1, 2), Int32Array.of(1, 2))).toBe(true);
    expect(sameCells(Int32Array.of(1, 2), Int32Array.of(0, 2))).toBe(false);
    expect(sameCells(Int32Array.of(1, 2), Int32Array.of(1, 0))).toBe(false);
    const none = observe({ processes: { 3: {} } });
    for (const fd of [0, 5]) {
      const other = observe({ processes: { 3: { fds: { [fd]: 1 } } } });
      expect(sameDescriptors(none, 3, other, 3)).toBe(false);
    }
    for (const path of ['/a', '/b/x']) {
      const other = observe({ processes: { 3: { sees: { [path]: pinned(1, 1) } } } });
      expect(samePaths(none, other, 3)).toBe(false);
      expect(samePaths(none, other, 2)).toBe(true);
    }
    for (const object of [1, 3]) {
      const was = observe({ objects: { [object]: { content: 1 } } });
      expect(sameContents(was, observe({ objects: { [object]: { content: 2 } } }))).toBe(false);
      expect(sameContents(was, observe({}))).toBe(true);
    }
  });
});

describe('an object held only by one kind of holder', () => {
  const holders = ['descriptions', 'inodes', 'programs', 'links', 'slots', 'attachments'] as const;

  it.each(holders)('has no other: %s', (holder) => {
    const only = { [holder]: 1 };
    expect(heldOnlyBy(observe({ objects: { 1: only } }), 1, holder)).toBe(true);
    expect(heldOnlyBy(observe({ objects: { 1: { ...only, alive: false } } }), 1, holder)).toBe(
      false,
    );
    expect(heldOnlyBy(observe({ objects: { 1: {} } }), 1, holder)).toBe(false);
    for (const other of holders.filter((one) => one !== holder)) {
      const both = observe({ objects: { 1: { ...only, [other]: 1 } } });
      expect(heldOnlyBy(both, 1, holder)).toBe(false);
    }
  });
});
