import { describe, expect, it } from 'vitest';
import { printEvent } from './print.ts';
import { parseTrace } from './index.ts';

/** What BPF_OBJ_GET_INFO_BY_FD told as it is printed, or why its line is refused. */
function told(info: string): string {
  const result = parseTrace(`1 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={${info}}}, 16) = 0`);
  if (!result.ok) {
    return result.errors.map(({ column, message }) => `${column}: ${message}`).join('\n');
  }
  const line = result.trace.events.map(printEvent).join('\n');
  return /bpf_fd=(.*)\}\}/.exec(line)?.[1] ?? line;
}

const map = 'type=BPF_MAP_TYPE_ARRAY';
const program = 'type=BPF_PROG_TYPE_SOCKET_FILTER';
const link = 'type=BPF_LINK_TYPE_CGROUP';

describe('what is told of an object', () => {
  it.each([map, 'type=2'])('is its type and max_entries for a map: %s', (type) => {
    const expected = `3, ${map}, max_entries=2`;
    expect(told(`bpf_fd=3, ${type}, max_entries=2`)).toBe(expected);
    expect(told(`bpf_fd=3, info_len=80, info={${type}, id=9, max_entries=2}`)).toBe(expected);
    expect(told(`info={${type}, max_entries=2, map_name="m"}, bpf_fd=3`)).toBe(expected);
  });

  it.each([program, 'type=1'])('is the number of its maps for a program: %s', (type) => {
    const expected = `3, ${program}, nr_map_ids=1`;
    expect(told(`bpf_fd=3, ${type}, nr_map_ids=1`)).toBe(expected);
    expect(told(`bpf_fd=3, info={${type}, nr_map_ids=4 => 1, map_ids=[4]}`)).toBe(expected);
  });

  it.each([
    ['BPF_PROG_TYPE_SCHED_CLS', 'BPF_PROG_TYPE_SCHED_CLS'],
    ['BPF_PROG_TYPE_CGROUP_SKB', 'BPF_PROG_TYPE_CGROUP_SKB'],
    ['3', 'BPF_PROG_TYPE_SCHED_CLS'],
    ['8', 'BPF_PROG_TYPE_CGROUP_SKB'],
  ])('is the type of a program, and the number of its maps: %s', (type, name) => {
    const shown = `3, type=${name}, nr_map_ids=2`;
    expect(told(`bpf_fd=3, type=${type}, nr_map_ids=2`)).toBe(shown);
  });

  it.each([link, 'type=3'])('is whether it is attached for a link: %s', (type) => {
    const [attached, defunct] = [1, 0].map((id) => `3, ${link}, cgroup={cgroup_id=${id}}`);
    expect(told(`bpf_fd=3, ${type}, cgroup={cgroup_id=4242}`)).toBe(attached);
    expect(told(`bpf_fd=3, ${type}, cgroup={cgroup_id=0}`)).toBe(defunct);
    const cgroup = 'cgroup={cgroup_id=4294971538, attach_type=BPF_CGROUP_INET_EGRESS}';
    const inner = `info={${type}, id=7, prog_id=6, ${cgroup}}`;
    expect(told(`bpf_fd=3, info_len=40, ${inner}`)).toBe(attached);
  });

  it.each([
    [`bpf_fd=3, ${link}`, '37: the field cgroup of BPF_OBJ_GET_INFO_BY_FD is missing from {...}'],
    [`bpf_fd=3, ${link}, cgroup=1`, '82: 1 was found where the fields of cgroup {...} were'],
    [`bpf_fd=3, ${link}, cgroup={}`, '82: the field cgroup_id of cgroup is missing from {...}'],
    [`bpf_fd=3, ${link}, cgroup={cgroup_id=-1}`, '93: -1 was found where the cgroup_id (a num'],
    [
      'bpf_fd=3, type=BPF_LINK_TYPE_CGRUOP, cgroup={cgroup_id=1}',
      '53: BPF_LINK_TYPE_CGRUOP was found where the type of a link (BPF_LINK_TYPE_CGROUP) was expected; did you mean BPF_LINK_TYPE_CGROUP?',
    ],
    [
      'bpf_fd=3, type=BPF_LINK_TYPE_NETNS, cgroup={cgroup_id=1}',
      '53: BPF_LINK_TYPE_NETNS was found where the type of a link (BPF_LINK_TYPE_CGROUP) was expected; this specification has no other',
    ],
    [
      'bpf_fd=3, type=BPF_LINK_TYPE_XDP, xdp={ifindex=1}',
      '72: xdp is no field of BPF_OBJ_GET_INFO',
    ],
  ])('is refused for a link in {%s}', (info, message) => {
    expect(told(info)).toContain(message);
  });

  it.each([
    [
      `bpf_fd=3, ${link}, max_entries=2, cgroup={cgroup_id=1}`,
      '87: 2 was found as max_entries of a link, but only a map has this field; give cgroup alone',
    ],
    [
      `bpf_fd=3, ${map}, max_entries=2, cgroup={cgroup_id=1}`,
      '95: {...} was found as cgroup of a map, but only a link has this field; give max_entries',
    ],
    [
      `bpf_fd=3, ${map}, max_entries=2, nr_map_ids=1`,
      '99: 1 was found as nr_map_ids of a map, but only a program has this field; give max_entries alone',
    ],
    [`bpf_fd=3, ${map}, nr_map_ids=1`, '84: 1 was found as nr_map_ids of a map, but only a'],
    [
      `bpf_fd=3, ${program}, max_entries=2, nr_map_ids=1`,
      '94: 2 was found as max_entries of a program, but only a map has this field; give nr_map_ids alone',
    ],
    [`bpf_fd=3, ${program}, max_entries=2`, '94: 2 was found as max_entries of a program, but'],
    ['bpf_fd=3, type=1, max_entries=2, nr_map_ids=1', '68: 2 was found as max_entries of a progr'],
    [`bpf_fd=3, info={${map}, nr_map_ids=1}`, '90: 1 was found as nr_map_ids of a map, but only'],
  ])('is of one kind, so that it is refused in {%s}', (info, message) => {
    expect(told(info)).toContain(message);
  });

  it('is told once: in the inner braces where there are some', () => {
    const both = `bpf_fd=3, ${map}, max_entries=2, info={${map}, max_entries=2}`;
    expect(told(both)).toBe(
      '48: type is no field of BPF_OBJ_GET_INFO_BY_FD here; its fields are bpf_fd, info',
    );
    expect(told(`bpf_fd=3, info={${map}, color=1}`)).toContain('color is no field of BPF_OBJ_GET');
    expect(told('bpf_fd=3, info={}')).toContain(': 0 was found as the result; 0 with type=TYPE');
    expect(told(`info={${map}, max_entries=2}`)).toContain('37: the field bpf_fd of BPF_OBJ_GET');
  });

  it('is all of it: strace prints zeros for what the kernel had no room to tell', () => {
    const short = (length: number, info: string): string =>
      told(`bpf_fd=3, info_len=${length}, info={${info}}`);
    expect(short(19, `${map}, max_entries=0`)).toContain(
      '57: 19 was found where the info_len of a map (a number from 20 to 4294967295) was expected',
    );
    expect(short(20, `${map}, max_entries=2`)).toBe(`3, ${map}, max_entries=2`);
    expect(short(55, `${program}, nr_map_ids=0`)).toContain('57: 55 was found where the info_len');
    const attached = `${link}, cgroup={cgroup_id=1}`;
    expect(short(23, attached)).toContain('57: 23 was found where the info_len of a link (a num');
    expect(short(24, attached)).toBe(`3, ${attached}`);
    expect(short(56, `${program}, nr_map_ids=1`)).toBe(`3, ${program}, nr_map_ids=1`);
  });
});
