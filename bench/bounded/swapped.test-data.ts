/**
 * For tests: what may change places in a state of the bounded model, written down from what its
 * numbers mean and not from the schema. Swaps of neighbours make up all permutations.
 */
import type { BoundedTables } from './tables.ts';

export interface Plain {
  readonly processes: readonly { readonly namespace: number; readonly fds: readonly number[] }[];
  /** By namespace: the instance that is mounted. */
  readonly mounted: readonly number[];
  readonly instances: readonly { readonly key: number; readonly pins: readonly number[] }[];
  readonly objects: readonly { readonly kind: number; readonly refcnt: number }[];
}

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, k) => k + 1);

/** The current state. */
export function plainOf({ scope, slot, place, ...w }: BoundedTables): Plain {
  const { processes, namespaces, objects, descriptors, names } = scope;
  return {
    processes: upTo(processes).map((p) => ({
      namespace: w.process.namespace(p),
      fds: upTo(descriptors).map((f) => w.descriptor.object(slot(p, f))),
    })),
    mounted: upTo(namespaces).map((n) => w.namespace.instance(n)),
    instances: upTo(namespaces).map((i) => ({
      key: w.instance.key(i),
      pins: upTo(names).map((k) => w.pin.object(place(i, k))),
    })),
    objects: upTo(objects).map((o) => ({ kind: w.object.kind(o), refcnt: w.object.refcnt(o) })),
  };
}

/** The list with its k-th and next element in each other's place, counted from 1. */
function swapped<Of>(list: readonly Of[], k: number): readonly Of[] {
  return [...list.slice(0, k - 1), ...list.slice(k - 1, k + 1).reverse(), ...list.slice(k + 1)];
}

/** What refers to the k-th then refers to the next, and the reverse. */
const renamed = (k: number, reference: number): number => {
  if (reference === k) return k + 1;
  return reference === k + 1 ? k : reference;
};

type Swap = (state: Plain) => Plain;

const swapProcesses =
  (p: number): Swap =>
  (state) => ({
    ...state,
    processes: swapped(state.processes, p),
  });

const swapDescriptors =
  (p: number, f: number): Swap =>
  (state) => ({
    ...state,
    processes: state.processes.map((one, k) =>
      k === p - 1 ? { ...one, fds: swapped(one.fds, f) } : one,
    ),
  });

const swapNames =
  (i: number, k: number): Swap =>
  (state) => ({
    ...state,
    instances: state.instances.map((one, at) =>
      at === i - 1 ? { ...one, pins: swapped(one.pins, k) } : one,
    ),
  });

const swapNamespaces =
  (n: number): Swap =>
  (state) => ({
    ...state,
    processes: state.processes.map((one) => ({ ...one, namespace: renamed(n, one.namespace) })),
    mounted: swapped(state.mounted, n),
    instances: state.instances.map((one) => ({ ...one, key: renamed(n, one.key) })),
  });

const swapInstances =
  (i: number): Swap =>
  (state) => ({
    ...state,
    mounted: state.mounted.map((instance) => renamed(i, instance)),
    instances: swapped(state.instances, i),
  });

const swapObjects =
  (o: number): Swap =>
  (state) => ({
    ...state,
    processes: state.processes.map((one) => ({ ...one, fds: one.fds.map((it) => renamed(o, it)) })),
    instances: state.instances.map((one) => ({
      ...one,
      pins: one.pins.map((it) => renamed(o, it)),
    })),
    objects: swapped(state.objects, o),
  });

/** Swaps that no call can tell; one after another they are all permutations. */
function swapsOf(state: Plain): readonly Swap[] {
  const neighbours = (list: readonly unknown[]): readonly number[] => upTo(list.length - 1);
  return [
    ...neighbours(state.processes).map(swapProcesses),
    ...state.processes.flatMap(({ fds }, p) =>
      neighbours(fds).map((f) => swapDescriptors(p + 1, f)),
    ),
    ...neighbours(state.mounted).map(swapNamespaces),
    ...neighbours(state.instances).map(swapInstances),
    ...state.instances.flatMap(({ pins }, i) => neighbours(pins).map((k) => swapNames(i + 1, k))),
    ...neighbours(state.objects).map(swapObjects),
  ];
}

/** All states that are this one in other numbers, as text; itself too. */
export function orbitOf(state: Plain): ReadonlySet<string> {
  const swaps = swapsOf(state);
  const orbit = new Set([JSON.stringify(state)]);
  const queue = [state];
  for (const one of queue) {
    for (const swap of swaps) {
      const image = swap(one);
      const text = JSON.stringify(image);
      if (orbit.has(text)) continue;
      orbit.add(text);
      queue.push(image);
    }
  }
  return orbit;
}
