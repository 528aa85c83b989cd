/** A small world in which files have modes and owners. */
import { one, switches, type SmallWorld } from './tiny-bounds.test-data.ts';

/** A pin that belongs to one user or the other. */
export const twoUsers: SmallWorld = {
  name: 'two users',
  switches,
  bounds: { ...one, inodes: 2, dentries: 2, permissions: 1 },
  host: ['/a/'],
  paths: ['/a', '/a/x'],
  modes: [0],
  masks: [0],
  calls: [
    ...(['BPF_MAP_CREATE', 'BPF_OBJ_PIN', 'exit_group', 'unlink'] as const),
    ...(['statx', 'access', 'chmod', 'chown', 'umask', 'setresuid', 'mount'] as const),
  ],
};
