/** The system calls of the kernel in memory. */
import type { Call } from '../../../model/vocabulary/index.ts';
import { isBpfClosed } from '../permission.ts';
import type { Kernel, OrError, Task } from '../structures.types.ts';
import { updateFlags } from '../update-flags.ts';
import { progAttach, progDetach } from './cgroups.ts';
import { close, dup, dup2, dup3, fcntl, pipe2 } from './descriptors.ts';
import { getById, getNextId } from './ids.ts';
import { objInfo } from './info.ts';
import { linkCreate, linkDetach } from './links.ts';
import { mapCreate, mapDelete, mapFreeze, mapLookup, mapNextKey, mapUpdate } from './maps.ts';
import { bind, mount, umount2, unshare, unshareUser } from './mounts.ts';
import { bindNamespace, openNamespace, setns } from './namespaces.ts';
import { move, remount, setPropagation } from './remounts.ts';
import { readdir } from './listing.ts';
import { link, linkat, mkdir, mknod, rmdir, symlink, unlink } from './names.ts';
import { open } from './open.ts';
import { access, chmod, chown, setresuid, statx, umask } from './permissions.ts';
import { objGet, objPin } from './pins.ts';
import { clone, execve, exitGroup, fork, kill } from './processes.ts';
import { progLoad, progTestRun } from './programs.ts';
import { bpf } from './raw.ts';
import { rename, renameat2 } from './rename.ts';
import { attachBpf, detachBpf, recvmsg, sendmsg, socketpair } from './sockets.ts';
import { stat } from './stat.ts';
import { setxattr, truncate, utimensat } from './touching.ts';
import { delFilter, delQdisc, newFilter } from './traffic-control.ts';
import { chdir, fchdir } from './working-directories.ts';

/** Old kernels ask who calls before they look at which command of bpf(2) it is. */
function isShut(kernel: Kernel, task: Task, { call }: Call): boolean {
  const isCommand = call === 'bpf' || call.startsWith('BPF_');
  const { unprivilegedBpf } = kernel.release;
  return isCommand && unprivilegedBpf === 'every-command' && isBpfClosed(kernel, task);
}

/** Does what a task asks; the value it answers, or names, or the error. */
export function systemCall(
  kernel: Kernel,
  task: Task,
  call: Call,
): OrError<number | readonly string[]> {
  if (isShut(kernel, task, call)) return 'EPERM';
  switch (call.call) {
    case 'BPF_MAP_CREATE':
      return mapCreate(kernel, task, call);
    case 'BPF_MAP_UPDATE_ELEM':
      return mapUpdate(kernel, task, { ...call, flags: updateFlags[call.flag] });
    case 'BPF_MAP_LOOKUP_ELEM':
      return mapLookup(kernel, task, { ...call, flags: 0n });
    case 'BPF_MAP_DELETE_ELEM':
      return mapDelete(kernel, task, call);
    case 'BPF_MAP_GET_NEXT_KEY':
      return mapNextKey(kernel, task, call);
    case 'BPF_PROG_LOAD':
      return progLoad(kernel, task, call);
    case 'BPF_PROG_TEST_RUN':
      return progTestRun(kernel, task, call);
    case 'BPF_MAP_FREEZE':
      return mapFreeze(kernel, task, call);
    case 'BPF_OBJ_GET_INFO_BY_FD':
      return objInfo(kernel, task, call);
    case 'BPF_MAP_GET_FD_BY_ID':
    case 'BPF_PROG_GET_FD_BY_ID':
    case 'BPF_LINK_GET_FD_BY_ID':
      return getById(kernel, task, call);
    case 'BPF_MAP_GET_NEXT_ID':
    case 'BPF_PROG_GET_NEXT_ID':
    case 'BPF_LINK_GET_NEXT_ID':
      return getNextId(kernel, task, call);
    case 'bpf':
      return bpf(kernel, task, call);
    case 'BPF_OBJ_PIN':
      return objPin(kernel, task, call);
    case 'BPF_OBJ_GET':
      return objGet(kernel, task, call);
    case 'close':
      return close(kernel, task, call);
    case 'dup':
      return dup(kernel, task, call);
    case 'dup2':
      return dup2(kernel, task, call);
    case 'dup3':
      return dup3(kernel, task, call);
    case 'fcntl':
      return fcntl(kernel, task, call);
    case 'open':
      return open(kernel, task, call);
    case 'pipe2':
      return pipe2(kernel, task, call);
    case 'fork':
      return fork(kernel, task);
    case 'clone':
      return clone(kernel, task);
    case 'execve':
      return execve(kernel, task);
    case 'exit_group':
      return exitGroup(kernel, task);
    case 'kill':
      return kill(kernel, task, call);
    case 'socketpair':
      return socketpair(kernel, task);
    case 'sendmsg':
      return sendmsg(kernel, task, call);
    case 'recvmsg':
      return recvmsg(kernel, task, call);
    case 'SO_ATTACH_BPF':
      return attachBpf(kernel, task, call);
    case 'SO_DETACH_FILTER':
      return detachBpf(kernel, task, call);
    case 'BPF_PROG_ATTACH':
      return progAttach(kernel, task, call);
    case 'BPF_PROG_DETACH':
      return progDetach(kernel, task, call);
    case 'BPF_LINK_CREATE':
      return linkCreate(kernel, task, call);
    case 'BPF_LINK_DETACH':
      return linkDetach(kernel, task, call);
    case 'RTM_NEWTFILTER':
      return newFilter(kernel, task, call);
    case 'RTM_DELTFILTER':
      return delFilter(kernel, task, call);
    case 'RTM_DELQDISC':
      return delQdisc(kernel, task);
    case 'chdir':
      return chdir(kernel, task, call);
    case 'fchdir':
      return fchdir(kernel, task, call);
    case 'mkdir':
      return mkdir(kernel, task, call);
    case 'rmdir':
      return rmdir(kernel, task, call);
    case 'unlink':
      return unlink(kernel, task, call);
    case 'link':
      return link(kernel, task, call);
    case 'linkat':
      return linkat(kernel, task, call);
    case 'rename':
      return rename(kernel, task, call);
    case 'renameat2':
      return renameat2(kernel, task, call);
    case 'mknod':
      return mknod(kernel, task, call);
    case 'symlink':
      return symlink(kernel, task, call);
    case 'stat':
      return stat(kernel, task, call);
    case 'truncate':
      return truncate(kernel, task, call);
    case 'utimensat':
      return utimensat(kernel, task, call);
    case 'setxattr':
      return setxattr(kernel, task, call);
    case 'readdir':
      return readdir(kernel, task, call);
    case 'statx':
      return statx(kernel, task, call);
    case 'access':
      return access(kernel, task, call);
    case 'chmod':
      return chmod(kernel, task, call);
    case 'chown':
      return chown(kernel, task, call);
    case 'umask':
      return umask(task, call);
    case 'setresuid':
      return setresuid(task, call);
    case 'mount':
      return mount(kernel, task, call);
    case 'bind':
      return bind(kernel, task, call);
    case 'move':
      return move(kernel, task, call);
    case 'remount':
      return remount(kernel, task, call);
    case 'set-propagation':
      return setPropagation(kernel, task, call);
    case 'umount2':
      return umount2(kernel, task, call);
    case 'open-namespace':
      return openNamespace(kernel, task, call);
    case 'bind-namespace':
      return bindNamespace(kernel, task, call);
    case 'setns':
      return setns(kernel, task, call);
    case 'unshare':
      return unshare(kernel, task);
    case 'unshare-user':
      return unshareUser(kernel, task);
  }
}
