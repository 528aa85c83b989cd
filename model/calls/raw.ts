/**
 * bpf(2) in its raw form: what every command checks before it looks at its fields, and which call of
 * the specification the fields amount to (kernel/bpf/syscall.c, bpf_check_uarg_tail_zero, __sys_bpf).
 */
import type { Fault, Meaning } from '../attributes/meaning.types.ts';
import { readAttributes } from '../attributes/read.ts';
import type { Errno } from '../vocabulary/index.ts';
import type { Parts } from './parts.types.ts';
import { ifPermissions } from './permission-rows.ts';
import { bound, clause, find, reading, type CallTable } from './row.ts';

const source = 'kernel/bpf/syscall.c, __sys_bpf; measured on 6.18.44';
const copying = 'kernel/bpf/syscall.c, map_lookup_elem, map_get_next_key: the copy to user space';

/** In the order in which a kernel finds them. */
const faults: readonly (readonly [Fault, Errno])[] = [
  ['too-long', 'E2BIG'],
  ['unreadable', 'EFAULT'],
  ['tail', 'E2BIG'],
  ['unknown-command', 'EINVAL'],
  ['unused', 'EINVAL'],
  ['flags', 'EINVAL'],
  ['unknown-type', 'EINVAL'],
];

/**
 * What a raw call does by itself. One that amounts to a call of the specification is stepped as such
 * (world.ts); of look-ups, the error of a result that can't be written is left to this table.
 */
export function bpf(parts: Parts): CallTable {
  const { is, names, may } = parts;
  const R: { meaning: Meaning } = { meaning: { kind: 'outside' } };
  const read = reading(
    [],
    find((_p, raw) => {
      R.meaning = readAttributes(names.raw(raw), is.attributes);
    }),
  );
  return {
    call: 'bpf',
    short: 'bpf',
    sorts: ['raw'],
    rows: [
      ...ifPermissions(
        parts,
        bound('bound.unprivileged-raw', (p) => !may.isPrivileged(p)),
      ),
      read,
      ...faults.map(([fault, errno]) => {
        const found = (): boolean => R.meaning.kind === 'fault' && R.meaning.fault === fault;
        return reading([read], clause(`bpf.${fault}`, errno, found, source));
      }),
      reading(
        [read],
        bound('bound.attributes', () => R.meaning.kind === 'outside'),
      ),
      reading(
        [read],
        clause(
          'bpf.result',
          'EFAULT',
          () => R.meaning.kind === 'look-up' && R.meaning.result === 'unwritable',
          copying,
        ),
      ),
    ],
    effect: () => {
      throw new Error('a raw call was not stepped as the call that it amounts to');
    },
  };
}
