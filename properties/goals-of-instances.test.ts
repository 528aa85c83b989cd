import { describe, expect, it } from 'vitest';
import {
  instanceFoundAgain,
  mountVanishesWithItsName,
  namespaceShowsOtherInstance,
  objectInTwoInstances,
  oneInstanceAtTwoMounts,
  pinSeenFromTwoNamespaces,
  twoInstancesInOneNamespace,
} from './goals-of-instances.ts';
import { directory, done, observe, pinned, watch } from './observation.test-data.ts';
import type { Shown } from './observation.test-data.ts';
import { watchPaths } from './watch.ts';

type Sees = Readonly<Record<string, Shown>>;

const alone = (sees: Sees): ReturnType<typeof observe> => observe({ processes: { 2: { sees } } });
const apart = (one: Sees, two: Sees, namespace = 2): ReturnType<typeof observe> =>
  observe({ processes: { 1: { sees: one }, 2: { namespace, sees: two } } });

describe('goals about instances', () => {
  it('know two instances that one process sees', () => {
    const { reached } = twoInstancesInOneNamespace;
    expect(reached(alone({ '/a': directory(1), '/b': directory(2) }))).toBe(true);
    expect(reached(alone({ '/a': directory(1), '/b': directory(1) }))).toBe(false);
    expect(reached(apart({ '/a': directory(1) }, { '/a': directory(2) }))).toBe(false);
  });

  it('know one instance at two mounts, beside or inside another', () => {
    const { reached } = oneInstanceAtTwoMounts;
    expect(reached(alone({ '/a': directory(1), '/b': directory(1) }), watch)).toBe(true);
    const inside = { '/a': directory(1), '/b': directory(2), '/b/x': directory(1) };
    expect(reached(alone(inside), watch)).toBe(true);
    expect(reached(alone({ '/a': directory(1), '/a/x': directory(1) }), watch)).toBe(false);
    expect(reached(alone({ '/a': directory(1), '/b': directory(2) }), watch)).toBe(false);
    expect(reached(apart({ '/a': directory(1) }, { '/b': directory(1) }), watch)).toBe(false);
  });

  it('know nothing of a mount where the parent is not watched', () => {
    const deep = watchPaths(['/a', '/a/x', '/a/y', '/b', '/c/x']);
    const o = alone({ '/a': directory(1), '/b/x': directory(1) });
    expect(oneInstanceAtTwoMounts.reached(o, deep)).toBe(false);
    expect(oneInstanceAtTwoMounts.reached(o, watch)).toBe(true);
  });

  it('know an object that is pinned in two instances', () => {
    const { reached } = objectInTwoInstances;
    expect(reached(alone({ '/a/x': pinned(1, 1), '/b/x': pinned(1, 2) }))).toBe(true);
    expect(reached(apart({ '/a/x': pinned(1, 1) }, { '/a/x': pinned(1, 2) }))).toBe(true);
    expect(reached(alone({ '/a/x': pinned(1, 1), '/b/x': pinned(1, 1) }))).toBe(false);
    expect(reached(alone({ '/a/x': pinned(1, 1), '/b/x': pinned(2, 2) }))).toBe(false);
  });

  it('know a pin that is seen from two namespaces', () => {
    const { reached } = pinSeenFromTwoNamespaces;
    expect(reached(apart({ '/a/x': pinned(1, 1) }, { '/a/x': pinned(1, 1) }))).toBe(true);
    expect(reached(apart({ '/a/x': pinned(1, 1) }, { '/a/x': pinned(1, 1) }, 1))).toBe(false);
    expect(reached(apart({ '/a/x': pinned(1, 1) }, { '/a/x': pinned(2, 1) }))).toBe(false);
    expect(reached(apart({ '/a/x': pinned(1, 1) }, {}))).toBe(false);
  });

  it('know a path that shows different instances in two namespaces', () => {
    const { reached } = namespaceShowsOtherInstance;
    expect(reached(apart({ '/a': directory(1) }, { '/a': directory(2) }))).toBe(true);
    expect(reached(apart({ '/a': directory(1) }, { '/a': directory(2) }, 1))).toBe(false);
    expect(reached(apart({ '/a': directory(1) }, { '/a': directory(1) }))).toBe(false);
    expect(reached(apart({ '/a': directory(1) }, { '/b': directory(2) }))).toBe(false);
  });

  it('know a mount that finds an instance which only another namespace still saw', () => {
    const { reachedBy } = instanceFoundAgain;
    const mount = done(1, { call: 'mount', target: '/a' });
    const after = apart({ '/a': directory(1) }, { '/a': directory(1) });
    expect(reachedBy(apart({}, { '/a': directory(1) }), mount, after)).toBe(true);
    expect(reachedBy(apart({ '/b': directory(1) }, {}), mount, after)).toBe(false);
    expect(reachedBy(apart({}, { '/a': directory(2) }), mount, after)).toBe(false);
    expect(reachedBy(apart({}, {}), done(1, { call: 'mount', target: '/c' }), after)).toBe(false);
    const bind = done(1, { call: 'bind', source: '/b', target: '/a' });
    expect(reachedBy(apart({}, { '/a': directory(1) }), bind, after)).toBe(false);
  });

  it('know a mount that goes with the name it stands on', () => {
    const { reachedBy } = mountVanishesWithItsName;
    const rmdir = done(1, { call: 'rmdir', path: '/a/x' });
    const before = apart({ '/a/x': directory(1) }, { '/a/x': directory(2) });
    expect(reachedBy(before, rmdir, apart({}, {}))).toBe(true);
    expect(reachedBy(before, rmdir, apart({}, { '/a/x': directory(2) }))).toBe(false);
    const same = apart({ '/a/x': directory(1) }, { '/a/x': directory(1) });
    expect(reachedBy(same, rmdir, apart({}, {}))).toBe(false);
    expect(reachedBy(before, done(1, { call: 'unshare' }), apart({}, {}))).toBe(false);
  });
});
