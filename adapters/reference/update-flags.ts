/** The flags of an update as bits. */
import type { UpdateFlag } from '../../model/vocabulary/index.ts';

export const updateFlags = {
  BPF_ANY: 0n,
  BPF_NOEXIST: 1n,
  BPF_EXIST: 2n,
  'BPF_NOEXIST|BPF_EXIST': 3n,
  BPF_F_LOCK: 4n,
} as const satisfies Readonly<Record<UpdateFlag, bigint>>;

/** Whether it is one flag at most, and one that says what has to be there before. */
export const isExistenceFlag = (flags: bigint): boolean => flags <= updateFlags.BPF_EXIST;
