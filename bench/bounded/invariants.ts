import type { AlwaysProperty } from '../../checker/index.ts';
import type { BoundedTables } from './tables.ts';

const always = (id: string, holds: () => boolean): AlwaysProperty => ({
  kind: 'always',
  id,
  holds,
});

/** Whether every number from 1 to `last` is as it has to be. */
function every(last: number, isRight: (row: number) => boolean): boolean {
  for (let row = 1; row <= last; row++) if (!isRight(row)) return false;
  return true;
}

/** What holds in every state of the bounded model: I1 to I6 of its definition, in this order. */
export function invariantsOf(w: BoundedTables): readonly AlwaysProperty[] {
  const { process, namespace, instance, pin, object, scope } = w;
  const { processes, namespaces, objects, descriptors, names } = scope;
  const countHolders = counterOf(w);
  const isLive = (n: number): boolean => !every(processes, (p) => process.namespace(p) !== n);
  const isMounted = (i: number): boolean => !every(namespaces, (n) => namespace.instance(n) !== i);
  const isEmpty = (i: number): boolean => every(names, (k) => pin.object(w.place(i, k)) === 0);
  const isClosed = (p: number): boolean =>
    every(descriptors, (f) => w.descriptor.object(w.slot(p, f)) === 0);

  return [
    always('refcount-equals-holders', () => {
      const holders = countHolders();
      return every(objects, (o) => object.refcnt(o) === holders[o]);
    }),
    always('object-lives-while-counted', () =>
      every(objects, (o) => (object.kind(o) !== 0) === object.refcnt(o) > 0),
    ),
    always('pins-live-in-mounted-instances', () =>
      every(namespaces, (i) => isEmpty(i) || isMounted(i)),
    ),
    always('keys-are-of-the-living', () =>
      every(namespaces, (i) => {
        const n = instance.key(i);
        return n === 0 || (isMounted(i) && isLive(n));
      }),
    ),
    always('one-instance-for-each-key', () =>
      every(namespaces, (i) => {
        const n = instance.key(i);
        return n === 0 || every(i - 1, (other) => instance.key(other) !== n);
      }),
    ),
    always(
      'the-dead-hold-nothing',
      () =>
        every(namespaces, (n) => namespace.instance(n) === 0 || isLive(n)) &&
        every(processes, (p) => process.namespace(p) !== 0 || isClosed(p)),
    ),
  ];
}

/** Counts, for every object, the descriptors and pins that hold it; that of object 0 means nothing. */
function counterOf({ descriptor, pin, scope }: BoundedTables): () => Uint8Array {
  const { processes, namespaces, objects, descriptors, names } = scope;
  const slots = processes * descriptors;
  const places = namespaces * names;
  const holders = new Uint8Array(objects + 1);
  const add = (o: number): void => {
    holders[o] = (holders[o] ?? 0) + 1;
  };
  return () => {
    holders.fill(0);
    for (let slot = 1; slot <= slots; slot++) add(descriptor.object(slot));
    for (let place = 1; place <= places; place++) add(pin.object(place));
    return holders;
  };
}
