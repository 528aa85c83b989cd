/** Who passes on to whom what is mounted: rings of peers, masters and slaves. */
import type { Mount } from './vfs.types.ts';

/** Makes a mount a peer, at first of nobody. */
export function makeShared(mount: Mount): void {
  mount.ring ??= new Set([mount]);
}

/** Out of its ring, and a slave of what is left of that, or else of its own master. */
export function makeSlave(mount: Mount): void {
  const { ring } = mount;
  ring?.delete(mount);
  mount.ring = null;
  const [peer] = ring ?? [];
  const master = peer ?? mount.master;
  for (const slave of [...mount.slaves]) setMaster(slave, master);
  setMaster(mount, master);
}

export function makePrivate(mount: Mount): void {
  makeSlave(mount);
  setMaster(mount, null);
}

/** What a copy of a mount is at first: in the same ring, below the same master. */
export function makePeer(copy: Mount, original: Mount): void {
  copy.ring = original.ring;
  copy.ring?.add(copy);
  setMaster(copy, original.master);
}

export function setMaster(mount: Mount, master: Mount | null): void {
  mount.master?.slaves.delete(mount);
  mount.master = master;
  master?.slaves.add(mount);
}

export const ringOf = (mount: Mount): ReadonlySet<Mount> => mount.ring ?? new Set([mount]);

/** All that a mount passes on to, masters before their slaves. */
export function* heardBy(origin: Mount): Generator<Mount> {
  const known = new Set([origin]);
  const rings = [origin.ring ?? new Set<Mount>()];
  for (const ring of rings) {
    for (const peer of ring) {
      if (!known.has(peer)) yield peer;
      known.add(peer);
    }
    for (const slave of [...ring].flatMap(({ slaves }) => [...slaves])) {
      if (known.has(slave)) continue;
      if (slave.ring !== null) rings.push(slave.ring);
      else {
        known.add(slave);
        yield slave;
      }
    }
  }
}
