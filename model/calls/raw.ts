/**
 * bpf(2) in its raw form: what every command checks before it looks at its fields, and which call of
 * the specification the fields amount to (kernel/bpf/syscall.c, bpf_check_uarg_tail_zero, __sys_bpf).
 */
import { readAttributes } from '../attributes/read.ts';
import type { Fault } from '../attributes/meaning.types.ts';
import type { Errno } from '../vocabulary/index.ts';
import type { Parts } from './parts.types.ts';
import { bound, clause, ofArguments, type CallTable, type Row } from './row.ts';

const source = 'kernel/bpf/syscall.c, __sys_bpf; measured on 6.18.44';

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

/** A raw call that is a call of the specification is stepped as such (world.ts). */
export function bpf({ is, names }: Parts): CallTable {
  const meaning = (raw: number) => readAttributes(names.raw(raw), is.attributes);
  const row = (each: Row): Row => ofArguments(each);
  return {
    call: 'bpf',
    short: 'bpf',
    sorts: ['raw'],
    rows: [
      ...faults.map(([fault, errno]) =>
        row(
          clause(
            `bpf.${fault}`,
            errno,
            (_p, raw) => {
              const read = meaning(raw);
              return read.kind === 'fault' && read.fault === fault;
            },
            source,
          ),
        ),
      ),
      row(bound('bound.attributes', (_p, raw) => meaning(raw).kind === 'outside')),
      row(
        clause(
          'bpf.result',
          'EFAULT',
          (_p, raw) => {
            const read = meaning(raw);
            return read.kind === 'call' && read.result === 'unwritable';
          },
          'kernel/bpf/syscall.c, map_lookup_elem, map_get_next_key: the copy to user space',
        ),
      ),
    ],
    // What passes these rows is stepped as the call that it amounts to, and never gets here.
    effect: () => 0,
  };
}
