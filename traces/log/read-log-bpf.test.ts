import { describe, expect, it } from 'vitest';
import { callOf, eventsOf, fd, readOne } from './read-lines.test-data.ts';

describe('bpf(2) that makes an object', () => {
  it('makes a map of its type and its name', () => {
    const line =
      'bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_PERCPU_ARRAY, key_size=4, value_size=8, max_entries=1, map_flags=0, inner_map_fd=0, map_name="counts", map_ifindex=0}, 80) = 3<anon_inode:bpf-map>';
    expect(readOne(line)).toEqual({
      call: { call: 'create', sort: 'map', type: 'percpu_array', name: 'counts', holds: [] },
      result: { ok: true, value: 3, shown: 'anon_inode:bpf-map' },
    });
  });

  it.each([
    ['a number', '{map_type=0x63 /* BPF_MAP_TYPE_??? */, key_size=4, map_name="m", ...}'],
    ['nothing', '{map_name="m"}'],
  ])('makes a map of unknown type where strace tells %s', (_, attr) => {
    expect(callOf(`bpf(BPF_MAP_CREATE, ${attr}, 72) = 3`)).toEqual({
      call: 'create',
      sort: 'map',
      type: 'unknown',
      name: 'm',
      holds: [],
    });
  });

  it.each([
    ['was cut', '{map_type=BPF_MAP_TYPE_HASH, map_name="abc"..., ...}'],
    ['is abbreviated', '{map_type=BPF_MAP_TYPE_HASH, key_size=4, ...}'],
  ])('leaves the name empty where it %s', (_, attr) => {
    expect(callOf(`bpf(BPF_MAP_CREATE, ${attr}, 72) = 3`)).toMatchObject({
      type: 'hash',
      name: '',
    });
  });

  it('makes an unknown map where strace tells no more than a pointer, or nothing', () => {
    const map = { call: 'create', sort: 'map', type: 'unknown', name: '', holds: [] };
    expect(callOf('bpf(BPF_MAP_CREATE, 0x7ffc12345678, 72) = 3')).toEqual(map);
    expect(callOf('bpf(BPF_MAP_CREATE) = 3')).toEqual(map);
  });

  it('makes a program; braces and equal signs in its license do not mislead', () => {
    const line =
      'bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_CGROUP_SKB, insn_cnt=2, insns=[{code=BPF_ALU64|BPF_K|BPF_MOV, dst_reg=BPF_REG_0, src_reg=BPF_REG_0, off=0, imm=0}, ...], license="{GPL}", prog_flags=0, prog_name="count=1", ...}, 144) = 4';
    expect(callOf(line)).toEqual({
      call: 'create',
      sort: 'program',
      type: 'cgroup_skb',
      name: 'count=1',
      holds: [],
    });
  });

  it('makes a link that holds its program', () => {
    const line =
      'bpf(BPF_LINK_CREATE, {link_create={prog_fd=4<anon_inode:bpf-prog>, target_fd=5</sys/fs/cgroup>, attach_type=BPF_CGROUP_INET_EGRESS, flags=0}}, 48) = 6';
    expect(callOf(line)).toEqual({
      call: 'create',
      sort: 'link',
      type: 'link',
      name: '',
      holds: [fd(4, 'anon_inode:bpf-prog')],
    });
  });

  it('makes a link of which no program is known where the attributes are abbreviated', () => {
    expect(callOf('bpf(BPF_LINK_CREATE, {link_create={...}}, 48) = 6')).toMatchObject({
      sort: 'link',
      holds: [],
    });
  });

  it('makes a link by a raw tracepoint', () => {
    const line =
      'bpf(BPF_RAW_TRACEPOINT_OPEN, {raw_tracepoint={name="sys_enter", prog_fd=4}}, 16) = 5';
    expect(callOf(line)).toEqual({
      call: 'create',
      sort: 'link',
      type: 'raw tracepoint',
      name: '',
      holds: [fd(4)],
    });
  });

  it('says nothing of an object that was refused', () => {
    const attr = '{map_type=BPF_MAP_TYPE_HASH, key_size=0, map_name="m"}';
    expect(eventsOf(`bpf(BPF_MAP_CREATE, ${attr}, 72) = -1 EINVAL (Invalid argument)`)).toEqual([]);
  });
});

