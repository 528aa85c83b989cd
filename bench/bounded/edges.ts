import type { BoundedTables } from './tables.ts';

/** What calls do to the state, and what falls with it. */
export interface Edges {
  /** The lowest free descriptor of a process, or 0. */
  readonly lowestFree: (p: number) => number;
  /** Takes a reference to an object. */
  readonly hold: (o: number) => void;
  /** Drops a reference; with the last one the object is gone. */
  readonly drop: (o: number) => void;
  /** Closes a descriptor that is open. */
  readonly close: (p: number, f: number) => void;
  readonly isLive: (n: number) => boolean;
  readonly isMounted: (i: number) => boolean;
  /** The instance that a mount in namespace `n` meets: its own, or else the lowest dead one, made its own. */
  readonly instanceFor: (n: number) => number;
  /** Once an instance is mounted nowhere, it and its pins are gone. */
  readonly unmounted: (i: number) => void;
  /** Once no process is in a namespace, what is mounted there is unmounted, and no instance has it as its key. */
  readonly left: (n: number) => void;
}

export function createEdges(w: BoundedTables): Edges {
  const { process, descriptor, namespace, instance, pin, object, scope } = w;
  const { processes, namespaces, descriptors, names } = scope;

  function hold(o: number): void {
    object.refcnt.cells[o] = object.refcnt(o) + 1;
  }

  function drop(o: number): void {
    const left = object.refcnt(o) - 1;
    object.refcnt.cells[o] = left;
    if (left === 0) object.kind.cells[o] = 0;
  }

  function isLive(n: number): boolean {
    for (let p = 1; p <= processes; p++) if (process.namespace(p) === n) return true;
    return false;
  }

  function isMounted(i: number): boolean {
    for (let n = 1; n <= namespaces; n++) if (namespace.instance(n) === i) return true;
    return false;
  }

  function unmounted(i: number): void {
    if (isMounted(i)) return;
    instance.key.cells[i] = 0;
    for (let k = 1; k <= names; k++) {
      const place = w.place(i, k);
      const o = pin.object(place);
      if (o === 0) continue;
      pin.object.cells[place] = 0;
      drop(o);
    }
  }

  return {
    hold,
    drop,
    isLive,
    isMounted,
    unmounted,
    lowestFree(p) {
      for (let f = 1; f <= descriptors; f++) if (descriptor.object(w.slot(p, f)) === 0) return f;
      return 0;
    },
    close(p, f) {
      const slot = w.slot(p, f);
      const o = descriptor.object(slot);
      descriptor.object.cells[slot] = 0;
      drop(o);
    },
    instanceFor(n) {
      for (let i = 1; i <= namespaces; i++) if (instance.key(i) === n) return i;
      let i = 1;
      while (isMounted(i)) i++;
      instance.key.cells[i] = n;
      return i;
    },
    left(n) {
      if (isLive(n)) return;
      const i = namespace.instance(n);
      namespace.instance.cells[n] = 0;
      for (let j = 1; j <= namespaces; j++) if (instance.key(j) === n) instance.key.cells[j] = 0;
      if (i !== 0) unmounted(i);
    },
  };
}
