/** Calls on names, in short. */
import {
  statValue,
  type Call,
  type Mknod,
  type Path,
  type RenameFlag,
  type StatShown,
} from '../../model/vocabulary/index.ts';

export const mount = (target: string): Call => ({ call: 'mount', target });
export const bind = (source: string, target: string): Call => ({ call: 'bind', source, target });
export const unmount = (target: string): Call => ({ call: 'umount2', target, flag: 'none' });
export const pin = (path: Path, fd = 3): Call => ({ call: 'BPF_OBJ_PIN', path, fd });
export const get = (path: Path): Call => ({ call: 'BPF_OBJ_GET', path });
export const makeDirectory = (path: string): Call => ({ call: 'mkdir', path });
export const unlink = (path: string): Call => ({ call: 'unlink', path });
export const name = (from: Path, to: Path): Call => ({ call: 'link', from, to });
export const rename = (from: Path, to: Path): Call => ({ call: 'rename', from, to });
export const node = (path: Path, type: Mknod['type'] = 'S_IFREG'): Call => ({
  call: 'mknod',
  path,
  type,
});
export const symlink = (target: Path, path: Path): Call => ({ call: 'symlink', target, path });
export const stat = (path: Path): Call => ({ call: 'stat', path });

const renameBy =
  (flag: RenameFlag) =>
  (from: Path, to: Path): Call => ({ call: 'renameat2', from, to, flag });

export const noReplace = renameBy('RENAME_NOREPLACE');
export const exchange = renameBy('RENAME_EXCHANGE');
export const whiteout = renameBy('RENAME_WHITEOUT');
export const impossible = renameBy('RENAME_NOREPLACE|RENAME_EXCHANGE');

/** What a stat that found it succeeds with. */
export const shown = (kind: StatShown['kind'], nlink: number): number => statValue({ kind, nlink });
