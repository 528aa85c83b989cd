import type { Bounds } from '../../model/index.ts';
import type { TraceEvent, TraceHeader } from '../../traces/index.ts';
import type { CallName } from '../../model/vocabulary/index.ts';

/** Descriptors 0, 1 and 2 are open in every process. */
const scenery = 3;

/** The limit of a trace whose header names none. */
const usualDescriptors = 64;

/** More rows than that no table needs; a trace that does is inconclusive there. */
const mostRows = 4000;

/** RLIMIT_NOFILE for a trace. */
export const descriptorLimit = ({ descriptors }: TraceHeader): number =>
  descriptors ?? usualDescriptors;

/** Bounds for a trace, as its header and its calls want them. */
export function boundsOf(
  { descriptors, unprivilegedBpf }: TraceHeader,
  events: readonly TraceEvent[],
): Bounds {
  const bounds = traceBounds(events, descriptors);
  return unprivilegedBpf === 'allowed' ? { ...bounds, unprivilegedBpf: 1 } : bounds;
}

/** Bounds that a trace does not meet, unless it is very long. */
export function traceBounds(events: readonly TraceEvent[], descriptors: number | null): Bounds {
  const count = (...names: readonly CallName[]): number =>
    events.filter(({ step }) => names.includes(step.call.call)).length;
  const rows = (number: number): number => Math.min(mostRows, number + 1);
  // Tables that no call of the trace fills are left out of the world.
  const rowsIfAny = (number: number): number => (number === 0 ? 0 : rows(number));
  const raw = count('bpf');
  const creations = raw + count('BPF_MAP_CREATE', 'BPF_PROG_LOAD', 'BPF_LINK_CREATE');
  const names = raw + count('BPF_OBJ_PIN', 'mkdir', 'link', 'linkat', 'symlink') + count('mount');
  const users = count('unshare-user') === 0 ? 0 : 1;
  const namespaces = rows(count('unshare', 'unshare-user') + 1);
  const updates = raw + count('BPF_MAP_UPDATE_ELEM');
  const byId = count('BPF_MAP_GET_FD_BY_ID', 'BPF_PROG_GET_FD_BY_ID', 'BPF_LINK_GET_FD_BY_ID');
  const filters = count('RTM_NEWTFILTER', 'RTM_DELTFILTER', 'RTM_DELQDISC');
  const typed = events.some(
    ({ step: { call } }) => call.call === 'BPF_PROG_LOAD' && call.type !== undefined,
  );
  const restricted = events.some(({ step: { call } }) => 'access' in call);
  const readOnly = events.some(
    ({ step: { call } }) =>
      call.call === 'remount' || (call.call === 'mount' && call.flag === 'MS_RDONLY'),
  );
  const marking = events.some(
    ({ step: { call } }) => call.call === 'umount2' && call.flag === 'MNT_EXPIRE',
  );
  const recursive = events.filter(
    ({ step: { call } }) => call.call === 'bind' && call.flag === 'MS_REC',
  ).length;
  const passing = count('set-propagation');
  const opened = byId + count('BPF_OBJ_GET');
  const sockets = 2 * count('socketpair');
  const plainFiles = count('open', 'open-namespace') + 2 * count('pipe2');
  return {
    processes: rows(count('fork', 'clone') + 1),
    descriptors: Math.min(mostRows, Math.max(1, (descriptors ?? usualDescriptors) - scenery)),
    descriptions: rows(creations + raw + opened + sockets + plainFiles),
    objects: rows(creations),
    elements: rows(updates),
    superblocks: rows(count('mount')),
    inodes: rows(names),
    dentries: rows(names),
    // A namespace starts with copies of all mounts of another one; a recursive bind may copy them all.
    mounts: rows(
      count('mount', 'bind', 'bind-namespace') *
        namespaces *
        2 ** Math.min(recursive + (passing > 0 ? 2 : 0), 6),
    ),
    namespaces,
    slots: count('BPF_MAP_CREATE', 'bpf') === 0 ? 0 : rows(updates),
    sockets: rowsIfAny(sockets),
    messages: rowsIfAny(count('sendmsg')),
    attachments: rowsIfAny(count('SO_ATTACH_BPF', 'BPF_PROG_ATTACH') + filters),
    qdiscs: filters === 0 ? 0 : 1,
    programTypes: typed ? 1 : 0,
    plainFiles: plainFiles === 0 ? 0 : 1,
    sharedTables: count('clone') === 0 ? 0 : 1,
    symlinks: count('symlink') === 0 ? 0 : 1,
    freezing: count('BPF_MAP_FREEZE') + raw === 0 ? 0 : 1,
    permissions:
      users + count('setresuid', 'umask', 'chmod', 'chown', 'access', 'statx') === 0 ? 0 : 1,
    restricting: restricted || raw > 0 ? 1 : 0,
    readOnly: readOnly ? 1 : 0,
    ...(passing === 0
      ? {}
      : {
          peerGroups: Math.min(
            mostRows,
            2 * count('mount', 'bind', 'bind-namespace') * namespaces + namespaces,
          ),
        }),
    userNamespaces: users,
    namespaceFiles: count('open-namespace', 'bind-namespace') === 0 ? 0 : 1,
    expiry: marking ? 1 : 0,
    directories: 1,
  };
}
