/** Bind mounts of the files of namespaces: fs/nsfs.c; fs/namespace.c, do_loopback and mnt_ns_loop. */
import { newHere } from '../walk.ts';
import { detachedRows, mountRow, targetRows } from './mount-rows.ts';
import { cgroupScenery } from './path-rows.ts';
import type { Parts } from './parts.types.ts';
import { lookingRow } from './joining.ts';
import { graft, graftRows, newGraft } from './grafting.ts';
import { administeringRows, ifPermissions } from './permission-rows.ts';
import { isForeign, mayMount } from './unmounting.ts';
import { bound, clause, ofArguments, type CallTable } from './row.ts';

const grafting = 'fs/namespace.c, lock_mount and graft_tree; measured on 6.18.44';

export function bindNamespace(parts: Parts): CallTable {
  const { w, mounts, namespaces, peers, propagation, walk } = parts;
  const { process, bounds, charts } = w;
  const target = newHere();
  const plan = newGraft();
  const R = { mount: 0 };
  const isGone = (of: number): boolean =>
    of < 1 || of > bounds.processes || process.state(of) !== charts.process.states.running;
  return {
    call: 'bind-namespace',
    short: 'bind-namespace',
    sorts: ['path', 'pid'],
    rows: [
      ofArguments(bound('bound.namespace-files', () => bounds.namespaceFiles !== 1)),
      ...targetRows(parts, target),
      ...administeringRows(parts, 'bind-namespace', mayMount),
      ...ifPermissions(parts, lookingRow(parts)),
      clause(
        'bind-namespace.no-process',
        'ENOENT',
        (_p, _target, of) => isGone(of),
        'fs/proc/namespaces.c; measured on 6.18.44',
      ),
      clause(
        'bind-namespace.not-younger',
        'EINVAL',
        (p, _target, of) => !namespaces.isYounger(process.namespace(of), process.namespace(p)),
        'fs/namespace.c, mnt_ns_loop; measured on 6.18.44',
      ),
      bound('bound.cgroup', () => walk.isOfCgroups(target.at.dentry), cgroupScenery),
      clause(
        'bind-namespace.removed-target',
        'ENOENT',
        () => mounts.isDead(target.at.dentry),
        grafting,
      ),
      ...detachedRows(parts, 'bind-namespace', target),
      clause(
        'bind-namespace.foreign',
        'EINVAL',
        (p) => isForeign(parts, p, target.at.mount),
        'fs/namespace.c, do_loopback: check_mnt',
      ),
      clause(
        'bind-namespace.directory',
        'ENOTDIR',
        () => walk.isDirectory(target.at.dentry),
        grafting,
      ),
      clause(
        'bind-namespace.heard',
        'EINVAL',
        () => {
          const { mount, namespace, dentry } = target.at;
          return propagation.receivers(peers.numberOf(mount, namespace), dentry).length > 0;
        },
        'fs/namespace.c, copy_tree without CL_COPY_MNT_NS_FILE; measured on 6.18.44',
      ),
      ...mountRow(parts, R),
      ...graftRows(parts, target, plan, () => ({
        tree: [R.mount],
        groups: [0],
        taken: [R.mount],
      })),
    ],
    effect(p, _target, of) {
      const { mount, dentry } = target.at;
      mounts.attach(R.mount, process.namespace(p), mount, dentry, w.namespaceFile);
      namespaces.show(R.mount, process.namespace(of));
      graft(parts, p, target, plan, [R.mount]);
      return 0;
    },
  };
}
