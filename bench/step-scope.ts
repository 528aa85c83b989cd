/** The scope that the step benchmark explores: every call but those on contents. */
import { profiles, type ProfileName, type SearchOptions } from '../model/index.ts';
import type { SpinCall, SpinScope } from './spin/scope.types.ts';

const bounds = {
  processes: 2,
  descriptors: 2,
  descriptions: 2,
  objects: 2,
  superblocks: 1,
  inodes: 2,
  dentries: 2,
  mounts: 2,
  namespaces: 2,
} as const;

const calls = [
  'BPF_MAP_CREATE',
  'BPF_PROG_LOAD',
  'BPF_OBJ_PIN',
  'BPF_OBJ_GET',
  'close',
  'dup',
  'fork',
  'exit_group',
  'kill',
  'mkdir',
  'rmdir',
  'unlink',
  'mount',
  'bind',
  'umount2',
  'unshare',
] as const satisfies readonly SpinCall[];

const paths = ['/b', '/b/x'] as const;

/** The scope as the model's search takes it. */
export function modelScope(profile: ProfileName): SearchOptions {
  return {
    switches: profiles[profile],
    bounds: { ...bounds, elements: 0 },
    host: ['/b/'],
    paths,
    calls,
  };
}

/** The same scope as the Promela text takes it. */
export function spinScope(profile: ProfileName): SpinScope {
  return { profile, ...bounds, host: ['/b'], paths, calls };
}
