import type { Path } from '../model/vocabulary/index.ts';

/** Where a host tree has its cgroups (docs/world.md). */
const cgroupRoot = '/cgroup/';

/** True for a cgroup, and for the directory that holds them. */
export const isInCgroups = (path: Path): boolean => `${path ?? ''}/`.startsWith(cgroupRoot);

/** The host's cgroups. */
export function cgroupsOf(host: readonly string[]): readonly string[] {
  return host.flatMap((path) =>
    path.startsWith(cgroupRoot) && path !== cgroupRoot ? [path.slice(0, -1)] : [],
  );
}
