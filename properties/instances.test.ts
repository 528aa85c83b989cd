import { describe, expect, it } from 'vitest';
import { instancePerMount, noForeignInstance, singletonPerNamespace } from './instances.ts';
import { directory, done, observe, pinned, refused } from './observation.test-data.ts';
import type { Shown } from './observation.test-data.ts';

describe('singleton-per-namespace', () => {
  const holds = (
    one: Readonly<Record<string, Shown>>,
    two: Readonly<Record<string, Shown>> = {},
  ): boolean =>
    singletonPerNamespace.holds(
      observe({ processes: { 1: { sees: one }, 2: { namespace: 2, sees: two } } }),
    );

  it('holds for one instance at two mounts, and for one instance of each namespace', () => {
    expect(holds({})).toBe(true);
    expect(holds({ '/a': directory(1, 1), '/b': directory(1, 1) })).toBe(true);
    expect(holds({ '/a': directory(1, 1) }, { '/a': directory(1, 1), '/b': directory(2, 2) })).toBe(
      true,
    );
  });

  it('holds for instances whose namespaces have ended', () => {
    expect(holds({ '/a': directory(1, 0), '/b': directory(2, 0) })).toBe(true);
  });

  it('breaks for two instances of one namespace, seen by one process or by two', () => {
    expect(holds({ '/a': directory(1, 1), '/b': directory(2, 1) })).toBe(false);
    expect(holds({ '/a': directory(1, 1) }, { '/b': directory(2, 1) })).toBe(false);
    expect(
      holds(
        { '/a': directory(1, 1), '/a/x': directory(3, 2), '/b': directory(1, 1) },
        {
          '/b': directory(4, 2),
        },
      ),
    ).toBe(false);
  });
});

describe('instance-per-mount', () => {
  const { holds } = instancePerMount;
  const old = { '/a': directory(1), '/a/x': pinned(1, 1) };
  const mountA = done(1, { call: 'mount', target: '/a' });
  const mountB = done(1, { call: 'mount', target: '/b/' });
  const before = observe({ processes: { 1: { sees: old } } });
  const afterwards = (sees: Readonly<Record<string, Shown>>): ReturnType<typeof observe> =>
    observe({ processes: { 1: { sees } } });

  it('holds for a new and empty instance, beside an old one or on top of it', () => {
    expect(holds(before, mountB, afterwards({ ...old, '/b': directory(2) }))).toBe(true);
    expect(holds(before, mountA, afterwards({ '/a': directory(2) }))).toBe(true);
  });

  it('breaks when the mount shows an instance that somebody saw before', () => {
    expect(holds(before, mountB, afterwards({ ...old, '/b': directory(1) }))).toBe(false);
    const elsewhere = observe({ processes: { 2: { sees: old } } });
    expect(holds(elsewhere, mountB, afterwards({ '/b': directory(1) }))).toBe(false);
  });

  it('says nothing where a copy of the mount may cover the way to it', () => {
    for (const hears of ['own', 'others'] as const) {
      const peers = observe({ processes: { 1: { hears, sees: old } } });
      expect(holds(peers, mountB, afterwards(old))).toBe(true);
    }
  });

  it('breaks when the mount shows nothing, or no directory', () => {
    expect(holds(before, mountB, afterwards(old))).toBe(false);
    expect(holds(before, mountB, afterwards({ ...old, '/b': pinned(1, 2) }))).toBe(false);
  });

  it('breaks when the new instance is not empty, whatever it shows there', () => {
    for (const left of [pinned(1, 2), pinned(1, 1), directory(2)]) {
      expect(holds(before, mountA, afterwards({ '/a': directory(2), '/a/x': left }))).toBe(false);
    }
  });

  it('says nothing of targets that are not watched, other calls and failures', () => {
    expect(holds(before, done(1, { call: 'mount', target: '/c' }), before)).toBe(true);
    expect(holds(before, done(1, { call: 'mount', target: '/' }), before)).toBe(true);
    expect(holds(before, done(1, { call: 'bind', source: '/a', target: '/b' }), before)).toBe(true);
    expect(holds(before, refused(1, { call: 'mount', target: '/b' }), before)).toBe(true);
  });
});

describe('no-foreign-instance', () => {
  const { holds } = noForeignInstance;
  const mounted = done(1, { call: 'mount', target: '/b' });
  const scene = (own: Readonly<Record<string, Shown>>, others: Readonly<Record<string, Shown>>) =>
    observe({ processes: { 1: { sees: own }, 2: { namespace: 2, sees: others } } });
  const shown = scene({ '/b': directory(7, 1) }, {});

  it('holds for an instance that nobody saw before, and for one of the same namespace', () => {
    expect(holds(scene({}, {}), mounted, shown)).toBe(true);
    expect(holds(scene({ '/a': directory(7, 1) }, {}), mounted, shown)).toBe(true);
    expect(holds(scene({}, { '/a': directory(7, 1) }), mounted, shown)).toBe(true);
  });

  it('breaks for one that another namespace made, or one that is gone', () => {
    expect(holds(scene({}, { '/a': directory(7, 2) }), mounted, shown)).toBe(false);
    expect(holds(scene({}, { '/a': directory(7, 0) }), mounted, shown)).toBe(false);
    expect(holds(scene({ '/a': directory(7, 0) }, {}), mounted, shown)).toBe(false);
  });

  it('says nothing of other calls, failures, and places where nothing is seen', () => {
    const foreign = scene({}, { '/a': directory(7, 2) });
    expect(holds(foreign, refused(1, { call: 'mount', target: '/b' }), shown)).toBe(true);
    expect(holds(foreign, done(1, { call: 'bind', source: '/a', target: '/b' }), shown)).toBe(true);
    expect(holds(foreign, done(1, { call: 'mount', target: '/z' }), shown)).toBe(true);
    expect(holds(foreign, mounted, foreign)).toBe(true);
  });
});
