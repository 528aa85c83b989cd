/** Makes observations of a state (observation-shape.ts). */
import { createHooked } from './hooked.ts';
import { createDeferred, pendingCounter } from './deferred.ts';
import { contentDigest, contentKeys } from './vocabulary/index.ts';
import type { Parts } from './calls/parts.types.ts';
import {
  heard,
  objectKinds,
  seen,
  type Observation,
  type ObservationShape,
} from './observation-shape.ts';
import { rememberSight, sightOf, type End } from './remembered-sight.ts';
import { keyed, kinds } from './state/codes.ts';
import type { Tables } from './state/tables.ts';
import { unrestricted } from './permissions.ts';
import { createWalk, newPlace } from './walk.ts';

/** Whether an object of a world is alive. */
export function lifeIn({ object, charts }: Tables): (o: number) => boolean {
  const { releasing, gone } = charts.object.states;
  return (o) => {
    const state = object.state(o);
    return state !== 0 && state !== releasing && state !== gone;
  };
}

/** True for a map whose values are words. */
const hasContent = (kind: number): boolean => kind === kinds.array || kind === kinds.hash;

export interface Observer {
  readonly shape: ObservationShape;
  /** Fills an observation of the observer's shape, or one part of it, with the current state. */
  observe(into: Observation, part?: ObservedPart | 'all'): void;
}

/** What is observed together: processes with their descriptors, what names lead to, objects. */
export const observedParts = ['processes', 'names', 'objects'] as const;

export type ObservedPart = (typeof observedParts)[number];

