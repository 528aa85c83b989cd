/**
 * Who is in a mount namespace, and which instances are its own. The only writer of the lifecycle and the
 * count of namespaces (fs/namespace.c; kernel/bpf/inode.c, bpf_mount of 4.4).
 */
import type { Switches } from '../profiles/index.ts';
import { keyed } from '../state/codes.ts';
import type { Tables } from '../state/tables.ts';
import type { MountEdges } from './mounts.ts';

export interface NamespaceEdges {
  /** A new namespace: nobody knows whether it has the address of one that is gone. */
  begin(n: number): void;
  enter(n: number): void;
  /** One process fewer; the last one takes the namespace, and its mounts, along, unless a file holds it. */
  leave(n: number): void;
  /** True if `other` began after namespace `n`: only then may `n` have its file mounted (mnt_ns_loop). */
  isYounger(other: number, n: number): boolean;
  /** A mount shows its file, and holds it; `n` 0 for any other mount. */
  show(m: number, n: number): void;
  /** One open file more, or fewer; or one mount of its file fewer. */
  hold(n: number): void;
  readonly release: (n: number) => void;
  /** The first mount of a new instance in it: from now on its address is known to key that one. */
  own(n: number): void;
  /** True for an instance whose key dangles, while there is a namespace that may have got that address. */
  readonly mayBeFound: (s: number) => boolean;
  /** The namespace has that address indeed: its mounts find the instance. */
  readonly giveKey: (s: number) => void;
}

export function createNamespaceEdges(w: Tables, is: Switches, mounts: MountEdges): NamespaceEdges {
  const { description, superblock, mount, namespace, moves, bounds } = w;
  const reuses = is.nsKeyReuse === 'adversarial' && is.instance === 'per-namespace';
  const holding = bounds.directories === 1;
  const aging = bounds.namespaceFiles === 1;

  /** Whoever has not got the address of one that is gone by now has another. */
  function settleAddresses(): void {
    for (let n = 1; reuses && n <= bounds.namespaces; n++) namespace.fresh.cells[n] = 0;
    for (let s = 1; reuses && s <= bounds.superblocks; s++) {
      if (superblock.keyed(s) === keyed.tooLate) superblock.keyed.cells[s] = keyed.byMaker;
    }
  }

  function freshNamespace(): number {
    for (let n = 1; n <= bounds.namespaces; n++) if (namespace.fresh(n) === 1) return n;
    return 0;
  }

  function beginToAge(n: number): void {
    let oldest = 0;
    for (let other = 1; other <= bounds.namespaces; other++) {
      if (namespace.age(other) > oldest) oldest = namespace.age(other);
    }
    if (aging) namespace.age.cells[n] = oldest + 1;
  }

  function closeRanks(n: number): void {
    const age = namespace.age(n);
    namespace.age.cells[n] = 0;
    for (let other = 1; aging && other <= bounds.namespaces; other++) {
      if (namespace.age(other) > age) namespace.age.cells[other] = namespace.age(other) - 1;
    }
  }

  /** Its mounts go with it, and what was keyed by it is found by nobody. */
  function end(n: number): void {
    namespace.fresh.cells[n] = 0;
    closeRanks(n);
    namespace.owner.cells[n] = 0;
    for (let s = 1; s <= bounds.superblocks; s++) {
      if (superblock.key(s) !== n) continue;
      superblock.key.cells[s] = 0;
      superblock.keyed.cells[s] = freshNamespace() === 0 ? keyed.byMaker : keyed.tooLate;
    }
    mounts.removeAll(n);
    for (let d = 1; holding && d <= bounds.descriptions; d++) {
      if (description.namespace(d) === n) description.namespace.cells[d] = 0;
    }
  }

  return {
    begin(n) {
      settleAddresses();
      if (reuses) namespace.fresh.cells[n] = 1;
    },
    enter(n) {
      if (namespace.count(n) === 0) {
        if (namespace.held(n) === 0) beginToAge(n);
        if (namespace.held(n) > 0) moves.namespace.join(n);
        else moves.namespace.enter(n);
      }
      namespace.count.cells[n] = namespace.count(n) + 1;
    },
    leave(n) {
      namespace.count.cells[n] = namespace.count(n) - 1;
      if (namespace.count(n) > 0) return;
      if (namespace.held(n) > 0) {
        moves.namespace['last-process-kept'](n);
        return;
      }
      moves.namespace['last-process'](n);
      end(n);
    },
    show(m, n) {
      if (n === 0) return;
      mount.file.cells[m] = n;
      namespace.held.cells[n] = namespace.held(n) + 1;
    },
    hold(n) {
      namespace.held.cells[n] = namespace.held(n) + 1;
    },
    release(n) {
      namespace.held.cells[n] = namespace.held(n) - 1;
      if (namespace.held(n) > 0 || namespace.count(n) > 0) return;
      moves.namespace['last-hold'](n);
      end(n);
    },
    isYounger: (other, n) => namespace.age(other) > namespace.age(n),
    own(n) {
      if (namespace.fresh(n) === 1) settleAddresses();
    },
    mayBeFound: (s) =>
      superblock.root(s) !== 0 &&
      superblock.key(s) === 0 &&
      superblock.keyed(s) === keyed.byMaker &&
      freshNamespace() !== 0,
    giveKey(s) {
      superblock.key.cells[s] = freshNamespace();
      superblock.keyed.cells[s] = keyed.byAddress;
      settleAddresses();
    },
  };
}
