/** Rows of calls that return a new descriptor, and of those that are given one. */
import { firstFd } from '../edges/descriptors.ts';
import { freeRow, type Tables } from '../state/tables.ts';
import type { Parts } from './parts.types.ts';
import { bound, clause, find, reading, type Row } from './row.ts';

/** The argument code of a descriptor that is not given: a number that no descriptor, an int, can have. */
export const noFd = 2 ** 31;

/** What a call that returns a new descriptor takes, in the order in which a kernel takes it. */
export interface NewDescriptor {
  fd: number;
  description: number;
  object: number;
}

export const newDescriptor = (): NewDescriptor => ({ fd: 0, description: 0, object: 0 });

/**
 * The error of a full descriptor table (alloc_fd): of most calls the last, after every other check;
 * open(2) reserves the number before it walks.
 */
export function descriptorRows(
  { w, descriptors }: Parts,
  call: string,
  into: NewDescriptor,
): readonly Row[] {
  const taken = reading(
    [],
    find((p) => {
      into.fd = descriptors.lowest(p);
      into.description = freeRow(w.description.state, w.bounds.descriptions);
    }),
  );
  const full = clause(
    `${call}.no-descriptor`,
    'EMFILE',
    () => into.fd === 0,
    'getrlimit(2), RLIMIT_NOFILE; fs/file.c, alloc_fd',
  );
  return [
    taken,
    reading([taken], full),
    reading(
      [taken],
      bound('bound.descriptions', () => into.description === 0),
    ),
  ];
}

export interface NewPair {
  first: number;
  second: number;
  firstDescription: number;
  secondDescription: number;
}

export const newPair = (): NewPair => ({
  first: 0,
  second: 0,
  firstDescription: 0,
  secondDescription: 0,
});

/** Two new descriptors, or none. */
export function pairRows({ w, descriptors }: Parts, call: string, into: NewPair): readonly Row[] {
  const { state } = w.description;
  const taken = reading(
    [],
    find((p) => {
      into.first = descriptors.lowest(p);
      into.second = into.first === 0 ? 0 : descriptors.lowest(p, into.first + 1);
      into.firstDescription = freeRow(state, w.bounds.descriptions);
      const behind = into.firstDescription === 0 ? w.bounds.descriptions : into.firstDescription;
      into.secondDescription = freeRow(state, w.bounds.descriptions, behind + 1);
    }),
  );
  return [
    taken,
    reading(
      [taken],
      clause(`${call}.no-descriptor`, 'EMFILE', () => into.second === 0, 'fs/file.c, alloc_fd'),
    ),
    reading(
      [taken],
      bound(
        'bound.descriptions',
        () => into.firstDescription === 0 || into.secondDescription === 0,
      ),
    ),
  ];
}

/** Standard input, output and error: open on /dev/null for good. */
export const isStdio = (fd: number): boolean => fd >= 0 && fd < firstFd;

/** True for a descriptor that is not open; 0, 1 and 2 always are. */
export function isClosed({ w, descriptors }: Parts, p: number, fd: number): boolean {
  return !isStdio(fd) && w.descriptor.state(descriptors.at(p, fd)) === 0;
}

/** True for a descriptor that fdget(…) finds nothing behind: closed, or opened by O_PATH. */
export function isUnusable(parts: Parts, p: number, fd: number): boolean {
  return isClosed(parts, p, fd) || parts.descriptors.isPlace(p, fd);
}

/** The lowest free row of a table, and the bound that there is none. */
export function freeRowRows(
  w: Tables,
  table: 'message' | 'attachment',
  into: { row: number },
): readonly Row[] {
  const rows = table === 'message' ? w.bounds.messages : w.bounds.attachments;
  const taken = reading(
    [],
    find(() => {
      into.row = freeRow(w[table].state, rows ?? 0);
    }),
  );
  return [
    taken,
    reading(
      [taken],
      bound(`bound.${table}s`, () => into.row === 0),
    ),
  ];
}
