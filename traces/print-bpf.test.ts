import { describe, expect, it } from 'vitest';
import type { TraceEvent } from './index.ts';
import { parseTrace, printOutcome, printTrace } from './index.ts';
import type { Call, Info, Outcome } from '../model/vocabulary/index.ts';
import { fail, infoValue, succeed } from '../model/vocabulary/index.ts';

const golden = String.raw`1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=NULL, value=0, flags=BPF_NOEXIST|BPF_EXIST}, 32) = -1 EFAULT (Bad address)
1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=NULL, flags=BPF_F_LOCK}, 32) = -1 EINVAL (Invalid argument)
1 bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=NULL}, 32) = -1 EFAULT (Bad address)
1 bpf(BPF_MAP_DELETE_ELEM, {map_fd=3, key=NULL}, 32)
1 bpf(BPF_MAP_FREEZE, {map_fd=3}, 4) = 0
1 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=3, type=BPF_MAP_TYPE_HASH, max_entries=2}}, 16) = 0
1 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=5, type=BPF_PROG_TYPE_SOCKET_FILTER, nr_map_ids=1}}, 16) = 0
1 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=9}}, 16) = -1 EBADFD (File descriptor in bad state)
1 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=9}}, 16)
1 bpf(BPF_OBJ_GET, {pathname="/mnt/a/m", file_flags=BPF_F_RDONLY|BPF_F_WRONLY}, 16) = -1 EINVAL (Invalid argument)
1 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, key_size=4, value_size=4, max_entries=2, map_flags=BPF_F_WRONLY}, 20) = 3
1 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH_OF_MAPS, key_size=4, value_size=4, max_entries=2, map_flags=BPF_F_RDONLY, inner_map_fd=3}, 24) = 4
1 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=1}, 12) = 3
1 bpf(BPF_PROG_GET_FD_BY_ID, {prog_id=2}, 12) = -1 EMFILE (Too many open files)
1 bpf(BPF_MAP_GET_NEXT_ID, {start_id=0, next_id=1}, 12) = 0
1 bpf(BPF_PROG_GET_NEXT_ID, {start_id=2}, 12) = -1 ENOENT (No such file or directory)
1 bpf(BPF_PROG_GET_NEXT_ID, {start_id=65535}, 12)
1 bpf(6, {u64_0="/mnt/a/\"m", u32_8=3}, 12) = 0
1 bpf(2, {u32_0=4294967295, u64_8=[0], u64_16=[7], u64_24=0, u8_4199=1}, 4200) = -1 E2BIG (Argument list too long)
1 bpf(9999, {}, 0) = -1 EINVAL (Invalid argument)
1 bpf(7, NULL, 16) = -1 EFAULT (Bad address)
1 bpf(7, 0x10, 16)
`;

const event = (call: Call, outcome?: Outcome): TraceEvent =>
  outcome === undefined
    ? { line: 0, step: { pid: 1, call } }
    : { line: 0, step: { pid: 1, call }, outcome };

const info = (fd: number): Call => ({ call: 'BPF_OBJ_GET_INFO_BY_FD', fd });
const told = (what: Info): Outcome => succeed(infoValue(what));

const sizes = { keySize: 4, valueSize: 4, maxEntries: 2 };

const events: readonly TraceEvent[] = [
  event(
    {
      call: 'BPF_MAP_UPDATE_ELEM',
      fd: 3,
      key: null,
      value: 0,
      flag: 'BPF_NOEXIST|BPF_EXIST',
    },
    fail('EFAULT'),
  ),
  event(
    { call: 'BPF_MAP_UPDATE_ELEM', fd: 3, key: 0, value: null, flag: 'BPF_F_LOCK' },
    fail('EINVAL'),
  ),
  event({ call: 'BPF_MAP_LOOKUP_ELEM', fd: 3, key: null }, fail('EFAULT')),
  event({ call: 'BPF_MAP_DELETE_ELEM', fd: 3, key: null }),
  event({ call: 'BPF_MAP_FREEZE', fd: 3 }, succeed(0)),
  event(info(3), told({ kind: 'map', type: 'BPF_MAP_TYPE_HASH', maxEntries: 2 })),
  event(info(5), told({ kind: 'program', type: 'BPF_PROG_TYPE_SOCKET_FILTER', maps: 1 })),
  event(info(9), fail('EBADFD')),
  event(info(9)),
  event(
    { call: 'BPF_OBJ_GET', path: '/mnt/a/m', access: 'BPF_F_RDONLY|BPF_F_WRONLY' },
    fail('EINVAL'),
  ),
  event(
    { call: 'BPF_MAP_CREATE', type: 'BPF_MAP_TYPE_HASH', ...sizes, access: 'BPF_F_WRONLY' },
    succeed(3),
  ),
  event(
    {
      call: 'BPF_MAP_CREATE',
      type: 'BPF_MAP_TYPE_HASH_OF_MAPS',
      ...sizes,
      access: 'BPF_F_RDONLY',
      innerFd: 3,
    },
    succeed(4),
  ),
  event({ call: 'BPF_MAP_GET_FD_BY_ID', id: 1 }, succeed(3)),
  event({ call: 'BPF_PROG_GET_FD_BY_ID', id: 2 }, fail('EMFILE')),
  event({ call: 'BPF_MAP_GET_NEXT_ID', id: 0 }, succeed(1)),
  event({ call: 'BPF_PROG_GET_NEXT_ID', id: 2 }, fail('ENOENT')),
  event({ call: 'BPF_PROG_GET_NEXT_ID', id: 65_535 }),
  event(
    {
      call: 'bpf',
      command: 6,
      attr: [
        { offset: 0, width: 8, value: '/mnt/a/"m' },
        { offset: 8, width: 4, value: 3 },
      ],
      size: 12,
    },
    succeed(0),
  ),
  event(
    {
      call: 'bpf',
      command: 2,
      attr: [
        { offset: 0, width: 4, value: 0xffffffff },
        { offset: 8, width: 8, value: [0] },
        { offset: 16, width: 8, value: [7] },
        { offset: 24, width: 8, value: 0 },
        { offset: 4199, width: 1, value: 1 },
      ],
      size: 4200,
    },
    fail('E2BIG'),
  ),
  event({ call: 'bpf', command: 9999, attr: [], size: 0 }, fail('EINVAL')),
  event({ call: 'bpf', command: 7, attr: 0, size: 16 }, fail('EFAULT')),
  event({ call: 'bpf', command: 7, attr: 16, size: 16 }),
];

describe('the printed form of bpf(2)', () => {
  it('has pointers that are NULL, what is told of objects, and raw attributes', () => {
    expect(printTrace({ header: [], events })).toBe(golden);
  });

  it('is read back as the same calls', () => {
    const result = parseTrace(golden);
    expect(result.ok && result.trace.events.map((each) => ({ ...each, line: 0 }))).toEqual(events);
  });

  it('shows behind an outcome by itself what was told', () => {
    const outcomes = events.flatMap(({ step, outcome }) =>
      outcome?.ok === true ? [printOutcome(step, outcome)] : [],
    );
    expect(outcomes).toEqual([
      '0',
      '0 (type=BPF_MAP_TYPE_HASH, max_entries=2)',
      '0 (type=BPF_PROG_TYPE_SOCKET_FILTER, nr_map_ids=1)',
      '3',
      '4',
      '3',
      '0 (next_id=1)',
      '0',
    ]);
  });
});
