/** What passes on mounts, and to whom: mount(2) with MS_SHARED, MS_SLAVE, MS_PRIVATE; fs/namespace.c, do_change_type. */
import type { PeerEdges } from '../edges/peers.ts';
import { newHere } from '../walk.ts';
import type { Parts } from './parts.types.ts';
import { cgroupScenery, faultRows, spellingRows } from './path-rows.ts';
import { administeringRows, ifUserNamespaces } from './permission-rows.ts';
import { mayMount } from './unmounting.ts';
import { bound, clause, find, ofArguments, reading, type CallTable } from './row.ts';

/** The argument codes of the types. */
export const propagationTypes = { MS_SHARED: 0, MS_SLAVE: 1, MS_PRIVATE: 2 } as const;

const source = 'fs/namespace.c, do_change_type; measured on 6.18.44';

export function setPropagation(parts: Parts): CallTable {
  const { w, is, names, may, peers, propagation, walk } = parts;
  const { mount, bounds } = w;
  const here = newHere();
  const own = here.at;
  const R: { changed: readonly number[]; alone: number } = { changed: [], alone: 0 };
  const walked = find((p, path) => {
    here.at = walk.toEnd(own, p, path, 'checked', 'followed');
  });
  const hereNumber = (): number => peers.numberOf(here.at.mount, here.at.namespace);

  const isDetached = (): boolean => here.at.mount !== 0 && mount.namespace(here.at.mount) === 0;

  /** The mount and, with MS_REC, all below it: in a host tree, those of its namespace. */
  function changed(x: number, recursive: number): readonly number[] {
    if (recursive === 0) return [x];
    const row = peers.rowOf(x);
    if (row !== 0) return propagation.treeOf(row);
    const rows = Array.from({ length: bounds.mounts }, (_, k) => k + 1);
    return [x, ...rows.filter((m) => mount.namespace(m) === peers.namespaceOf(x))];
  }

  const planned = find((_p, _path, _type, recursive) => {
    // Nothing is mounted in what is in no namespace, nor does anything become a peer of it.
    R.changed = isDetached() ? [] : changed(hereNumber(), recursive);
    R.alone = R.changed.filter((x) => peers.groupOf(x) === 0).length;
  });
  return {
    call: 'set-propagation',
    short: 'propagation',
    looksAt: 'file-systems',
    sorts: ['path', 'propagation-type', 'bind-flag'],
    rows: [
      ...spellingRows(names),
      walked,
      ...faultRows(walked, here),
      ...administeringRows(parts, 'propagation', mayMount),
      ofArguments(bound('bound.propagation', () => bounds.peerGroups === undefined)),
      bound('bound.cgroup', () => walk.isCgroupRoot(here.at.dentry), cgroupScenery),
      clause(
        'propagation.not-a-mount',
        'EINVAL',
        () => peers.rootOf(hereNumber()) !== here.at.dentry,
        source,
      ),
      ...(is.detachedType === 'EINVAL'
        ? [
            clause('propagation.detached', 'EINVAL', isDetached, source),
            ...ifUserNamespaces(
              parts,
              clause(
                'propagation.of-others',
                'EPERM',
                (p) => !may.administers(p, peers.namespaceOf(hereNumber())),
                source,
              ),
            ),
          ]
        : []),
      planned,
      reading(
        [planned],
        bound(
          'bound.peer-groups',
          (_p, _path, type) => type === propagationTypes.MS_SHARED && R.alone > peers.freeGroups(),
        ),
      ),
    ],
    effect(_p, _path, type) {
      for (const x of R.changed) setType(peers, x, type);
      return 0;
    },
  };
}

function setType(peers: PeerEdges, x: number, type: number): void {
  if (type === propagationTypes.MS_SHARED) peers.share(x);
  else if (type === propagationTypes.MS_SLAVE) peers.enslave(x);
  else peers.leave(x);
}
