/** For tests: a small tree of names, and what is said of it. */
import { statOf, type World } from '../index.ts';
import { create, mountOn, pin } from '../lines.test-data.ts';

export const errors = {
  EPERM: '-1 EPERM (Operation not permitted)',
  ENOENT: '-1 ENOENT (No such file or directory)',
  EFAULT: '-1 EFAULT (Bad address)',
  EBUSY: '-1 EBUSY (Device or resource busy)',
  EEXIST: '-1 EEXIST (File exists)',
  EXDEV: '-1 EXDEV (Invalid cross-device link)',
  ENOTDIR: '-1 ENOTDIR (Not a directory)',
  EISDIR: '-1 EISDIR (Is a directory)',
  EINVAL: '-1 EINVAL (Invalid argument)',
  ENOTEMPTY: '-1 ENOTEMPTY (Directory not empty)',
} as const;

export const rename = (from: string, to: string): string => `rename("${from}", "${to}")`;
export const link = (from: string, to: string): string => `link("${from}", "${to}")`;

/** Two pins x and y of maps 3 and 4, a directory d with one inside, an empty directory e. */
export const tree = `
  1 ${mountOn('/a')} = 0
  1 ${create('ARRAY')} = 3
  1 ${create('HASH')} = 4
  1 ${pin('/a/x', 3)} = 0
  1 ${pin('/a/y', 4)} = 0
  1 mkdir("/a/d", 0755) = 0
  1 mkdir("/a/d/s", 0755) = 0
  1 mkdir("/a/e", 0755) = 0`;

/** How many links stat shows, or what else it answers. */
export function linksOf(world: World, path: string): unknown {
  const result = world.step(1, { call: 'stat', path });
  if (result.kind === 'bound') return result.row;
  return result.outcome.ok ? statOf(result.outcome.value).nlink : result.outcome.errno;
}
