/** How the exported program makes a call of a trace, or why it does not. */
import type { Call } from '../../model/vocabulary/index.ts';
import { cMountCall } from './c-mount-call.ts';
import { cStatement, plain } from './c-statement.ts';
import type { CPart, Statement } from './c-statement.ts';
import { cSystemCall } from './c-system-call.ts';
import type { CArguments } from './c-system-call.ts';

/** What the driver of the program has to know of a step: it forks, reaps and waits. */
export type CKind = 'CALL' | 'FORK' | 'CLONE' | 'EXEC' | 'EXIT' | 'KILL';

export type CCall =
  | {
      readonly kind: CKind;
      /** Makes the call and notes the answer in words; null for what processes do by themselves. */
      readonly statement: string | null;
      readonly needs: readonly CPart[];
      /** KILL: whom; else 0. */
      readonly victim: number;
    }
  | { readonly refused: string };

export function cCall(call: Call): CCall {
  switch (call.call) {
    case 'fork':
      return ofProcess('FORK');
    case 'clone':
      return ofProcess('CLONE');
    case 'execve':
      return ofProcess('EXEC');
    case 'exit_group':
      return ofProcess('EXIT');
    case 'kill':
      return { ...ofProcess('KILL'), victim: call.pid };
    case 'BPF_MAP_GET_FD_BY_ID':
    case 'BPF_PROG_GET_FD_BY_ID':
    case 'BPF_LINK_GET_FD_BY_ID':
    case 'BPF_MAP_GET_NEXT_ID':
    case 'BPF_PROG_GET_NEXT_ID':
    case 'BPF_LINK_GET_NEXT_ID':
      return { refused: 'ids are those of the machine, and no two runs share them' };
    case 'BPF_PROG_ATTACH':
    case 'BPF_PROG_DETACH':
    case 'BPF_LINK_CREATE':
    case 'BPF_LINK_DETACH':
    case 'RTM_NEWTFILTER':
    case 'RTM_DELTFILTER':
    case 'RTM_DELQDISC':
      return { refused: 'the program makes neither cgroups nor network devices' };
    case 'open-namespace':
    case 'bind-namespace':
      return { refused: noProc };
    case 'bpf':
      return { refused: 'the program fills in the attributes of known calls only' };
    case 'readdir':
      return { refused: 'the program does not list directories' };
    case 'close':
    case 'dup':
    case 'dup3':
    case 'open':
    case 'chdir':
    case 'fchdir':
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'link':
    case 'linkat':
    case 'rename':
    case 'renameat2':
    case 'symlink':
    case 'mknod':
    case 'truncate':
    case 'utimensat':
    case 'setxattr':
    case 'access':
    case 'chmod':
    case 'chown':
      return made(system(cSystemCall(call)));
    case 'mount':
    case 'bind':
    case 'move':
    case 'remount':
    case 'set-propagation':
    case 'umount2':
    case 'unshare':
    case 'unshare-user':
    case 'setns':
      return made(system(cMountCall(call)));
    case 'BPF_MAP_CREATE':
    case 'BPF_MAP_UPDATE_ELEM':
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'BPF_MAP_DELETE_ELEM':
    case 'BPF_MAP_GET_NEXT_KEY':
    case 'BPF_PROG_LOAD':
    case 'BPF_PROG_TEST_RUN':
    case 'BPF_MAP_FREEZE':
    case 'BPF_OBJ_GET_INFO_BY_FD':
    case 'BPF_OBJ_PIN':
    case 'BPF_OBJ_GET':
    case 'dup2':
    case 'fcntl':
    case 'pipe2':
    case 'socketpair':
    case 'sendmsg':
    case 'recvmsg':
    case 'SO_ATTACH_BPF':
    case 'SO_DETACH_FILTER':
    case 'stat':
    case 'statx':
    case 'umask':
    case 'setresuid':
      return made(cStatement(call));
  }
}

const noProc = 'there is no /proc where the program makes its calls';

const ofProcess = (kind: CKind): Exclude<CCall, { readonly refused: string }> => ({
  ...{ kind, statement: null, needs: [], victim: 0 },
});

const system = (given: CArguments): Statement => [plain(`syscall(${given.join(', ')})`)];

function made([statement, ...needs]: Statement): CCall {
  return statement.includes('"/proc/')
    ? { refused: noProc }
    : { kind: 'CALL', statement, needs, victim: 0 };
}
