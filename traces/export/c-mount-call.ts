/** Calls about mounts as C writes them: the number of the system call, and its arguments. */
import type { Bind, Move } from '../../model/vocabulary/index.ts';
import { cString } from './c-arguments.ts';
import type { CArguments } from './c-system-call.ts';
import type { CallBy } from './ways-of-calls.ts';

export function cMountCall(call: CallBy<'mount-call'>): CArguments {
  switch (call.call) {
    case 'mount': {
      const data = call.data === undefined ? 'NULL' : cString(call.data);
      return ['SYS_mount', '"bpf"', cString(call.target), '"bpf"', call.flag ?? 0, data];
    }
    case 'bind':
      return mountOf(call, call.flag === undefined ? 'MS_BIND' : 'MS_BIND | MS_REC');
    case 'move':
      return mountOf(call, 'MS_MOVE');
    case 'remount': {
      const which = call.what === 'instance' ? 'MS_REMOUNT' : 'MS_REMOUNT | MS_BIND';
      const flags = call.flag === 'none' ? which : `${which} | ${call.flag}`;
      return ['SYS_mount', 'NULL', cString(call.target), 'NULL', flags, 'NULL'];
    }
    case 'set-propagation': {
      const flags = call.flag === undefined ? call.type : `${call.type} | ${call.flag}`;
      return ['SYS_mount', 'NULL', cString(call.target), 'NULL', flags, 'NULL'];
    }
    case 'umount2':
      return ['SYS_umount2', cString(call.target), umountFlags[call.flag]];
    case 'unshare':
      return ['SYS_unshare', 'CLONE_NEWNS'];
    case 'unshare-user':
      return ['SYS_unshare', 'CLONE_NEWUSER | CLONE_NEWNS'];
    case 'setns':
      return ['SYS_setns', call.fd, 'CLONE_NEWNS'];
  }
}

const mountOf = ({ source, target }: Bind | Move, flags: string): readonly string[] => [
  ...['SYS_mount', cString(source), cString(target), 'NULL', flags, 'NULL'],
];

const umountFlags = {
  none: '0',
  MNT_FORCE: 'MNT_FORCE',
  MNT_DETACH: 'MNT_DETACH',
  UMOUNT_NOFOLLOW: 'UMOUNT_NOFOLLOW',
  MNT_EXPIRE: 'MNT_EXPIRE',
  'MNT_DETACH|MNT_EXPIRE': 'MNT_DETACH | MNT_EXPIRE',
} as const;