describe('bpf(2) that answers a descriptor', () => {
  it.each([
    'BPF_ITER_CREATE, {iter_create={link_fd=5, flags=0}}, 8',
    'BPF_BTF_LOAD, {btf="\\237\\353\\1\\0", btf_log_buf=NULL, btf_size=40}, 32',
    'BPF_BTF_GET_FD_BY_ID, {btf_id=1}, 12',
    'BPF_ENABLE_STATS, {enable_stats={type=BPF_STATS_RUN_TIME}}, 4',
    'BPF_TOKEN_CREATE, {token_create={flags=0, bpffs_fd=4}}, 8',
  ])('of no object that can be pinned, closed on exec: %s', (args) => {
    expect(callOf(`bpf(${args}) = 7`)).toEqual({ call: 'descriptor', pid: null, cloexec: 1 });
  });

  it.each([
    ['map', 'BPF_MAP_GET_FD_BY_ID, {map_id=17, next_id=0, open_flags=0}', 17],
    ['program', 'BPF_PROG_GET_FD_BY_ID, {prog_id=18, next_id=0, open_flags=0}', 18],
    ['link', 'BPF_LINK_GET_FD_BY_ID, {link_id=19}', 19],
  ])('of a %s by its id: %s', (sort, args, id) => {
    expect(callOf(`bpf(${args}, 12) = 7`)).toEqual({ call: 'by-id', sort, id });
  });

  it.each(['{map_id=???}', '{...}', '0x7ffc12345678'])(
    'of a map by an id that is not told, which counts as 0: %s',
    (attr) => {
      expect(callOf(`bpf(BPF_MAP_GET_FD_BY_ID, ${attr}, 12) = 7`)).toMatchObject({ id: 0 });
    },
  );
});

describe('bpf(2) that hands an object to another', () => {
  it('fills a slot of a map, which may hold what the value names', () => {
    const line =
      'bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3<anon_inode:bpf-map>, key=0x7ffc1, value=0x7ffc2, flags=BPF_ANY}, 32) = 0';
    expect(callOf(line)).toEqual({ call: 'fill', map: fd(3, 'anon_inode:bpf-map') });
  });

  it('attaches a program to what stays behind an open file', () => {
    const line =
      'bpf(BPF_PROG_ATTACH, {target_fd=5</sys/fs/cgroup>, attach_bpf_fd=4<anon_inode:bpf-prog>, attach_type=BPF_CGROUP_INET_INGRESS, attach_flags=0}, 20) = 0';
    expect(callOf(line)).toEqual({
      call: 'attach',
      program: fd(4, 'anon_inode:bpf-prog'),
      to: 'an attachment (BPF_CGROUP_INET_INGRESS)',
      holder: fd(5, '/sys/fs/cgroup'),
    });
  });

  it('attaches a program to something unknown where the rest is abbreviated', () => {
    expect(callOf('bpf(BPF_PROG_ATTACH, {attach_bpf_fd=4, ...}, 20) = 0')).toEqual({
      call: 'attach',
      program: fd(4),
      to: 'an attachment (of an unknown type)',
      holder: null,
    });
  });

  it('attaches a program to a holder whose name holds commas and brackets', () => {
    const line =
      'bpf(BPF_PROG_ATTACH, {target_fd=5</sys/fs/cgroup/a,b[1]>, attach_bpf_fd=4, attach_type=BPF_CGROUP_INET_INGRESS}, 20) = 0';
    expect(callOf(line)).toMatchObject({ holder: fd(5, '/sys/fs/cgroup/a,b[1]') });
  });

  it.each(['BPF_MAP_UPDATE_ELEM', 'BPF_PROG_ATTACH'])(
    'is left out where no descriptor can be read: %s',
    (command) => {
      expect(eventsOf(`bpf(${command}, 0x7ffc12345678, 32) = 0`)).toEqual([]);
    },
  );
});

describe('bpf(2) that moves no object', () => {
  it.each([
    'bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=0x7ffc1, value=0x7ffc2}, 32) = 0',
    'bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=3, info_len=80, info=0x7ffc1}}, 16) = 0',
    'bpf(0x63 /* BPF_??? */, 0x7ffc12345678, 16) = 3',
    // The log begins inside of a call: its command stands nowhere.
    '<... bpf resumed>) = 3',
  ])('says nothing: %s', (line) => {
    expect(eventsOf(line)).toEqual([]);
  });
});
