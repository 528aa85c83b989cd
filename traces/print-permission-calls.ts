/** Calls about permissions, as strace prints them. */
import type { PermissionCall } from '../model/vocabulary/index.ts';
import { statxOf } from '../model/vocabulary/index.ts';
import { printPath } from './print-parts.ts';

/** As strace writes it: three digits at least, the first a 0 that says that it is octal. */
export const printMode = (mode: number): string =>
  (mode === 0 ? '' : `0${mode.toString(8)}`).padStart(3, '0');

/** `value` is that of a success, or null. */
export function printPermissionCall(call: PermissionCall, value: number | null): string {
  switch (call.call) {
    case 'umask':
      return `umask(${printMode(call.mask)})`;
    case 'chmod':
      return `chmod(${printPath(call.path)}, ${printMode(call.mode)})`;
    case 'chown':
      return `chown(${printPath(call.path)}, ${call.owner}, ${call.owner})`;
    case 'setresuid':
      return `setresuid(${call.uid}, ${call.uid}, ${call.uid})`;
    case 'access':
      return `access(${printPath(call.path)}, ${call.mode})`;
    case 'statx': {
      const shown = value === null ? '' : printStatx(value);
      return `statx(AT_FDCWD, ${printPath(call.path)}, 0, STATX_MODE|STATX_UID, {${shown}})`;
    }
  }
}

/** What statx showed. */
export function printStatx(value: number): string {
  const { kind, mode, owner } = statxOf(value);
  const type = kind === 'directory' ? 'S_IFDIR' : 'S_IFREG';
  return `stx_mode=${type}|${printMode(mode)}, stx_uid=${owner}`;
}
