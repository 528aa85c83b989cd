import { describe, expect, it } from 'vitest';
import { parseTrace } from './index.ts';

/** The one error of a raw call of bpf(2), as COLUMN: MESSAGE. */
function error(args: string): string {
  const result = parseTrace(`1 bpf(${args})`);
  if (result.ok) return 'no error';
  return result.errors.map(({ column, message }) => `${column}: ${message}`).join('\n');
}

const fields = (count: number): string =>
  Array.from({ length: count }, (_, i) => `u8_${i}=0`).join(', ');

describe('a raw call of bpf(2)', () => {
  it('has the call in the shape of the vocabulary', () => {
    const result = parseTrace('1 bpf(6, {u64_0="/b/m", u32_8=3, u8_12=0, u64_16=[9]}, 12) = 0');
    expect(result.ok && result.trace.events.map(({ step }) => step.call)).toEqual([
      {
        call: 'bpf',
        command: 6,
        attr: [
          { offset: 0, width: 8, value: '/b/m' },
          { offset: 8, width: 4, value: 3 },
          { offset: 12, width: 1, value: 0 },
          { offset: 16, width: 8, value: [9] },
        ],
        size: 12,
      },
    ]);
  });

  it.each<[string, number]>([
    ['BPF_MAP_CREATE', 0],
    ['BPF_MAP_LOOKUP_ELEM', 1],
    ['BPF_MAP_UPDATE_ELEM', 2],
    ['BPF_MAP_DELETE_ELEM', 3],
    ['BPF_MAP_GET_NEXT_KEY', 4],
    ['BPF_PROG_LOAD', 5],
    ['BPF_OBJ_PIN', 6],
    ['BPF_OBJ_GET', 7],
    ['BPF_PROG_TEST_RUN', 10],
    ['BPF_PROG_GET_NEXT_ID', 11],
    ['BPF_MAP_GET_NEXT_ID', 12],
    ['BPF_PROG_GET_FD_BY_ID', 13],
    ['BPF_MAP_GET_FD_BY_ID', 14],
    ['BPF_OBJ_GET_INFO_BY_FD', 15],
    ['BPF_MAP_FREEZE', 22],
  ])('is what %s is with an address in place of its attributes: %i', (name, command) => {
    const result = parseTrace(`1 bpf(${name}, NULL, 12)\n1 bpf(${name}, 0x10, 8)`);
    expect(result.ok && result.trace.events.map(({ step }) => step.call)).toEqual([
      { call: 'bpf', command, attr: 0, size: 12 },
      { call: 'bpf', command, attr: 16, size: 8 },
    ]);
  });

  it('may fill what there is room for', () => {
    expect(error('2147483647, {u8_4199=255}, 2147483647')).toBe('no error');
    expect(error('0, {u32_0=4294967295, u64_4=65535, u32_4196=0}, 0')).toBe('no error');
    expect(error(`0, {${fields(8)}}, 0`)).toBe('no error');
    expect(error('6, {u64_0="", u64_8=""}, 0')).toBe('no error');
    expect(error('6, 65535, 0')).toBe('no error');
  });

  it.each([
    [
      '6, {u32_8=3}',
      '19: bpf was found without the size of its attributes, but a command by number needs one, as in bpf(6, {u64_0="/PATH", u32_8=3}, 12)',
    ],
    ['-1, {}, 0', '7: -1 was found where a command (a number from 0 to 2147483647) was expected'],
    ['2147483648, {}, 0', '7: 2147483648 was found where a command (a number from'],
    ['6, {}, -1', '14: -1 was found where the size of the attributes (a number from 0 to'],
    ['6, {}, 2147483648', '14: 2147483648 was found where the size of the attributes'],
    [
      '6, "a", 0',
      '10: "a" was found where NULL, a number or {u32_OFFSET=NUMBER, ...} was expected',
    ],
    [
      '6, 0x7ffd013d2f80, 0',
      '10: 0x7ffd013d2f80 was found where an address that leads nowhere (a number from 0 to 65535)',
    ],
    [
      '6, {pathname="/a"}, 0',
      '11: pathname is no field of raw attributes; their fields are u8_OFFSET, u32_OFFSET and u64_OFFSET',
    ],
    ['6, {u16_0=1}, 0', '11: u16_0 is no field of raw attributes'],
    ['6, {u32_08=1}, 0', '11: u32_08 is no field of raw attributes'],
    ['6, {u8_0=256}, 0', '16: 256 was found where the u8_0 (a number from 0 to 255) was expected'],
    ['6, {u8_0=-1}, 0', '16: -1 was found where the u8_0'],
    ['6, {u32_0=4294967296}, 0', '17: 4294967296 was found where the u32_0 (a number from 0 to'],
    ['6, {u64_0=65536}, 0', '17: 65536 was found where the u64_0 (a number from 0 to 65535)'],
    ['6, {u32_0=NULL}, 0', '17: NULL was found where the u32_0'],
    ['6, {u64_0={}}, 0', '17: {...} was found where the u64_0'],
    ['6, {u64_0=[]}, 0', '17: [] was found where a pointer to one word [NUMBER] was expected'],
    ['6, {u64_0=[1, 2]}, 0', '17: [1, 2] was found where a pointer to one word [NUMBER]'],
    ['6, {u64_0=[4294967296]}, 0', '18: 4294967296 was found where a word (a number from 0'],
    ['6, {u64_0="\\377"}, 0', '17: the bytes of this string are not UTF-8'],
    ['6, {u32_8="/a"}, 0', '11: a pointer was found as u32_8, but a pointer takes 8 bytes: u64_8'],
    ['6, {u8_8=[1]}, 0', '11: a pointer was found as u8_8, but a pointer takes 8 bytes: u64_8'],
    [
      '6, {u32_8=3, u64_0="/a"}, 0',
      '20: u64_0 was found behind u32_8, but fields were expected in the order of their offsets',
    ],
    ['6, {u64_0=0, u32_4=3}, 0', '20: u32_4 was found behind u64_0, but the two overlap'],
    ['6, {u64_0=0, u64_0=0}, 0', '20: u64_0 was found behind u64_0, but the two overlap'],
    [
      '6, {u32_4197=0}, 0',
      '11: u32_4197 ends at 4201, but raw attributes end at 4200 at the latest',
    ],
    ['6, {u8_4200=0}, 0', '11: u8_4200 ends at 4201, but raw attributes end at 4200 at the latest'],
    ['6, {u8_1234567890=0}, 0', '11: u8_1234567890 ends at 1234567891, but raw attributes end at'],
    [`6, {${fields(9)}}, 0`, '75: u8_8 was found behind 8 fields, but raw attributes have no more'],
    [
      '6, {u64_0="a", u64_8="b", u64_16="c"}, 0',
      '33: a string was found as u64_16 behind 2 strings, but raw attributes have no more',
    ],
  ])('is refused as bpf(%s)', (args, message) => {
    expect(error(args)).toContain(message);
    expect(error(args).split('\n')).toHaveLength(1);
  });
});
