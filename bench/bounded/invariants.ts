import type { AlwaysProperty } from '../../checker/index.ts';
import type { BoundedTables } from './tables.ts';

const always = (id: string, holds: () => boolean): AlwaysProperty => ({
  kind: 'always',
  id,
  holds,
});

/**
 * What holds in every state of the bounded model: I1 to I6 of its definition, in this order. Plain
 * loops, as every state asks them: a callback for each row takes about twice as long.
 */
export function invariantsOf(w: BoundedTables): readonly AlwaysProperty[] {
  const { process, descriptor, namespace, instance, pin, object, scope } = w;
  const { processes, namespaces, objects, descriptors, names } = scope;
  const slots = processes * descriptors;
  const places = namespaces * names;
  const holders = new Uint8Array(objects + 1);

  function isLive(n: number): boolean {
    for (let p = 1; p <= processes; p++) if (process.namespace(p) === n) return true;
    return false;
  }

  function isMounted(i: number): boolean {
    for (let n = 1; n <= namespaces; n++) if (namespace.instance(n) === i) return true;
    return false;
  }

  function countsAreRight(): boolean {
    for (let o = 1; o <= objects; o++) holders[o] = 0;
    for (let slot = 1; slot <= slots; slot++) {
      const o = descriptor.object(slot);
      holders[o] = (holders[o] ?? 0) + 1;
    }
    for (let place = 1; place <= places; place++) {
      const o = pin.object(place);
      holders[o] = (holders[o] ?? 0) + 1;
    }
    for (let o = 1; o <= objects; o++) if (object.refcnt(o) !== holders[o]) return false;
    return true;
  }

  function objectsLiveWhileCounted(): boolean {
    for (let o = 1; o <= objects; o++) {
      if ((object.kind(o) !== 0) !== object.refcnt(o) > 0) return false;
    }
    return true;
  }

  function pinsAreMounted(): boolean {
    for (let place = 1; place <= places; place++) {
      if (pin.object(place) !== 0 && !isMounted(1 + Math.trunc((place - 1) / names))) return false;
    }
    return true;
  }

  function keysAreOfTheLiving(): boolean {
    for (let i = 1; i <= namespaces; i++) {
      const n = instance.key(i);
      if (n !== 0 && !(isMounted(i) && isLive(n))) return false;
    }
    return true;
  }

  function keysDiffer(): boolean {
    for (let i = 2; i <= namespaces; i++) {
      const n = instance.key(i);
      if (n === 0) continue;
      for (let other = 1; other < i; other++) if (instance.key(other) === n) return false;
    }
    return true;
  }

  function deadHoldNothing(): boolean {
    for (let n = 1; n <= namespaces; n++) {
      if (namespace.instance(n) !== 0 && !isLive(n)) return false;
    }
    for (let slot = 1; slot <= slots; slot++) {
      if (descriptor.object(slot) === 0) continue;
      if (process.namespace(1 + Math.trunc((slot - 1) / descriptors)) === 0) return false;
    }
    return true;
  }

  return [
    always('refcount-equals-holders', countsAreRight),
    always('object-lives-while-counted', objectsLiveWhileCounted),
    always('pins-live-in-mounted-instances', pinsAreMounted),
    always('keys-are-of-the-living', keysAreOfTheLiving),
    always('one-instance-for-each-key', keysDiffer),
    always('the-dead-hold-nothing', deadHoldNothing),
  ];
}
