/** Calls about mounts and namespaces, as strace prints them. */
import type {
  Bind,
  BindNamespace,
  Mount,
  Move,
  OpenNamespace,
  Remount,
  SetPropagation,
  Setns,
  Umount,
  Unshare,
  UnshareUser,
} from '../model/vocabulary/index.ts';
import { printString } from './c-string.ts';
import { printPath, zeroOr } from './print-parts.ts';

export type MountCall =
  | (Mount | Bind | BindNamespace | Move | Remount | SetPropagation | Umount)
  | (Unshare | UnshareUser | OpenNamespace | Setns);

export function printMountCall(call: MountCall): string {
  switch (call.call) {
    case 'mount': {
      const data = call.data === undefined ? 'NULL' : printString(call.data);
      return `mount("bpf", ${printPath(call.target)}, "bpf", ${call.flag ?? 0}, ${data})`;
    }
    case 'bind':
      return ofMounted(call, call.flag === undefined ? 'MS_BIND' : 'MS_BIND|MS_REC');
    case 'move':
      return ofMounted(call, 'MS_MOVE');
    case 'remount': {
      const flags = [
        ...(call.flag === 'none' ? [] : [call.flag]),
        'MS_REMOUNT',
        ...(call.what === 'instance' ? [] : [call.what]),
      ];
      return `mount(NULL, ${printPath(call.target)}, NULL, ${flags.join('|')}, NULL)`;
    }
    case 'set-propagation': {
      const flags = call.flag === undefined ? call.type : `${call.flag}|${call.type}`;
      return `mount(NULL, ${printPath(call.target)}, NULL, ${flags}, NULL)`;
    }
    case 'umount2':
      return `umount2(${printPath(call.target)}, ${zeroOr(call.flag)})`;
    case 'unshare':
      return 'unshare(CLONE_NEWNS)';
    case 'unshare-user':
      return 'unshare(CLONE_NEWUSER|CLONE_NEWNS)';
    case 'open-namespace':
      return `openat(AT_FDCWD, "/proc/${call.pid}/ns/mnt", O_RDONLY)`;
    case 'bind-namespace':
      return `mount("/proc/${call.pid}/ns/mnt", ${printPath(call.target)}, NULL, MS_BIND, NULL)`;
    case 'setns':
      return `setns(${call.fd}, CLONE_NEWNS)`;
  }
}

const ofMounted = ({ source, target }: Bind | Move, flags: string): string =>
  `mount(${printPath(source)}, ${printPath(target)}, NULL, ${flags}, NULL)`;
