/** Calls about mounts, as `calls.ts` lists them. */
import type { Path } from './arguments.types.ts';

/** mount("bpf", target, "bpf", 0, NULL): a fresh mount. */
export interface Mount {
  readonly call: 'mount';
  readonly target: Path;
}

/** mount(source, target, NULL, MS_BIND, NULL), not recursive. */
export interface Bind {
  readonly call: 'bind';
  readonly source: Path;
  readonly target: Path;
}

export interface Umount {
  readonly call: 'umount2';
  readonly target: Path;
  readonly flag: 'none' | 'MNT_DETACH';
}

/** unshare(CLONE_NEWNS). */
export interface Unshare {
  readonly call: 'unshare';
}
