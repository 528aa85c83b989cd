import type { Setup } from '../adapters/contract/index.ts';
import type { Bounds, World } from '../model/index.ts';

/** The host tree of a campaign (docs/world.md): two levels of directories and a file. */
export const campaignHost = [
  '/sys/',
  '/sys/fs/',
  '/sys/fs/bpf/',
  '/mnt/',
  '/mnt/a/',
  '/mnt/b/',
  '/file',
  '/cgroup/',
  '/cgroup/a/',
  '/cgroup/b/',
] as const;

/** The paths that sights of a campaign report on. */
export const campaignWatch = [
  '/mnt/a',
  '/mnt/a/x',
  '/mnt/a/y',
  '/mnt/a/d',
  '/mnt/a/d/x',
  '/mnt/b',
  '/mnt/b/x',
  '/mnt/b/y',
  '/mnt/b/d',
  '/mnt/b/d/x',
  '/sys/fs/bpf',
  '/sys/fs/bpf/x',
] as const;

/** Bounds wide enough that a run of some forty calls seldom meets one. */
export const campaignBounds: Bounds = {
  processes: 8,
  descriptors: 10,
  descriptions: 56,
  objects: 32,
  elements: 64,
  superblocks: 16,
  inodes: 48,
  dentries: 48,
  mounts: 48,
  namespaces: 10,
  slots: 32,
  sockets: 24,
  messages: 24,
  attachments: 12,
  plainFiles: 1,
  sharedTables: 1,
  freezing: 1,
  restricting: 1,
  directories: 1,
  permissions: 1,
  readOnly: 1,
  namespaceFiles: 1,
  peerGroups: 24,
  expiry: 1,
  userNamespaces: 1,
  qdiscs: 1,
  programTypes: 1,
  symlinks: 1,
};

/** Descriptors 0, 1 and 2 are open in every process. */
const scenery = 3;

/** The setup that puts an adapter where a world begins. */
export function setupFor(world: World, watch: readonly string[]): Setup {
  return setupOf(world, watch);
}

/** The same of a world that has not been made. */
export function setupOf(
  { host, bounds }: Pick<World, 'host' | 'bounds'>,
  watch: readonly string[],
): Setup {
  const setup = { host, watch, descriptors: scenery + bounds.descriptors };
  return bounds.unprivilegedBpf === 1 ? { ...setup, unprivilegedBpf: 'allowed' } : setup;
}
