/** The tree that a run finds: a tmpfs and, on its directory /cgroup, a hierarchy of cgroups. */
import { cgroupHierarchy } from '../../model/vocabulary/index.ts';
import { makeCgroup } from './cgroup.ts';
import { instantiate } from './dcache.ts';
import { makeMount } from './mount.ts';
import type { Dentry, Kernel, Mount } from './structures.types.ts';
import { makeSuperblock } from './superblock.ts';

const hostDirectory = { uid: 0, mode: 0o755 } as const;
const hostFile = { uid: 0, mode: 0o644 } as const;

/** Mounts the paths of a host tree; the root of a namespace to be. */
export function mountHostTree(kernel: Kernel, host: readonly string[]): Mount {
  const { root } = makeSuperblock(kernel, 'tmpfs', null);
  const cgroups = host.filter((path) => path.startsWith(cgroupHierarchy));
  for (const path of host) if (!cgroups.includes(path)) addHostPath(root, path);
  const mount = makeMount(root, null);
  if (cgroups.length > 0) mountCgroups(kernel, mount, cgroups);
  return mount;
}

/** Adds a path of the host tree; directories that lead to it are made where they are missing. */
function addHostPath(root: Dentry, path: string): Dentry {
  const components = path.split('/').filter((component) => component !== '');
  let parent = root;
  for (const [index, name] of components.entries()) {
    const isFile = index === components.length - 1 && !path.endsWith('/');
    const kind = isFile ? 'file' : 'directory';
    parent =
      parent.children.get(name) ??
      instantiate({ parent, name }, { kind }, isFile ? hostFile : hostDirectory);
  }
  return parent;
}

/** Mounts a hierarchy of its own with the cgroups of these paths, all of them right below its root. */
function mountCgroups(kernel: Kernel, parent: Mount, paths: readonly string[]): void {
  const mountpoint = addHostPath(parent.root, cgroupHierarchy);
  const { root } = makeSuperblock(kernel, 'cgroup2', null);
  for (const path of paths) {
    const name = path.slice(cgroupHierarchy.length).replace('/', '');
    if (name === '') continue;
    instantiate(
      { parent: root, name },
      { kind: 'cgroup', cgroup: makeCgroup(kernel) },
      hostDirectory,
    );
  }
  makeMount(root, { parent, mountpoint });
}
