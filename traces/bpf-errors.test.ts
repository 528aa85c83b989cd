import { describe, expect, it } from 'vitest';
import { parseTrace } from './index.ts';

/** The one error of a line, as COLUMN: MESSAGE. */
function error(line: string): string {
  const result = parseTrace(line);
  if (result.ok) return 'no error';
  return result.errors.map(({ column, message }) => `${column}: ${message}`).join('\n');
}

describe('a command of bpf(2) that is not known here', () => {
  it.each([
    [
      '1 bpf(BPF_ENABLE_STATS, {}, 16)',
      '7: BPF_ENABLE_STATS was found where a command of bpf was expected, but this specification has no such command; known are BPF_MAP_CREATE, ',
    ],
    ['1 bpf(BPF_LINK_UPDATE, {}, 16)', 'but this specification has no such command; known are'],
    ['1 bpf(BPF_BTF_GET_FD_BY_ID, NULL, 16)', 'but this specification has no such command; '],
    ['1 bpf(BPF_LINK_UPDAT, {}, 16)', 'where a command of bpf was expected; known are BPF_MAP_'],
    ['1 bpf(BPF_LINK_CREAT, {}, 16)', 'was expected; did you mean BPF_LINK_CREATE?'],
    ['1 bpf(BPF_PROG_RUN, {}, 16)', 'was expected; here it is written BPF_PROG_TEST_RUN'],
    ['1 bpf(BPF_MAP_GET_FD_BYID, {}, 16)', 'was expected; did you mean BPF_MAP_GET_FD_BY_ID?'],
  ])('is refused in %s', (line, message) => {
    expect(error(line)).toContain(message);
    expect(error(line).split('\n')).toHaveLength(1);
  });
});

describe('an id of an object, or what stands beside it,', () => {
  it.each([
    [
      '1 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=65536}, 12)',
      '37: 65536 was found where the id of an object, counted from 1 in the order of creation within the trace (a number from 0 to 65535) was expected',
    ],
    [
      '1 bpf(BPF_PROG_GET_FD_BY_ID, {prog_id=-1}, 12)',
      '39: -1 was found where the id of an object',
    ],
    [
      '1 bpf(BPF_PROG_GET_FD_BY_ID, {map_id=1}, 12)',
      '31: map_id is no field of BPF_PROG_GET_FD_BY_ID here; its fields are prog_id, open_flags',
    ],
    ['1 bpf(BPF_MAP_GET_FD_BY_ID, {}, 12)', 'the field map_id of BPF_MAP_GET_FD_BY_ID is missing'],
    [
      '1 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=1, next_id=2}, 12)',
      '48: 2 was found as next_id of BPF_MAP_GET_FD_BY_ID, but this field must be zero or absent',
    ],
    [
      '1 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=1, open_flags=1}, 12)',
      '51: 1 was found where open_flags of this specification (BPF_F_RDONLY or BPF_F_WRONLY or',
    ],
    [
      '1 bpf(BPF_PROG_GET_NEXT_ID, {start_id=0, open_flags=8}, 12)',
      '53: 8 was found as open_flags of BPF_PROG_GET_NEXT_ID, but this field must be zero or',
    ],
    [
      '1 bpf(BPF_MAP_GET_NEXT_ID, {start_id=0}, 12) = 0',
      '48: 0 was found as the result; 0 with next_id=ID, or -1 ERROR, was expected',
    ],
    [
      '1 bpf(BPF_MAP_GET_NEXT_ID, {start_id=0, next_id=1}, 12) = 1',
      '59: 1 was found as the result; 0 with next_id=ID, or -1 ERROR, was expected',
    ],
    [
      '1 bpf(BPF_MAP_GET_NEXT_ID, {start_id=0, next_id=65536}, 12) = 0',
      '49: 65536 was found where the id of an object',
    ],
    [
      '1 bpf(BPF_LINK_GET_FD_BY_ID, {prog_id=1}, 12)',
      '31: prog_id is no field of BPF_LINK_GET_FD_BY_ID here; its fields are link_id',
    ],
    [
      '1 bpf(BPF_LINK_GET_NEXT_ID, {start_id=0, next_id=0}, 12) = 0',
      '50: 0 was found where the id of an object',
    ],
    [
      // No object has the id 0, so that none can be found.
      '1 bpf(BPF_PROG_GET_NEXT_ID, {start_id=0, next_id=0}, 12) = 0',
      '50: 0 was found where the id of an object, counted from 1 in the order of creation within the trace (a number from 1 to 65535) was expected',
    ],
  ])('is refused in %s', (line, message) => {
    expect(error(line)).toContain(message);
    expect(error(line).split('\n')).toHaveLength(1);
  });
});

describe('an address in place of the attributes', () => {
  it.each([
    [
      '1 bpf(BPF_OBJ_PIN, NULL)',
      '24: bpf was found without the size of its attributes, but attributes at an address need it, as in bpf(BPF_OBJ_PIN, NULL, 16)',
    ],
    ['1 bpf(BPF_OBJ_PIN, 0x7ffd013d2f80, 12)', '20: 0x7ffd013d2f80 was found where an address'],
  ])('is refused in %s', (line, message) => {
    expect(error(line)).toContain(message);
    expect(error(line).split('\n')).toHaveLength(1);
  });
});
