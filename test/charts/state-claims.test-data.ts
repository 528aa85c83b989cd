/** Claims about the state itself, of which observations show only a part. */
import type { CheckedProperty } from '../../checker/index.ts';
import type { CurrentState } from '../../cli/verify/current-state.ts';
import { firstFd } from '../../model/edges/descriptors.ts';
import { pairOf, receivedOf } from '../../model/index.ts';
import type { Fcntl, Search, SearchOptions } from '../../model/index.ts';
import { recount } from '../../model/state/recount.ts';
import { hookClaim } from './hook-claims.test-data.ts';
import { tablesOf } from './tables-of-search.test-data.ts';

/**
 * Every state agrees with a recount, and descriptors are born as docs/world.md says: those of new
 * objects and of pins close on exec, duplicates do not, and forked copies are as their originals.
 */
export function stateClaims(
  search: Search,
  options: SearchOptions,
  state: CurrentState,
): readonly CheckedProperty[] {
  const tables = tablesOf(search, options);
  const { parts, follow } = tables;
  const { descriptor, charts, bounds } = parts.w;
  const { open, 'open-on-exec-closes': closing } = charts.descriptor.states;
  const slot = (pid: number, fd: number): number => descriptor.state(parts.descriptors.at(pid, fd));

  function sameFlags(parent: number, child: number): boolean {
    for (let fd = firstFd; fd < firstFd + bounds.descriptors; fd++) {
      if (slot(parent, fd) !== slot(child, fd)) return false;
    }
    return true;
  }

  const allAre = (pid: number, fds: readonly number[], code: number): boolean =>
    fds.every((fd) => slot(pid, fd) === code);

  const openOf = (pid: number): readonly number[] =>
    Array.from({ length: bounds.descriptors }, (_, k) => firstFd + k).filter(
      (fd) => slot(pid, fd) !== 0,
    );

  function fcntlRight(pid: number, { fd, command, argument }: Fcntl, value: number): boolean {
    switch (command) {
      case 'F_DUPFD':
        return slot(pid, value) === open;
      case 'F_DUPFD_CLOEXEC':
        return slot(pid, value) === closing;
      case 'F_SETFD':
        return slot(pid, fd) === (argument === 1 ? closing : open);
      case 'F_GETFD':
        return (slot(pid, fd) === closing) === (value === 1);
      case 'F_GETFL':
        return slot(pid, fd) !== 0;
    }
  }

  function bornRight(): boolean {
    const step = state.step();
    if (step === null || !step.outcome.ok) return true;
    const { pid, call, outcome } = step;
    switch (call.call) {
      case 'BPF_MAP_CREATE':
      case 'BPF_PROG_LOAD':
      case 'BPF_OBJ_GET':
      case 'BPF_MAP_GET_FD_BY_ID':
      case 'BPF_PROG_GET_FD_BY_ID':
      case 'BPF_LINK_CREATE':
      case 'BPF_LINK_GET_FD_BY_ID':
        return slot(pid, outcome.value) === closing;
      case 'dup':
      case 'open':
      case 'open-namespace':
        return slot(pid, outcome.value) === open;
      case 'dup2':
        return call.fd === call.to || slot(pid, outcome.value) === open;
      case 'dup3':
        return slot(pid, outcome.value) === (call.flag === 'none' ? open : closing);
      case 'pipe2':
        return allAre(pid, pairOf(outcome.value), call.flag === 'none' ? open : closing);
      case 'socketpair':
        return allAre(pid, pairOf(outcome.value), open);
      case 'recvmsg': {
        const { fds } = receivedOf(outcome.value);
        return allAre(pid, fds, call.flag === 'MSG_CMSG_CLOEXEC' ? closing : open);
      }
      case 'fcntl':
        return fcntlRight(pid, call, outcome.value);
      case 'execve':
        return allAre(pid, openOf(pid), open);
      case 'fork':
      case 'clone':
        return sameFlags(pid, outcome.value);
      case 'BPF_MAP_UPDATE_ELEM':
      case 'BPF_MAP_LOOKUP_ELEM':
      case 'BPF_MAP_DELETE_ELEM':
      case 'BPF_MAP_GET_NEXT_KEY':
      case 'BPF_PROG_TEST_RUN':
      case 'BPF_MAP_FREEZE':
      case 'BPF_OBJ_GET_INFO_BY_FD':
      case 'BPF_MAP_GET_NEXT_ID':
      case 'BPF_PROG_GET_NEXT_ID':
      case 'BPF_LINK_GET_NEXT_ID':
      case 'BPF_PROG_ATTACH':
      case 'BPF_PROG_DETACH':
      case 'BPF_LINK_DETACH':
      case 'RTM_NEWTFILTER':
      case 'RTM_DELTFILTER':
      case 'RTM_DELQDISC':
      case 'bpf':
      case 'BPF_OBJ_PIN':
      case 'chdir':
      case 'fchdir':
      case 'linkat':
      case 'sendmsg':
      case 'SO_ATTACH_BPF':
      case 'SO_DETACH_FILTER':
      case 'close':
      case 'exit_group':
      case 'kill':
      case 'mkdir':
      case 'rmdir':
      case 'unlink':
      case 'link':
      case 'rename':
      case 'renameat2':
      case 'symlink':
      case 'mknod':
      case 'stat':
      case 'truncate':
      case 'utimensat':
      case 'setxattr':
      case 'readdir':
      case 'umask':
      case 'chmod':
      case 'chown':
      case 'setresuid':
      case 'access':
      case 'statx':
      case 'mount':
      case 'bind':
      case 'bind-namespace':
      case 'move':
      case 'remount':
      case 'set-propagation':
      case 'umount2':
      case 'unshare':
      case 'unshare-user':
      case 'setns':
        return true;
    }
  }

  return [
    {
      kind: 'always',
      id: 'recount',
      holds() {
        follow();
        return recount(parts.w).length === 0;
      },
    },
    {
      kind: 'step',
      id: 'close-on-exec',
      failing: 'skipped',
      before: () => undefined,
      holds() {
        follow();
        return bornRight();
      },
    },
    ...(parts.w.cgroupRoot > 0 || parts.w.bounds.qdiscs === 1 ? [hookClaim(tables, state)] : []),
  ];
}
