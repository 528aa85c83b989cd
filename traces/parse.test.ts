import { describe, expect, it } from 'vitest';
import type { TraceEvent } from './index.ts';
import { parseTrace, printEvent, printTrace, traceLimits } from './index.ts';
import { fail, succeed } from '../model/vocabulary/index.ts';

function events(text: string): readonly TraceEvent[] {
  const result = parseTrace(text);
  if (!result.ok) throw new Error(result.errors.map(({ message }) => message).join('\n'));
  return result.trace.events;
}

/** A line as it is printed once it has been read. */
function normal(line: string): string {
  const [only] = events(line);
  return only === undefined ? '' : printEvent(only);
}

describe('reading a trace', () => {
  it('passes over extra blanks, blank lines and comments', () => {
    const text = '\ufeff\n# first\n\n \t#second \r\n  [pid   12]  close ( 3 )  =  0  # third\n#\n';
    const result = parseTrace(text);
    expect(result).toEqual({
      ok: true,
      trace: {
        header: [],
        events: [
          {
            line: 5,
            comments: ['first', 'second', 'third'],
            step: { pid: 12, call: { call: 'close', fd: 3 } },
            outcome: succeed(0),
          },
        ],
        closing: [''],
      },
    });
    expect(result.ok && printTrace(result.trace)).toBe(
      '# first\n# second\n# third\n12 close(3) = 0\n#\n',
    );
  });

  it('takes the header in order and its lines', () => {
    const result = parseTrace('#: title:  a: b \n#:profile:linux-4.4\n1 fork()');
    expect(result.ok && result.trace.header).toEqual([
      { line: 1, key: 'title', value: 'a: b' },
      { line: 2, key: 'profile', value: 'linux-4.4' },
    ]);
  });

  it('takes a trace without an end of line, and an empty one', () => {
    expect(events('1 close(3)')).toHaveLength(1);
    expect(parseTrace('')).toEqual({ ok: true, trace: { header: [], events: [] } });
  });

  it.each([
    // The size of the attributes is optional, and any that holds them.
    ['1 bpf(BPF_OBJ_GET, {pathname="/x"})', '1 bpf(BPF_OBJ_GET, {pathname="/x"}, 16)'],
    // Fields come in any order; fields that nobody filled in are left out.
    [
      '1 bpf(BPF_OBJ_PIN, {bpf_fd=-1, pathname=NULL, file_flags=0, path_fd=0x0}, 0x78)',
      '1 bpf(BPF_OBJ_PIN, {pathname=NULL, bpf_fd=-1}, 16)',
    ],
    [
      '1 bpf(BPF_MAP_CREATE, {map_type=1, key_size=0x4, value_size=4, max_entries=010, map_flags=0, map_name=""}, 72)',
      '1 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, key_size=4, value_size=4, max_entries=8}, 16)',
    ],
    [
      '1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER, insn_cnt=0, insns=NULL, kern_version=KERNEL_VERSION(0, 0, 0), expected_attach_type=BPF_CGROUP_INET_INGRESS}, 144)',
      '1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER}, 48)',
    ],
    [
      '1 bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=0xffffffff, value=NULL, flags=BPF_ANY}, 32) = 0 (value=0x10)',
      '1 bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=4294967295}, 32) = 0 (value=16)',
    ],
    // Flags by number, or left out.
    [
      '1 bpf(BPF_OBJ_GET, {pathname="/x", bpf_fd=0, file_flags=0x18}, 16)',
      '1 bpf(BPF_OBJ_GET, {pathname="/x", file_flags=BPF_F_RDONLY|BPF_F_WRONLY}, 16)',
    ],
    [
      '1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=1}, 32)',
      '1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=1, flags=BPF_ANY}, 32)',
    ],
    [
      '1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=1, flags=2}, 32)',
      '1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=1, flags=BPF_EXIST}, 32)',
    ],
    [
      '1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=1, flags=BPF_EXIST|BPF_NOEXIST}, 32)',
      '1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=1, flags=BPF_NOEXIST|BPF_EXIST}, 32)',
    ],
    [
      '1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=NULL, value=NULL, flags=4}, 32)',
      '1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=NULL, value=NULL, flags=BPF_F_LOCK}, 32)',
    ],
    // What is told of an object, with the fields that the model leaves out; nothing for a failure.
    [
      '1 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=3, info_len=80, type=12, id=7, key_size=4, value_size=4, max_entries=2, map_flags=0, name="m"}}) = 0',
      '1 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=3, type=BPF_MAP_TYPE_ARRAY_OF_MAPS, max_entries=2}}, 16) = 0',
    ],
    [
      '1 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=3, info_len=0, info=NULL, type=1, nr_map_ids=1, map_ids=[9]}}, 16) = 0',
      '1 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=3, type=BPF_PROG_TYPE_SOCKET_FILTER, nr_map_ids=1}}, 16) = 0',
    ],
    [
      '1 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=3, type=BPF_MAP_TYPE_HASH}}, 16) = -1 EBADF',
      '1 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=3}}, 16) = -1 EBADF (Bad file descriptor)',
    ],
    // Ids, with the fields that are zero; of a failure, nothing is shown.
    [
      '1 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=0x1, next_id=0, open_flags=0}, 168) = 3',
      '1 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=1}, 12) = 3',
    ],
    [
      '1 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=1, open_flags=0x8}, 12) = 3',
      '1 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=1, open_flags=BPF_F_RDONLY}, 12) = 3',
    ],
    ['1 bpf(BPF_PROG_GET_FD_BY_ID, {prog_id=2})', '1 bpf(BPF_PROG_GET_FD_BY_ID, {prog_id=2}, 12)'],
    [
      '1 bpf(BPF_MAP_GET_NEXT_ID, {start_id=0, next_id=1, open_flags=0}) = 0',
      '1 bpf(BPF_MAP_GET_NEXT_ID, {start_id=0, next_id=1}, 12) = 0',
    ],
    [
      '1 bpf(BPF_PROG_GET_NEXT_ID, {start_id=65535, next_id=0, open_flags=0}) = -1 ENOENT',
      '1 bpf(BPF_PROG_GET_NEXT_ID, {start_id=65535}, 12) = -1 ENOENT (No such file or directory)',
    ],
    // A command by number, numbers in any form, and a pointer that is NULL.
    [
      '1 bpf(0x6, {u64_0=NULL, u32_8=0x10, u8_40=010, u64_48=[0x7]}, 0x38)',
      '1 bpf(6, {u64_0=0, u32_8=16, u8_40=8, u64_48=[7]}, 56)',
    ],
    ['1 bpf(6, 0, 12)', '1 bpf(6, NULL, 12)'],
    ['1 bpf(6, 17, 12)', '1 bpf(6, 0x11, 12)'],
    // A command by name, if its attributes are an address.
    ['1 bpf(BPF_OBJ_PIN, NULL, 12)', '1 bpf(6, NULL, 12)'],
    ['1 bpf(BPF_MAP_GET_FD_BY_ID, 0x10, 12)', '1 bpf(14, 0x10, 12)'],
    ['1 mkdir("/d", 493) = 0', '1 mkdir("/d", 0755) = 0'],
    ['1 kill(1, 9) = ?', '1 kill(1, SIGKILL) = ?'],
    ['1 unlink(0) = -1 EFAULT', '1 unlink(NULL) = -1 EFAULT (Bad address)'],
    ['1 exit_group(0) = 0', '1 exit_group(0) = ?'],
    [String.raw`1 rmdir("\x41\101\"\a")`, String.raw`1 rmdir("AA\"\7")`],
    ['1 rmdir("é")', String.raw`1 rmdir("\303\251")`],
  ])('reads %s', (line, printed) => {
    expect(normal(line)).toBe(printed);
    expect(normal(printed)).toBe(printed);
  });

  it('leaves a result open, and knows an error by its name', () => {
    expect(events('1 dup(3)')[0]).not.toHaveProperty('outcome');
    expect(events('1 dup(3) = -1 EBADF (in any words)')[0]?.outcome).toEqual(fail('EBADF'));
  });
});

describe('the limits of a trace', () => {
  it('are a length for each line', () => {
    const line = `1 unlink("${'a'.repeat(traceLimits.lineLength - 11)}")`;
    expect(parseTrace(line).ok).toBe(false);
    expect(parseTrace(line.replace('aa', '')).ok).toBe(true);
    const result = parseTrace(`${line}\n1 nothing`);
    expect(result.ok ? [] : result.errors.map((error) => error.line)).toEqual([1, 2]);
    expect(result.ok || result.errors[0]?.message).toMatch(/^a line of 65537 characters was found/);
  });

  it('are a number of events', () => {
    const text = '1 fork()\n'.repeat(traceLimits.events);
    expect(parseTrace(`${text}# a comment\n`).ok).toBe(true);
    const result = parseTrace(`${text}1 fork()\n1 fork()\n`);
    expect(result.ok || result.errors).toEqual([
      {
        line: traceLimits.events + 1,
        column: 1,
        message: 'another call was found behind the 100000 that a trace can hold',
      },
    ]);
  });
});
