/** The numbers of flags and the like in requests to the agent. */
import { accessFlagBits } from '../../model/vocabulary/index.ts';
import type {
  Access,
  Direction,
  Fcntl,
  GetById,
  MapCreate,
  Mknod,
  ObjGet,
  Open,
  Recvmsg,
  RenameFlag,
  SetPropagation,
} from '../../model/vocabulary/index.ts';

/** As the kernel numbers them. */
export const fcntlCommands = {
  F_DUPFD: 0,
  F_GETFD: 1,
  F_SETFD: 2,
  F_GETFL: 3,
  F_DUPFD_CLOEXEC: 1030,
} satisfies Record<Fcntl['command'], number>;

/** As the agent numbers them: the kernel's numbers depend on the machine. */
export const openFlags = {
  O_RDWR: 0,
  O_DIRECTORY: 1,
  O_PATH: 2,
  O_RDONLY: 3,
  'O_WRONLY|O_TRUNC': 4,
  'O_RDWR|O_CREAT': 5,
  'O_RDWR|O_CREAT|O_EXCL': 6,
} satisfies Record<Open['flag'], number>;
export const recvmsgFlags = { none: 0, MSG_PEEK: 1, MSG_CMSG_CLOEXEC: 2 } satisfies Record<
  Recvmsg['flag'],
  number
>;
export const directions = { ingress: 0, egress: 1 } satisfies Record<Direction, number>;
export const renameFlags = {
  RENAME_NOREPLACE: 1,
  RENAME_EXCHANGE: 2,
  RENAME_WHITEOUT: 4,
  'RENAME_NOREPLACE|RENAME_EXCHANGE': 3,
} satisfies Record<RenameFlag, number>;
export const accessBits = ({ access }: MapCreate | ObjGet | GetById): number =>
  access === undefined ? 0 : accessFlagBits[access];
export const fileTypes = { S_IFREG: 0, S_IFIFO: 1, S_IFCHR: 2 } satisfies Record<
  Mknod['type'],
  number
>;
export const accessModes = { F_OK: 0, X_OK: 1, W_OK: 2, R_OK: 4 } satisfies Record<
  Access['mode'],
  number
>;
export const closeOnExec = { none: 0, O_CLOEXEC: 1 } as const;

/** As the kernel numbers them. */
export const propagationTypes = {
  MS_SHARED: 2 ** 20,
  MS_SLAVE: 2 ** 19,
  MS_PRIVATE: 2 ** 18,
} satisfies Record<SetPropagation['type'], number>;

export const umountFlags = {
  none: 0,
  MNT_FORCE: 1,
  MNT_DETACH: 2,
  UMOUNT_NOFOLLOW: 8,
  MNT_EXPIRE: 4,
  'MNT_DETACH|MNT_EXPIRE': 6,
} as const;
