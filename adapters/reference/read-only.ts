/** What may not be written: mnt_want_write asks the mount and its superblock, sb_permission that alone. */
import { MAY } from './permission.ts';
import type { Inode, Mount } from './structures.types.ts';

export const refusesWriting = ({ readOnly, superblock }: Mount): 'EROFS' | null =>
  readOnly || superblock.readOnly ? 'EROFS' : null;

/** Of an inode, whatever it is seen through. */
export const refusesMask = ({ superblock }: Inode, mask: number): 'EROFS' | null =>
  (mask & MAY.write) !== 0 && superblock.readOnly ? 'EROFS' : null;
