/** What a call answers: a value (0 where it has none), or an error by name. */
export type Outcome =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly errno: Errno };

/** The errors of the specification and their numbers on Linux (asm-generic/errno.h). */
export const errnoNumbers = {
  EPERM: 1,
  ENOENT: 2,
  ESRCH: 3,
  EIO: 5,
  ENXIO: 6,
  E2BIG: 7,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  EBUSY: 16,
  EEXIST: 17,
  EXDEV: 18,
  ENODEV: 19,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  ENFILE: 23,
  EMFILE: 24,
  ENOSPC: 28,
  EROFS: 30,
  ENAMETOOLONG: 36,
  ENOSYS: 38,
  ENOTEMPTY: 39,
  ELOOP: 40,
  EBADFD: 77,
  EOPNOTSUPP: 95,
  ENOTSUPP: 524,
} as const;

export type Errno = keyof typeof errnoNumbers;

const namesByNumber = new Map<number, Errno>(
  // Object.entries loses the literal types of the keys; isErrno gives them back.
  Object.entries(errnoNumbers).flatMap(([name, number]) =>
    isErrno(name) ? [[number, name] as const] : [],
  ),
);

export function isErrno(name: string): name is Errno {
  return Object.hasOwn(errnoNumbers, name);
}

/** The name of an error number, or undefined for one that the specification does not know. */
export function errnoName(number: number): Errno | undefined {
  return namesByNumber.get(number);
}

export const succeed = (value: number): Outcome => ({ ok: true, value });
export const fail = (errno: Errno): Outcome => ({ ok: false, errno });

export function sameOutcome(a: Outcome, b: Outcome): boolean {
  return a.ok ? b.ok && a.value === b.value : !b.ok && a.errno === b.errno;
}
