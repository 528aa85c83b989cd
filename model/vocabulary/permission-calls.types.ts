/** Calls about who may do what, as `calls.ts` lists them. */
import type { Path } from './arguments.types.ts';

/** Root, or the one user without capabilities; its group has the same number. */
export type Uid = 0 | 65534;

/** Succeeds with the mask that it replaces. */
export interface Umask {
  readonly call: 'umask';
  /** 0 to 0777. */
  readonly mask: number;
}

export interface Chmod {
  readonly call: 'chmod';
  readonly path: Path;
  /** 0 to 07777. */
  readonly mode: number;
}

/** chown(path, owner, owner): the user and the group. */
export interface Chown {
  readonly call: 'chown';
  readonly path: Path;
  readonly owner: Uid;
}

/** setgroups(0, NULL) where it is allowed, setresgid and setresuid, each with that number. */
export interface Setresuid {
  readonly call: 'setresuid';
  readonly uid: Uid;
}

export interface Access {
  readonly call: 'access';
  readonly path: Path;
  readonly mode: 'F_OK' | 'R_OK' | 'W_OK' | 'X_OK';
}

/** Succeeds with what it shows (`statxOf`). */
export interface Statx {
  readonly call: 'statx';
  readonly path: Path;
}

export type PermissionCall = Umask | Chmod | Chown | Setresuid | Access | Statx;
