/** unshare(CLONE_NEWNS): a mount namespace with copies of all mounts (fs/namespace.c, copy_mnt_ns). */
import { freeRow } from '../state/tables.ts';
import type { Parts } from './parts.types.ts';
import { capableRows } from './permission-rows.ts';
import { bound, find, type CallTable } from './row.ts';

export function unshare(parts: Parts): CallTable {
  const { w, mounts, namespaces, peers } = parts;
  const { mount, namespace, process, bounds } = w;
  const R = { namespace: 0, needed: 0, free: 0 };
  /** copies[m]: the row that the copy of mount m takes. */
  const copies = new Uint16Array(bounds.mounts + 1);

  /** A copy is a peer of its original, and a slave where that is one (copy_tree). */
  function follow(copy: number, original: number): void {
    if (bounds.peerGroups !== undefined) {
      peers.join(copy, peers.groupOf(original), peers.masterOf(original));
    }
  }

  /** Copies take their rows in the order of the originals; parents may stand behind children. */
  function copyMounts(from: number, to: number): void {
    let row = 0;
    for (let m = 1; m <= bounds.mounts; m++) {
      if (mount.namespace(m) === from) {
        do row++;
        while (mount.state(row) !== 0);
        copies[m] = row;
      }
    }
    for (let m = 1; m <= bounds.mounts; m++) {
      if (mount.namespace(m) === from) {
        const parent = copies[mount.parent(m)] ?? 0;
        mounts.attach(copies[m] ?? 0, to, parent, mount.at(m), mount.root(m));
        mounts.setReadOnly(copies[m] ?? 0, mount.readOnly(m));
        follow(copies[m] ?? 0, m);
      }
    }
    follow(peers.numberOf(0, to), peers.numberOf(0, from));
  }

  return {
    call: 'unshare',
    short: 'unshare',
    sorts: [],
    rows: [
      ...capableRows(parts, 'unshare', 'kernel/nsproxy.c; measured on 6.18.44'),
      find((p) => {
        R.namespace = freeRow(namespace.state, bounds.namespaces);
        R.needed = 0;
        R.free = 0;
        for (let m = 1; m <= bounds.mounts; m++) {
          if (mount.namespace(m) === process.namespace(p)) R.needed++;
          if (mount.state(m) === 0) R.free++;
        }
      }),
      bound('bound.namespaces', () => R.namespace === 0),
      bound('bound.mounts', () => R.needed > R.free),
    ],
    effect(p) {
      const old = process.namespace(p);
      copyMounts(old, R.namespace);
      const m = process.cwdMount(p);
      // What is open stays where it is; the working directory comes along (copy_mnt_ns).
      if (m !== 0 && mount.namespace(m) === old) process.cwdMount.cells[p] = copies[m] ?? 0;
      process.namespace.cells[p] = R.namespace;
      namespaces.begin(R.namespace);
      namespaces.enter(R.namespace);
      namespaces.leave(old);
      return 0;
    },
  };
}