/** An observer of a world for a list of watched paths. */
export function createObserver(parts: Parts, watch: readonly string[]): Observer {
  const { w, is, names, descriptors, mounts, objects, peers } = parts;
  // Who looks is root, whoever the process is.
  const walk = createWalk(w, names, mounts, descriptors, is, unrestricted);
  const { process, description, object, inode, dentry, superblock, slot, attachment } = w;
  const { bounds, charts } = w;
  const slots = bounds.slots ?? 0;
  const hasPeers = (bounds.peerGroups ?? 0) > 0;
  const howManyPending = pendingCounter(createDeferred(parts));
  const seeHooked = createHooked(w);
  const host = bounds.superblocks + 1;
  const paths = watch.map((path) => names.pathId(path));
  const keys: readonly number[] = contentKeys.map((key) => names.wordId(key));
  const values: (number | null)[] = keys.map(() => null);
  const place = newPlace();
  const isSettled = paths.every((path) => names.path(path).start === 'root');
  const sight = isSettled ? rememberSight(w, paths.length, look) : sightOf(look);
  const { running } = charts.process.states;
  const isAlive = lifeIn(w);
  const shape = {
    processes: bounds.processes,
    objects: bounds.objects,
    descriptors: bounds.descriptors + 3,
    paths: paths.length,
  };

  function kindOf(o: number, of: typeof objectKinds | typeof seen): number {
    const kind = object.kind(o);
    return kind === kinds.program ? of.program : kind === kinds.link ? of.link : of.map;
  }

  function look(p: number, k: number): End {
    walk.toEnd(place, p, paths[k] ?? 0, 'checked', 'followed');
    const i = place.fault === 0 ? dentry.inode(place.dentry) : 0;
    return { inode: i, isByLink: place.links > 0 };
  }

  function seePath(into: Observation, at: number, p: number, k: number): void {
    const { inode: i, isByLink } = sight.endOf(p, k);
    const s = inode.superblock(i);
    const shown = i !== 0 && s !== host;
    const o = inode.object(i);
    into.seenKind[at] = !shown ? seen.nothing : o === 0 ? seen.directory : kindOf(o, seen);
    into.seenInstance[at] = shown ? s : 0;
    into.seenOrigin[at] = shown && superblock.keyed(s) === keyed.byMaker ? superblock.key(s) : 0;
    into.seenByLink[at] = isByLink ? 1 : 0;
    into.seenObject[at] = shown ? o : 0;
  }

  function seeProcess(into: Observation, p: number): void {
    const runs = process.state(p) === running;
    into.running[p] = runs ? 1 : 0;
    into.namespace[p] = process.namespace(p);
    into.hears[p] = hasPeers ? heard[peers.hears(process.namespace(p))] : heard.nothing;
    into.files[p] = runs ? descriptors.tableOf(p) : 0;
    for (let fd = 0; fd < shape.descriptors; fd++) {
      into.descriptor[p * shape.descriptors + fd] = descriptors.objectAt(p, fd);
    }
  }

  function seeNames(into: Observation, p: number): void {
    const runs = process.state(p) === running;
    const n = process.namespace(p);
    let twin = 1;
    while (twin < p && process.namespace(twin) !== n) twin++;
    const [from, to] = [twin * shape.paths, p * shape.paths];
    if (twin < p) {
      // Processes of one namespace see the same. Their few cells are copied faster than `copyWithin` begins.
      const { seenKind, seenInstance, seenOrigin, seenByLink, seenObject } = into;
      for (let k = 0; k < shape.paths; k++) {
        seenKind[to + k] = seenKind[from + k] ?? 0;
        seenInstance[to + k] = seenInstance[from + k] ?? 0;
        seenOrigin[to + k] = seenOrigin[from + k] ?? 0;
        seenByLink[to + k] = seenByLink[from + k] ?? 0;
        seenObject[to + k] = seenObject[from + k] ?? 0;
      }
    } else {
      for (let k = 0; k < shape.paths; k++) {
        if (runs) seePath(into, to + k, p, k);
        else blank(into, to + k);
      }
    }
  }

  function blank(into: Observation, at: number): void {
    into.seenKind[at] = 0;
    into.seenInstance[at] = 0;
    into.seenOrigin[at] = 0;
    into.seenByLink[at] = 0;
    into.seenObject[at] = 0;
  }

  function digest(o: number): number {
    for (let k = 0; k < keys.length; k++) values[k] = valueAt(o, keys[k] ?? 0);
    return contentDigest(values);
  }

  function valueAt(o: number, key: number): number | null {
    const e = objects.findElement(o, key);
    if (e !== 0) return names.word(w.element.value(e));
    const inArray =
      object.kind(o) === kinds.array && names.word(key) < names.word(object.maxEntries(o));
    return inArray ? 0 : null;
  }

  function seeObjects(into: Observation): void {
    for (let o = 1; o <= bounds.objects; o++) {
      into.descriptions[o] = 0;
      into.inodes[o] = 0;
      into.programs[o] = 0;
      into.links[o] = 0;
      into.slots[o] = 0;
      into.attachments[o] = 0;
    }
    if (slots > 0) into.slot.fill(0);
    for (let s = 1; s <= slots; s++) seeSlot(into, s);
    for (let a = 1; a <= (bounds.attachments ?? 0); a++) {
      count(into.attachments, attachment.program(a));
    }
    for (let d = 1; d <= bounds.descriptions; d++) count(into.descriptions, description.object(d));
    for (let i = 1; i <= bounds.inodes; i++) count(into.inodes, inode.object(i));
    for (let o = 1; o <= bounds.objects; o++) {
      const alive = isAlive(o);
      const kind = object.kind(o);
      count(kind === kinds.link ? into.links : into.programs, object.uses(o));
      into.alive[o] = alive ? 1 : 0;
      into.kind[o] = alive ? kindOf(o, objectKinds) : 0;
      into.refcnt[o] = object.refcnt(o);
      into.usercnt[o] = object.usercnt(o);
      into.frozen[o] = alive ? object.frozen(o) : 0;
      into.content[o] = alive && hasContent(kind) ? digest(o) : -1;
    }
    seeHooked(into.hooked);
    into.pending[0] = howManyPending();
  }

  function seeSlot(into: Observation, s: number): void {
    const o = slot.object(s);
    count(into.slots, slot.target(s));
    const k = keys.indexOf(slot.key(s));
    if (o !== 0 && k >= 0) into.slot[o * keys.length + k] = slot.target(s);
  }

  function count(cells: Int32Array, o: number): void {
    if (o !== 0) cells[o] = (cells[o] ?? 0) + 1;
  }

  return {
    shape,
    observe(into, part = 'all') {
      if (part === 'all' || part === 'processes')
        for (let p = 1; p <= bounds.processes; p++) seeProcess(into, p);
      if (part === 'all' || part === 'names') {
        sight.recall();
        for (let p = 1; p <= bounds.processes; p++) seeNames(into, p);
      }
      if (part === 'all' || part === 'objects') seeObjects(into);
    },
  };
}

/** The observers of a world, by their lists of paths; whoever asks again mostly has the same list. */
export function createObservers(parts: Parts): (watch: readonly string[]) => Observer {
  const observers = new Map<string, Observer>();
  let last: { readonly watch: readonly string[]; readonly observer: Observer } | undefined;
  return (watch) => {
    if (last?.watch === watch) return last.observer;
    const key = watch.join('\0');
    const observer = observers.get(key) ?? createObserver(parts, watch);
    observers.set(key, observer);
    last = { watch, observer };
    return observer;
  };
}
