/**
 * Walks that are made once: a search tries many calls on one state, most of them walk the same few
 * paths, and many states differ in what walks do not look at. What a walk finds depends on the
 * namespace, the user, the path and the tables of file systems alone.
 */
import type { Names } from './names.ts';
import type { Recollections } from './recollections.types.ts';
import { users } from './state/codes.ts';
import type { Tables } from './state/tables.ts';
import { newPlace, type Place, type Walk } from './walk.ts';

export interface RememberedWalk extends Walk {
  /**
   * To be called whenever the state has changed: finds again what is known of it. Returns a table
   * for whatever else depends on the file systems alone, empty at first.
   */
  readonly recall: () => Recollections;
  /** True once so many states of the file systems were met that remembering them does not pay. */
  readonly crowded: () => boolean;
}

/** What is known of one state of the file systems. */
interface Memory {
  /** By way to walk, user, namespace and path. */
  readonly places: (Place | undefined)[];
  readonly known: Uint8Array;
  readonly recollections: Recollections;
}

/** Memories are looked up by a hash of the cells; a newcomer takes the place of an older one. */
const memories = 1 << 13;

/** After so many states it is known whether remembering pays: if seven in eight were met before. */
const trial = 1 << 13;

const ways = { end: 0, slash: 1, top: 2, parent: 3, kept: 4 } as const;

/** What walks look at, besides the caller's namespace. */
export const walkedTables = ['cgroup', 'superblock', 'inode', 'dentry', 'mount'] as const;

/**
 * A walk that remembers. `paths`: how many path ids there are; `walked`: words that are the same
 * exactly if `walkedTables` are.
 */
export function rememberWalk(
  w: Tables,
  walk: Walk,
  names: Names,
  paths: number,
  walked: Uint32Array,
): RememberedWalk {
  const { process } = w;
  const perUser = (w.bounds.namespaces + 1) * paths;
  const { permissions = 0, userNamespaces = 0 } = w.bounds;
  const perWay = (1 + permissions * (1 + userNamespaces)) * perUser;
  const length = walked.length;
  const remembered: (Memory | undefined)[] = Array.from({ length: memories }, () => undefined);
  /** What each memory is about: `length` words, together so that one look decides. */
  const keys = new Uint32Array(memories * length);
  /** Where the memory that is about the current state has its place. */
  let slot = 0;
  let now = newMemory();
  let recalled = 0;
  let missed = 0;
  let crowded = false;

  function newMemory(): Memory {
    return { places: [], known: new Uint8Array(5 * perWay), recollections: [] };
  }

  function hash(): number {
    let sum = 0;
    for (let k = 0; k < length; k++) sum = Math.imul(sum ^ (walked[k] ?? 0), 0x9e3779b1);
    return sum >>> 19;
  }

  function isKnown(): boolean {
    const start = slot * length;
    for (let k = 0; k < length; k++) if (keys[start + k] !== walked[k]) return false;
    return true;
  }

  /** What other paths lead to depends on more than is remembered by. */
  const isRemembered = Array.from({ length: paths }, (_, path) => {
    const { start } = names.path(path);
    return start === 'root' || (w.bounds.directories !== 1 && start === 'here');
  });

  /** Who is refused what: a user; or root, where it has no capability over files. */
  const standing = (p: number): number =>
    process.userNamespace(p) !== 0 && process.user(p) === users.root ? 2 : process.user(p);

  function indexOf(way: number, p: number, path: number): number {
    return way * perWay + standing(p) * perUser + process.namespace(p) * paths + path;
  }

  return {
    toDescriptor: (own, p, fd) => walk.toDescriptor(own, p, fd),
    isDirectory: (dentry) => walk.isDirectory(dentry),
    isCgroupRoot: (dentry) => walk.isCgroupRoot(dentry),
    holdsCgroups: (dentry) => walk.holdsCgroups(dentry),
    isOfCgroups: (dentry) => walk.isOfCgroups(dentry),
    recall() {
      slot = crowded ? 0 : hash();
      recalled++;
      const found = remembered[slot];
      if (found !== undefined && isKnown()) {
        now = found;
        return now.recollections;
      }
      missed++;
      if (!crowded && recalled >= trial && missed * 8 > recalled) {
        crowded = true;
        slot = 0;
        remembered.fill(undefined);
      }
      now = remembered[slot] ??= newMemory();
      keys.set(walked, slot * length);
      now.known.fill(0);
      now.recollections.fill(undefined);
      return now.recollections;
    },
    crowded: () => crowded,
    toEnd(own, p, path, slash, last) {
      if (isRemembered[path] !== true) return walk.toEnd(own, p, path, slash, last);
      const way = last === 'kept' ? ways.kept : slash === 'checked' ? ways.end : ways.slash;
      const at = indexOf(way, p, path);
      const place = (now.places[at] ??= newPlace());
      if (now.known[at] === 1) return place;
      now.known[at] = 1;
      return walk.toEnd(place, p, path, slash, last);
    },
    toTop(own, p, path) {
      if (isRemembered[path] !== true) return walk.toTop(own, p, path);
      const at = indexOf(ways.top, p, path);
      const place = (now.places[at] ??= newPlace());
      if (now.known[at] === 1) return place;
      now.known[at] = 1;
      return walk.toTop(place, p, path);
    },
    // Not remembered: few scopes open what is to be made, and every memory would have the places.
    toMade: (own, p, path, last) => walk.toMade(own, p, path, last),
    toParent(own, p, path) {
      if (isRemembered[path] !== true) return walk.toParent(own, p, path);
      const at = indexOf(ways.parent, p, path);
      const place = (now.places[at] ??= newPlace());
      if (now.known[at] === 1) return place;
      now.known[at] = 1;
      return walk.toParent(place, p, path);
    },
  };
}
