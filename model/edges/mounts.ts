/**
 * Who holds a superblock and a mount. The only writer of their lifecycles and of the counts of superblocks
 * (fs/namespace.c; kernel/bpf/inode.c). Working directories and open files
 * hold a mount and a dentry: nobody counts these, they are looked for.
 */
import type { Tables } from '../state/tables.ts';
import type { InodeEdges } from './inodes.ts';
import type { MountEdges } from './mounts.types.ts';
import type { PeerEdges } from './peers.ts';

export type { MountEdges } from './mounts.types.ts';

/** `files`: what to do with a namespace when a mount of its file is no more. */
export function createMountEdges(
  w: Tables,
  inodes: InodeEdges,
  peers: PeerEdges,
  files: { readonly release: (n: number) => void },
): MountEdges {
  const { process, description, superblock, dentry, mount, moves, bounds } = w;
  const hostSuperblock = bounds.superblocks + 1;
  const hostRoot = bounds.dentries + 1;
  const holding = bounds.directories === 1;
  const { detached } = w.charts.mount.states;
  const rows = Array.from({ length: bounds.mounts }, (_, k) => k + 1);

  const superblockOf = (e: number): number => inodes.superblockOf(e);

  const isInstanceReadOnly = (e: number): boolean => superblock.readOnly(superblockOf(e)) === 1;

  function isRoot(e: number): boolean {
    for (let m = 1; m <= bounds.mounts; m++) {
      if (mount.root(m) === e) return true;
    }
    return false;
  }

  function isHeld(m: number): boolean {
    for (let p = 1; holding && p <= bounds.processes; p++)
      if (process.cwdMount(p) === m) return true;
    for (let d = 1; holding && d <= bounds.descriptions; d++) {
      if (description.mount(d) === m) return true;
    }
    return false;
  }

  const isTreeHeld = (m: number): boolean => isHeld(m) || childrenOf(m).some(isTreeHeld);

  const hasChildMounts = (m: number): boolean => {
    for (let child = 1; child <= bounds.mounts; child++) if (mount.parent(child) === m) return true;
    return false;
  };

  function childrenOf(m: number, n = mount.namespace(m)): readonly number[] {
    return rows.filter((child) => mount.parent(child) === m && mount.namespace(child) === n);
  }

  /** True if somebody is there; or what lies in it, and lost its name as well, is held. */
  function isOpen(e: number): boolean {
    for (let p = 1; p <= bounds.processes; p++) if (process.cwd(p) === e) return true;
    for (let d = 1; d <= bounds.descriptions; d++) if (description.dentry(d) === e) return true;
    for (let child = 1; child <= bounds.dentries; child++) {
      if (dentry.parent(child) === e && !inodes.isNamed(child)) return true;
    }
    return false;
  }

  const isKept = (e: number): boolean => isRoot(e) || (holding && isOpen(e));

  /** What lost its name goes with the last that held it, and so may the directory it was in. */
  function dropDead(e: number): void {
    if (e === 0 || e > bounds.dentries || inodes.isNamed(e) || isKept(e)) return;
    const parent = dentry.parent(e);
    inodes.dropHold(e);
    dropDead(parent);
  }

  function hasAttached(s: number): boolean {
    for (let m = 1; m <= bounds.mounts; m++) {
      if (mount.namespace(m) !== 0 && superblockOf(mount.root(m)) === s) return true;
    }
    return false;
  }

  /** One mount of it fewer, or one that is in no namespace any more. */
  function settleSuperblock(s: number): void {
    const { mounted } = w.charts.superblock.states;
    const isMounted = superblock.state(s) === mounted;
    if (superblock.count(s) > 0) {
      if (isMounted && !hasAttached(s)) moves.superblock['last-mount-held'](s);
      return;
    }
    // Two places, as a name that is computed is looked up every time.
    if (isMounted) moves.superblock['last-mount'](s);
    else moves.superblock['last-hold'](s);
    superblock.key.cells[s] = 0;
    superblock.keyed.cells[s] = 0;
    superblock.root.cells[s] = 0;
    superblock.readOnly.cells[s] = 0;
    inodes.clear(s);
  }

  function endMount(m: number): void {
    const [root, n] = [mount.root(m), mount.file(m)];
    const s = superblockOf(root);
    mount.root.cells[m] = 0;
    mount.readOnly.cells[m] = 0;
    mount.file.cells[m] = 0;
    dropDead(root);
    if (n !== 0) files.release(n);
    if (s === hostSuperblock) return;
    superblock.count.cells[s] = superblock.count(s) - 1;
    settleSuperblock(s);
  }

  function removeMount(m: number): void {
    peers.leave(m);
    mount.namespace.cells[m] = 0;
    mount.parent.cells[m] = 0;
    mount.at.cells[m] = 0;
    mount.mark.cells[m] = 0;
    mount.lock.cells[m] = 0;
    if (isHeld(m)) {
      moves.mount['detach-held'](m);
      const s = superblockOf(mount.root(m));
      if (s !== hostSuperblock) settleSuperblock(s);
      return;
    }
    moves.mount.detach(m);
    endMount(m);
  }

  function letGo(m: number, e: number): void {
    dropDead(e);
    if (m === 0 || mount.state(m) !== detached || isHeld(m)) return;
    moves.mount['last-hold'](m);
    endMount(m);
  }

  function detachTree(m: number): void {
    for (let child = 1; child <= bounds.mounts; child++) {
      if (mount.parent(child) === m) detachTree(child);
    }
    removeMount(m);
  }

  return {
    isBpf: (e) => superblockOf(e) !== hostSuperblock,
    isDead: (e) => !inodes.isNamed(e),
    mountAt(n, parent, e) {
      for (let m = 1; m <= bounds.mounts; m++) {
        if (mount.at(m) === e && mount.parent(m) === parent && mount.namespace(m) === n) return m;
      }
      return 0;
    },
    isMountPoint(n, e) {
      for (let m = 1; m <= bounds.mounts; m++) {
        if (mount.at(m) === e && mount.namespace(m) === n) return true;
      }
      return false;
    },
    isReadOnly: (m, e) => mount.readOnly(m) === 1 || isInstanceReadOnly(e),
    isInstanceReadOnly,
    setReadOnly(m, readOnly) {
      mount.readOnly.cells[m] = readOnly;
    },
    setInstanceReadOnly(s, readOnly) {
      superblock.readOnly.cells[s] = readOnly;
    },
    hasChildMounts,
    childrenOf,
    isHeld,
    takesHeldTree: (e) => {
      if (!holding) return false;
      const gone = rows.filter((m) => mount.at(m) === e && childrenOf(m).length > 0);
      return e !== 0 && gone.some(isTreeHeld);
    },
    letGo,
    moveTo(p, m, e) {
      if (!holding) return;
      const [oldMount, old] = [process.cwdMount(p), process.cwd(p)];
      process.cwdMount.cells[p] = m;
      process.cwd.cells[p] = m === 0 && e === hostRoot ? 0 : e;
      letGo(oldMount, old);
    },
    createSuperblock(s, key, i, e, bits) {
      moves.superblock['first-mount'](s);
      superblock.key.cells[s] = key;
      inodes.createRoot(s, e, i, bits);
    },
    removeName(e) {
      for (let m = 1; m <= bounds.mounts; m++) {
        if (mount.at(m) === e) detachTree(m);
      }
      inodes.unname(e, isKept(e) ? 'held' : 'free');
    },
    attach(m, n, parent, at, root) {
      moves.mount.attach(m);
      mount.namespace.cells[m] = n;
      mount.parent.cells[m] = parent;
      mount.at.cells[m] = at;
      mount.root.cells[m] = root;
      const s = superblockOf(root);
      if (s === hostSuperblock) return;
      const { detached: adrift } = w.charts.superblock.states;
      // What was just made has no mount yet; what is adrift has some.
      const isFound = superblock.count(s) > 0 && superblock.state(s) === adrift;
      superblock.count.cells[s] = superblock.count(s) + 1;
      if (isFound) moves.superblock['mount-again'](s);
    },
    move(m, parent, at) {
      mount.parent.cells[m] = parent;
      mount.at.cells[m] = at;
    },
    detach: removeMount,
    detachTree,
    removeAll(n) {
      for (let m = 1; m <= bounds.mounts; m++) {
        if (mount.namespace(m) === n) removeMount(m);
      }
      peers.leave(bounds.mounts + n);
    },
  };
}
