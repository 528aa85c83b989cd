/** The size behind the attributes of bpf(2), where its command has a name. */
import { bpfCommandNumbers } from '../model/vocabulary/index.ts';
import type { Call } from '../model/vocabulary/index.ts';
import type { Command } from './bpf-commands.ts';
import { rawUsage } from './read-raw.ts';
import type { Flaws } from './read-value.ts';
import { describeValue, note } from './read-value.ts';
import type { Value } from './syntax.types.ts';

/** A page: kernels refuse more, whatever the attributes hold (bpf_check_uarg_tail_zero). */
const sizeMax = 4096;

/** Where the last field ends that each command reads (union bpf_attr), in bytes. */
const fieldsEnd: Readonly<Record<Command, number>> = {
  BPF_MAP_CREATE: 16,
  BPF_MAP_UPDATE_ELEM: 24,
  BPF_MAP_LOOKUP_ELEM: 24,
  BPF_MAP_DELETE_ELEM: 16,
  BPF_MAP_GET_NEXT_KEY: 24,
  BPF_PROG_LOAD: 40,
  BPF_PROG_TEST_RUN: 40,
  BPF_MAP_FREEZE: 4,
  BPF_OBJ_GET_INFO_BY_FD: 16,
  BPF_MAP_GET_FD_BY_ID: 4,
  BPF_PROG_GET_FD_BY_ID: 4,
  BPF_MAP_GET_NEXT_ID: 8,
  BPF_PROG_GET_NEXT_ID: 8,
  BPF_PROG_ATTACH: 12,
  BPF_PROG_DETACH: 12,
  BPF_LINK_CREATE: 12,
  BPF_LINK_DETACH: 4,
  BPF_LINK_GET_FD_BY_ID: 4,
  BPF_LINK_GET_NEXT_ID: 8,
  BPF_OBJ_PIN: 12,
  BPF_OBJ_GET: 8,
};

/**
 * inner_map_fd, and flags of any kind, lie behind the others: what is zero may be cut.
 */
function sizeMin(command: Command, call: Call): number {
  if (call.call === 'BPF_MAP_CREATE' && call.innerFd !== undefined) return 24;
  if (call.call === 'BPF_MAP_CREATE' && call.access !== undefined) return 20;
  if (call.call === 'BPF_OBJ_GET' && call.access !== undefined) return 16;
  if ('pathFd' in call) return 20;
  if ('access' in call) return 12;
  if (call.call === 'BPF_MAP_UPDATE_ELEM' && call.flag !== 'BPF_ANY') return 32;
  if (call.call === 'BPF_PROG_ATTACH' && call.flag !== 'none') return 16;
  return fieldsEnd[command];
}

/**
 * Refuses a size that changes what `call` is: a named call has all of its fields and no error of
 * size, so that another one would be printed with its usual size, and be another call.
 */
export function checkSize(size: Value, command: Command, call: Call, flaws: Flaws): void {
  const min = sizeMin(command, call);
  if (size.kind === 'number' && size.value >= min && size.value <= sizeMax) return;
  const expected = `the size of the attributes of ${command} (a number from ${min} to ${sizeMax})`;
  const mend = `write other sizes with the command by number (${bpfCommandNumbers[command]})`;
  note(
    flaws,
    size.column,
    `${describeValue(size)} was found where ${expected} was expected; ${mend}, as in ${rawUsage}`,
  );
}
