import type { Path, Pid } from '../model/vocabulary/index.ts';

/** The process whose mount namespace a path is the file of: it is no file of the tree. Null for another path. */
export function namespaceIn(path: Path): Pid | null {
  const [, pid] = /^\/proc\/([1-9]\d{0,8})\/ns\/mnt$/.exec(path ?? '') ?? [];
  return pid === undefined ? null : Number(pid);
}
