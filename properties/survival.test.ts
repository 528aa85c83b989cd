import { describe, expect, it } from 'vitest';
import { directory, done, observe, pinned, refused } from './observation.test-data.ts';
import type { ProcessScene } from './observation.test-data.ts';
import { survivalAfterExit } from './survival.ts';

const { holds } = survivalAfterExit;
const sees = { '/a': directory(1), '/a/x': pinned(1, 1) };
const exit = done(2, { call: 'exit_group' });
const kill = done(1, { call: 'kill', pid: 2 });
const dies = { sees, fds: { 3: 1, 4: 2 } };
const before = observe({
  processes: { 1: { sees, fds: { 3: 3 } }, 2: dies },
  objects: { 1: { inodes: 1, content: 5 }, 2: { descriptions: 1 }, 3: { descriptions: 1 } },
});

const afterwards = (
  one: ProcessScene,
  alive: readonly number[] = [1, 3],
  content = 5,
): ReturnType<typeof observe> =>
  observe({
    processes: { 1: one },
    objects: Object.fromEntries(alive.map((id) => [id, { content: id === 1 ? content : 0 }])),
  });

describe('survival-after-exit', () => {
  it('holds when pins and the descriptors of others stay and the rest dies', () => {
    const after = afterwards({ sees, fds: { 3: 3 } });
    expect(holds(before, exit, after)).toBe(true);
    expect(holds(before, kill, after)).toBe(true);
  });

  it('breaks when a pin goes, or shows another object, or is in another instance', () => {
    for (const shown of [{}, { '/a/x': pinned(3, 1) }, { '/a/x': pinned(1, 2) }]) {
      const after = afterwards({ sees: { '/a': directory(1), ...shown }, fds: { 3: 3 } });
      expect(holds(before, exit, after)).toBe(false);
    }
  });

  it('breaks when a pinned object dies under its name, or an open one', () => {
    expect(holds(before, exit, afterwards({ sees, fds: { 3: 3 } }, [3]))).toBe(false);
    expect(holds(before, exit, afterwards({ sees, fds: { 3: 3 } }, [1]))).toBe(false);
  });

  it('breaks when a map that survives loses its content, unless that cannot be read', () => {
    expect(holds(before, exit, afterwards({ sees, fds: { 3: 3 } }, [1, 3], 0))).toBe(false);
    expect(holds(before, exit, afterwards({ sees, fds: { 3: 3 } }, [1, 3], -1))).toBe(true);
  });

  it('breaks when another process loses a descriptor or its life', () => {
    expect(holds(before, exit, afterwards({ sees }))).toBe(false);
    const all = observe({ objects: { 1: { content: 5 }, 3: {} } });
    expect(holds(before, kill, all)).toBe(false);
  });

  it('judges every other process, the last one too', () => {
    const three = { 2: dies, 3: { sees } };
    const lost = observe({ processes: { 3: { sees: { '/a': directory(1) } } } });
    expect(holds(observe({ processes: three }), exit, lost)).toBe(false);
  });

  it('breaks when the one that ended still runs', () => {
    expect(holds(before, kill, before)).toBe(false);
  });

  it('does not mind that a namespace ends with its last process', () => {
    const of = (origin: number): ProcessScene => ({ sees: { '/a': directory(1, origin) } });
    const two = observe({ processes: { 1: of(2), 2: { namespace: 2 } } });
    expect(holds(two, exit, observe({ processes: { 1: of(0) } }))).toBe(true);
  });

  it('says nothing of calls that end nobody', () => {
    const after = observe({});
    expect(holds(before, done(2, { call: 'close', fd: 3 }), after)).toBe(true);
    expect(holds(before, refused(1, { call: 'kill', pid: 2 }), after)).toBe(true);
  });
});
