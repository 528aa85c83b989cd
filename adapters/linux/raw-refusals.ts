/** Calls of bpf(2) in its raw form that are not made, since they could reach what is not of the run. */
import { bpfCommandNumbers as numbers } from '../../model/vocabulary/index.ts';
import type { AttrField, Bpf } from '../../model/vocabulary/index.ts';

/** The sentence for a call that is refused, or undefined. */
export function refusalOf(raw: Bpf): string | undefined {
  const { command, attr, size } = raw;
  if (reachesOut(command)) {
    return `Command ${command} of bpf is not made in its raw form: it may reach what others have on this machine.`;
  }
  const fields = typeof attr === 'number' ? [] : attr;
  const at = followed.get(command)?.find((offset) => leadsAstray(fields, size, offset));
  return at === undefined
    ? undefined
    : `Command ${command} of bpf is not made with an address of numbers at ${at}: it may lead into the agent.`;
}

/**
 * Commands of Linux that open objects by the machine's ids, or that attach, detach, count or trace
 * (include/uapi/linux/bpf.h, enum bpf_cmd, from BPF_PROG_ATTACH to BPF_PROG_BIND_MAP).
 */
function reachesOut(command: number): boolean {
  const isOwn = command === numbers.BPF_OBJ_GET_INFO_BY_FD || command === numbers.BPF_MAP_FREEZE;
  return command >= 8 && command <= 35 && !isOwn;
}

/** Where the addresses lie of what the kernel writes, and of the keys beside it (union bpf_attr). */
const followed: ReadonlyMap<number, readonly number[]> = new Map([
  [numbers.BPF_MAP_LOOKUP_ELEM, [8, 16]],
  [numbers.BPF_MAP_GET_NEXT_KEY, [8, 16]],
  [numbers.BPF_PROG_LOAD, [32]],
  [numbers.BPF_OBJ_GET_INFO_BY_FD, [8]],
]);

/**
 * Whether 8 bytes are neither a whole pointer of the agent's making nor below the lowest address
 * that anything is mapped at (lowestAddress, 2 bytes).
 */
function leadsAstray(fields: readonly AttrField[], size: number, offset: number): boolean {
  const bytes = Array.from({ length: 8 }, (_, k) =>
    offset + k < size ? byteAt(fields, offset + k) : 0,
  );
  const isPointer = bytes.every((byte) => typeof byte === 'object' && byte === bytes[0]);
  return !isPointer && bytes.some((byte, k) => k >= 2 && byte !== 0);
}

/** As the agent places fields, one over the other (agent/raw.c): a number, or a pointer's field. */
function byteAt(fields: readonly AttrField[], at: number): number | AttrField {
  const field = fields.findLast(({ offset, width }) => at >= offset && at < offset + width);
  if (field === undefined) {
    return 0;
  }
  return typeof field.value === 'number'
    ? Math.floor(field.value / 2 ** (8 * (at - field.offset))) % 256
    : field;
}
