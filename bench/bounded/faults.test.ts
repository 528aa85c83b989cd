import { expect, it } from 'vitest';
import { replayPath, type Action } from '../../checker/index.ts';
import type { RunnableCall } from '../../model/calls/row.ts';
import { countedScope } from './scopes.ts';
import { searched } from './searched.test-data.ts';
import { createBounded, type Fault } from './system.ts';

const { scope } = countedScope('2,2,2,2,2');

/** The effect of one call in the place of another. */
const instead =
  (name: string, effect: (right: RunnableCall['effect']) => RunnableCall['effect']) =>
  (calls: readonly RunnableCall[]): readonly RunnableCall[] =>
    calls.map((call) => (call.call === name ? { ...call, effect: effect(call.effect) } : call));

interface Seeded {
  readonly fault: string;
  readonly breaks: string;
  readonly made: Fault;
  /** A shortest way to see it. */
  readonly by: readonly string[];
}

/** One for each invariant. */
const seeded: readonly Seeded[] = [
  {
    fault: 'a dup that takes no reference',
    breaks: 'refcount-equals-holders',
    made: {
      calls: (calls, w) =>
        instead('dup', (right) => (p, f, ...rest) => {
          const fd = right(p, f, ...rest);
          const o = w.descriptor.object(w.slot(p, f));
          w.object.refcnt.cells[o] = w.object.refcnt(o) - 1;
          return fd;
        })(calls),
    },
    by: ['create', 'dup'],
  },
  {
    fault: 'an object that stays when its last reference is dropped',
    breaks: 'object-lives-while-counted',
    made: {
      edges: (edges, w) => ({
        ...edges,
        close(p, f) {
          const slot = w.slot(p, f);
          const o = w.descriptor.object(slot);
          w.descriptor.object.cells[slot] = 0;
          w.object.refcnt.cells[o] = w.object.refcnt(o) - 1;
        },
      }),
    },
    by: ['create', 'close'],
  },
  {
    fault: 'an unmount that forgets the pins',
    breaks: 'pins-live-in-mounted-instances',
    made: {
      edges: (edges, w) => ({
        ...edges,
        unmounted(i) {
          if (!edges.isMounted(i)) w.instance.key.cells[i] = 0;
        },
      }),
    },
    by: ['create', 'mount', 'pin', 'umount'],
  },
  {
    fault: 'a namespace that dies and stays a key',
    breaks: 'keys-are-of-the-living',
    made: {
      edges: (edges, w) => ({
        ...edges,
        left(n) {
          if (edges.isLive(n)) return;
          const i = w.namespace.instance(n);
          w.namespace.instance.cells[n] = 0;
          if (i !== 0) edges.unmounted(i);
        },
      }),
    },
    by: ['mount', 'unshare'],
  },
  {
    fault: 'a mount that always makes an instance',
    breaks: 'one-instance-for-each-key',
    made: {
      edges: (edges, w) => ({
        ...edges,
        instanceFor(n) {
          let i = 1;
          while (edges.isMounted(i)) i++;
          w.instance.key.cells[i] = n;
          return i;
        },
      }),
    },
    by: ['fork', 'mount', 'unshare', 'umount', 'mount'],
  },
  {
    fault: 'an exit that leaves the descriptors open',
    breaks: 'the-dead-hold-nothing',
    made: {
      calls: (calls, w, edges) =>
        instead('exit', () => (p) => {
          const n = w.process.namespace(p);
          w.process.namespace.cells[p] = 0;
          edges.left(n);
          return 0;
        })(calls),
    },
    by: ['create', 'exit'],
  },
];

it.each(seeded)('$fault breaks $breaks, which a shortest path shows', ({ breaks, made, by }) => {
  for (const reduction of ['none', 'symmetry'] as const) {
    const system = createBounded(scope, reduction, made);
    const { verdict, violations } = searched(system);
    expect(verdict).toBe('fail');
    expect(violations.map(({ property }) => property)).toEqual([breaks]);
    const path: readonly Action[] = violations[0]?.path ?? [];
    expect(path.map(({ action }) => system.actions[action]).sort()).toEqual([...by].sort());
    const invariant = system.invariants.find(({ id }) => id === breaks);
    replayPath(system, path);
    expect(invariant?.holds()).toBe(false);
  }
});

it('breaks nothing as it stands', () => {
  expect(searched(createBounded(countedScope('2,1,2,2,2').scope, 'symmetry')).violations).toEqual(
    [],
  );
});

it('has a fault for every invariant', () => {
  const { invariants } = createBounded(scope, 'none');
  expect(seeded.map(({ breaks }) => breaks)).toEqual(invariants.map(({ id }) => id));
});
