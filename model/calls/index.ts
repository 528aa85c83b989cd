/**
 * The calls: one file a family, each call an ordered list of rows and an effect. May import the
 * vocabulary, names, walks, edges and state.
 */
import { callNames, type CallName } from '../vocabulary/index.ts';
import { linkCreate, linkDetach, progAttach, progDetach } from './cgroups.ts';
import { mkdir, rmdir, unlink } from './directories.ts';
import { bind } from './binding.ts';
import { bindNamespace } from './binding-namespaces.ts';
import { openNamespace, setns } from './joining.ts';
import { mount } from './mounts.ts';
import { move, remount } from './moving.ts';
import { setPropagation } from './set-propagation.ts';
import { umount } from './unmounting.ts';
import { unshare, unshareUser } from './namespaces.ts';
import { close, dup, dup2, dup3, fcntl } from './descriptors.ts';
import { mapLookup, mapUpdate } from './elements.ts';
import { open, pipe } from './files.ts';
import { mapFreeze } from './freeze.ts';
import { link, linkat } from './hard-links.ts';
import { readdir } from './listing.ts';
import { mapDelete, mapNextKey } from './keys.ts';
import { attachBpf, detachFilter, recvmsg, sendmsg, socketpair } from './messages.ts';
import { linkById, mapById, nextLinkId, nextMapId, nextProgId, progById } from './ids.ts';
import { objInfo } from './info.ts';
import { mapCreate } from './objects.ts';
import type { Parts } from './parts.types.ts';
import { bpfClosed } from './permission-rows.ts';
import { access, chmod, chown, setresuid, umask } from './permissions.ts';
import { objGet, objPin } from './pins.ts';
import { progLoad, progRun } from './programs.ts';
import { clone, execve, exitGroup, fork, kill } from './processes.ts';
import { bpf } from './raw.ts';
import { rename, renameat2 } from './rename.ts';
import { mknod } from './special-files.ts';
import { stat, statx } from './stat.ts';
import { chdir, fchdir } from './working-directories.ts';
import { symlink } from './symlinks.ts';
import { setxattr, truncate, utimensat } from './touching.ts';
import { clause, type CallRows, type CallTable } from './row.ts';
import { delFilter, delQdisc, newFilter } from './traffic-filters.ts';

export type { Parts } from './parts.types.ts';
export type { CallRows, Row, Sort } from './row.ts';

const makers = {
  BPF_MAP_CREATE: mapCreate,
  BPF_MAP_UPDATE_ELEM: mapUpdate,
  BPF_MAP_LOOKUP_ELEM: mapLookup,
  BPF_MAP_DELETE_ELEM: mapDelete,
  BPF_MAP_GET_NEXT_KEY: mapNextKey,
  BPF_PROG_LOAD: progLoad,
  BPF_PROG_TEST_RUN: progRun,
  BPF_MAP_FREEZE: mapFreeze,
  BPF_OBJ_GET_INFO_BY_FD: objInfo,
  BPF_MAP_GET_FD_BY_ID: mapById,
  BPF_PROG_GET_FD_BY_ID: progById,
  BPF_MAP_GET_NEXT_ID: nextMapId,
  BPF_PROG_GET_NEXT_ID: nextProgId,
  bpf,
  BPF_OBJ_PIN: objPin,
  BPF_OBJ_GET: objGet,
  close,
  dup,
  dup2,
  dup3,
  fcntl,
  open,
  pipe2: pipe,
  fork,
  clone,
  execve,
  exit_group: exitGroup,
  kill,
  socketpair,
  sendmsg,
  recvmsg,
  SO_ATTACH_BPF: attachBpf,
  SO_DETACH_FILTER: detachFilter,
  BPF_PROG_ATTACH: progAttach,
  BPF_PROG_DETACH: progDetach,
  BPF_LINK_CREATE: linkCreate,
  BPF_LINK_DETACH: linkDetach,
  BPF_LINK_GET_FD_BY_ID: linkById,
  BPF_LINK_GET_NEXT_ID: nextLinkId,
  RTM_NEWTFILTER: newFilter,
  RTM_DELTFILTER: delFilter,
  RTM_DELQDISC: delQdisc,
  chdir,
  fchdir,
  mkdir,
  rmdir,
  unlink,
  link,
  linkat,
  rename,
  renameat2,
  symlink,
  mknod,
  stat,
  truncate,
  utimensat,
  setxattr,
  readdir,
  statx,
  access,
  chmod,
  chown,
  umask,
  setresuid,
  mount,
  bind,
  move,
  remount,
  'set-propagation': setPropagation,
  umount2: umount,
  unshare,
  'unshare-user': unshareUser,
  'open-namespace': openNamespace,
  'bind-namespace': bindNamespace,
  setns,
} as const satisfies Record<CallName, (parts: Parts) => CallTable>;

/** The named calls of one world, in the order of `callNames`; a call's index there is its code. */
export function createCalls(parts: Parts, named: readonly CallName[]): readonly CallRows[] {
  const { process, charts, bounds } = parts.w;
  const { states } = charts.process;
  const running = clause(
    'caller.not-running',
    'ESRCH',
    (p) => p < 1 || p > bounds.processes || process.state(p) !== states.running,
    'docs/world.md: a step by a process that does not run',
  );
  // Where there are users, everything may depend on who calls.
  const perUser = { caller: 'matters', looksAt: 'anything', twin: undefined } as const;
  const made = callNames.filter((name) => named.includes(name));
  return made.map((name) => {
    const table = makers[name](parts);
    // All commands of bpf(2) have one door, where there is one.
    const closed = name.startsWith('BPF_') ? bpfClosed(parts, table.short, 'no-command') : [];
    const depends = bounds.permissions === 1 ? perUser : {};
    const rows = [...closed, ...table.rows];
    return { ...perUser, shows: undefined, ...table, ...depends, rows, running };
  });
}
