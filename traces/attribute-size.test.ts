import { describe, expect, it } from 'vitest';
import { parseTrace } from './index.ts';

/** Why a call of bpf(2) is refused, as COLUMN: MESSAGE. */
function error(args: string): string {
  const result = parseTrace(`1 bpf(${args})`);
  if (result.ok) return 'no error';
  return result.errors.map(({ column, message }) => `${column}: ${message}`).join('\n');
}

/** A call, and the least size that its command can read all of its fields in. */
const least: readonly (readonly [string, number])[] = [
  ['BPF_MAP_CREATE, {map_type=1, key_size=4, value_size=4, max_entries=1}', 16],
  ['BPF_MAP_CREATE, {map_type=1, key_size=4, value_size=4, max_entries=1, inner_map_fd=0}', 16],
  ['BPF_MAP_CREATE, {map_type=12, key_size=4, value_size=4, max_entries=1, inner_map_fd=3}', 24],
  ['BPF_MAP_CREATE, {map_type=1, key_size=4, value_size=4, max_entries=1, map_flags=8}', 20],
  ['BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=7, flags=BPF_ANY}', 24],
  ['BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=7, flags=BPF_EXIST}', 32],
  ['BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=0}', 24],
  ['BPF_MAP_DELETE_ELEM, {map_fd=3, key=0}', 16],
  ['BPF_MAP_GET_NEXT_KEY, {map_fd=3, key=0}', 24],
  ['BPF_PROG_LOAD, {prog_type=1}', 40],
  ['BPF_PROG_TEST_RUN, {test={prog_fd=3}}', 40],
  ['BPF_MAP_FREEZE, {map_fd=3}', 4],
  ['BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=3}}', 16],
  ['BPF_MAP_GET_FD_BY_ID, {map_id=1}', 4],
  ['BPF_MAP_GET_FD_BY_ID, {map_id=1, open_flags=BPF_F_RDONLY}', 12],
  ['BPF_PROG_GET_FD_BY_ID, {prog_id=1}', 4],
  ['BPF_MAP_GET_NEXT_ID, {start_id=0}', 8],
  ['BPF_PROG_GET_NEXT_ID, {start_id=0}', 8],
  ['BPF_PROG_ATTACH, {target_fd=3, attach_bpf_fd=4, attach_type=1}', 12],
  ['BPF_PROG_ATTACH, {target_fd=3, attach_bpf_fd=4, attach_type=1, attach_flags=0}', 12],
  ['BPF_PROG_ATTACH, {target_fd=3, attach_bpf_fd=4, attach_type=1, attach_flags=2}', 16],
  ['BPF_PROG_DETACH, {target_fd=3, attach_bpf_fd=4, attach_type=1}', 12],
  ['BPF_LINK_CREATE, {link_create={prog_fd=4, target_fd=3, attach_type=1, flags=0}}', 12],
  ['BPF_LINK_DETACH, {link_detach={link_fd=5}}', 4],
  ['BPF_LINK_GET_FD_BY_ID, {link_id=1}', 4],
  ['BPF_LINK_GET_NEXT_ID, {start_id=0}', 8],
  ['BPF_OBJ_PIN, {pathname="/x", bpf_fd=3}', 12],
  ['BPF_OBJ_GET, {pathname="/x"}', 8],
  ['BPF_OBJ_GET, {pathname="/x", file_flags=BPF_F_WRONLY}', 16],
];

describe('the size of the attributes of a named call', () => {
  it.each(least)('of bpf(%s) is from %i to 4096, or left out', (args, min) => {
    expect(error(args)).toBe('no error');
    expect(error(`${args}, ${min}`)).toBe('no error');
    expect(error(`${args}, 4096`)).toBe('no error');
    const range = `(a number from ${min} to 4096) was expected; write other sizes with`;
    expect(error(`${args}, ${min - 1}`)).toContain(`: ${min - 1} was found where the size of`);
    expect(error(`${args}, ${min - 1}`)).toContain(range);
    expect(error(`${args}, 4097`)).toContain(range);
  });

  it('is a number, and one that changes what the call is belongs to the raw form', () => {
    expect(error('BPF_OBJ_GET, {pathname="/x"}, 4')).toBe(
      '37: 4 was found where the size of the attributes of BPF_OBJ_GET (a number from 8 to 4096) was expected; write other sizes with the command by number (7), as in bpf(6, {u64_0="/PATH", u32_8=3}, 12)',
    );
    expect(error('BPF_OBJ_GET, {pathname="/x"}, -1')).toContain('37: -1 was found where the size');
    expect(error('BPF_OBJ_GET, {pathname="/x"}, "8"')).toContain('37: "8" was found where the');
    expect(error('BPF_OBJ_GET, {pathname="/x"}, SIZE')).toContain('37: SIZE was found where the');
    expect(error('7, {u64_0="/x"}, 4')).toBe('no error');
    expect(error('7, {u64_0="/x"}, 4097')).toBe('no error');
  });

  it('is not what is wrong where a field is', () => {
    expect(error('BPF_MAP_FREEZE, {map_fd=x}, 3')).toContain('31: x was found where a descriptor');
  });
});
