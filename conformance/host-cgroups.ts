/** Which paths of a host tree are about its cgroups, which lie side by side in one directory. */
import { cgroupHierarchy } from '../model/vocabulary/index.ts';
import type { Path } from '../model/vocabulary/index.ts';

/** True for a cgroup, and for the directory that holds them. */
export const isInCgroups = (path: Path): boolean => `${path ?? ''}/`.startsWith(cgroupHierarchy);

/** The host's cgroups. */
export function cgroupsOf(host: readonly string[]): readonly string[] {
  return host.flatMap((path) =>
    path.startsWith(cgroupHierarchy) && path !== cgroupHierarchy ? [path.slice(0, -1)] : [],
  );
}
