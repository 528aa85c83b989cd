/** Namespaces as files: namespaces(7), setns(2); fs/nsfs.c; kernel/nsproxy.c; fs/namespace.c, mntns_install. */
import { fileKinds } from '../state/codes.ts';
import { descriptorRows, isUnusable, newDescriptor } from './new-descriptor.ts';
import type { Parts } from './parts.types.ts';
import { ifPermissions } from './permission-rows.ts';
import { bound, clause, ofArguments, type CallTable, type Row } from './row.ts';

const measured = 'fs/proc/namespaces.c; measured on 6.18.44';

/** Whether a process may look into another depends on what that has done since it gave up root. */
const lookingInto = 'docs/world.md: what a user may see of other processes';

/** Where another user's namespace is, no /proc is to be had. */
export const lookingRow = ({ w, may }: Parts): Row =>
  bound(
    'bound.unprivileged',
    (p) => !may.isPrivileged(p) || w.namespace.owner(w.process.namespace(p)) !== 0,
    lookingInto,
  );

export function openNamespace(parts: Parts): CallTable {
  const { w, descriptors, descriptions, namespaces } = parts;
  const { process, bounds, charts } = w;
  const R = newDescriptor();
  const isGone = (target: number): boolean =>
    target < 1 ||
    target > bounds.processes ||
    process.state(target) !== charts.process.states.running;
  return {
    call: 'open-namespace',
    short: 'open-namespace',
    sorts: ['pid'],
    rows: [
      ofArguments(bound('bound.namespace-files', () => bounds.namespaceFiles !== 1)),
      ...ifPermissions(parts, lookingRow(parts)),
      ...descriptorRows(parts, 'open-namespace', R),
      clause('open-namespace.no-process', 'ENOENT', (_p, target) => isGone(target), measured),
    ],
    effect(p, target) {
      const n = process.namespace(target);
      const at = { cgroup: 0, mount: 0, dentry: 0, namespace: n };
      descriptions.openPlain(R.description, fileKinds.namespace, at);
      namespaces.hold(n);
      descriptors.install(p, R.fd, R.description, 'stays');
      return R.fd;
    },
  };
}

export function setns(parts: Parts): CallTable {
  const { w, descriptors, mounts, namespaces, may } = parts;
  const { description, process, bounds } = w;
  const hostRoot = bounds.dentries + 1;
  const opened = (p: number, fd: number): number => descriptors.descriptionAt(p, fd);
  return {
    call: 'setns',
    short: 'setns',
    sorts: ['fd'],
    rows: [
      clause('setns.fd-closed', 'EBADF', (p, fd) => isUnusable(parts, p, fd), 'setns(2)'),
      clause(
        'setns.not-a-namespace',
        'EINVAL',
        (p, fd) => description.kind(opened(p, fd)) !== fileKinds.namespace,
        'setns(2); kernel/nsproxy.c',
      ),
      ...ifPermissions(
        parts,
        clause(
          'setns.unprivileged',
          'EPERM',
          (p, fd) => !may.administers(p, description.namespace(opened(p, fd))),
          'fs/namespace.c, mntns_install; measured on 6.18.44',
        ),
      ),
      bound(
        'bound.root',
        (p, fd) => mounts.mountAt(description.namespace(opened(p, fd)), 0, hostRoot) !== 0,
        'docs/world.md: every process has the root of its namespace, whatever covers that',
      ),
    ],
    effect(p, fd) {
      const n = description.namespace(opened(p, fd));
      const old = process.namespace(p);
      namespaces.enter(n);
      process.namespace.cells[p] = n;
      // Wherever it was, it is at the root now.
      mounts.moveTo(p, 0, 0);
      namespaces.leave(old);
      return 0;
    },
  };
}
