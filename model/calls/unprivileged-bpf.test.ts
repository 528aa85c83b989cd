import { describe, expect, it } from 'vitest';
import {
  attachTo,
  create,
  get,
  link,
  load,
  loadAs,
  loadOn,
  lookup,
  noEntry,
  open,
  pin,
  update,
} from '../lines.test-data.ts';
import {
  worldOf,
  denied,
  refused,
  invalid,
  chmod,
  chown,
  become,
  mkdir,
  getFor,
  readOnly,
  writeOnly,
  recent,
  old,
  started,
  openTo,
} from './permission-lines.test-data.ts';
import { lines, replayed } from '../replayed.test-data.ts';

describe.each(old)('bpf(2), closed by its sysctl under %s,', (profile) => {
  it('is closed altogether, whatever is asked', () => {
    const text = `${started}
      2 ${get('/a/x')} = ${refused} ; get.unprivileged
      2 ${pin('/a/y', 9)} = ${refused} ; pin.unprivileged
      2 ${create('HASH')} = ${refused} ; create.unprivileged
      2 ${load} = ${refused} ; load.unprivileged
      2 ${update(9, 0, 1)} = ${refused} ; update.unprivileged
      2 ${lookup(9, 0)} = ${refused} ; lookup.unprivileged
      2 bpf(BPF_MAP_DELETE_ELEM, {map_fd=9, key=0}, 32) = ${refused} ; delete.unprivileged
      2 bpf(BPF_MAP_GET_NEXT_KEY, {map_fd=9, key=0}, 24) = ${refused} ; next.unprivileged
      2 bpf(BPF_MAP_FREEZE, {map_fd=9}, 4) = ${refused} ; freeze.unprivileged
      2 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=9}}, 16) = ${refused} ; info.unprivileged
      2 bpf(BPF_PROG_TEST_RUN, {test={prog_fd=9}}, 40) = ${refused} ; run.unprivileged
      2 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=1}, 12) = ${refused} ; map-by-id.unprivileged
      2 bpf(BPF_PROG_GET_FD_BY_ID, {prog_id=1}, 12) = ${refused} ; program-by-id.unprivileged
      2 bpf(BPF_MAP_GET_NEXT_ID, {start_id=0}, 12) = ${refused} ; next-map.unprivileged
      2 bpf(BPF_PROG_GET_NEXT_ID, {start_id=0}, 12) = ${refused} ; next-program.unprivileged
      2 bpf(BPF_LINK_GET_FD_BY_ID, {link_id=1}, 12) = ${refused} ; link-by-id.unprivileged
      2 bpf(BPF_LINK_GET_NEXT_ID, {start_id=0}, 12) = ${refused} ; next-link.unprivileged
      2 ${attachTo(9, 9)} = ${refused} ; prog-attach.unprivileged
      2 bpf(BPF_PROG_DETACH, {target_fd=9, attach_bpf_fd=9, attach_type=BPF_CGROUP_INET_EGRESS}, 12) = ${refused} ; prog-detach.unprivileged
      2 ${link(9, 9)} = ${refused} ; link.unprivileged
      2 bpf(BPF_LINK_DETACH, {link_detach={link_fd=9}}, 4) = ${refused} ; link-detach.unprivileged`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('else asks a pin that is got to be writable, and that only', () => {
    const text = `${started}
      2 ${get('/a/x')} = ${denied} ; get.denied
      2 ${getFor('/a/x', readOnly)} = ${invalid} ; get.access
      1 ${chmod('/a/x', '0444')} = 0
      2 ${get('/a/x')} = ${denied} ; get.denied
      1 ${chmod('/a/x', '0222')} = 0
      2 ${get('/a/x')} = 4
      2 ${get('/a/d')} = ${denied} ; get.denied
      2 ${get('/a')} = ${denied} ; get.not-a-pin`;
    expect(replayed(openTo(profile), text)).toBe(lines(text));
  });
});

describe.each(recent)('bpf(2), closed by its sysctl under %s,', (profile) => {
  it('creates nothing', () => {
    const first = profile === 'linux-6.1';
    const bad = first ? `${refused} ; create.unprivileged` : `${invalid} ; create.max-entries`;
    const text = `${started}
      2 ${create('HASH')} = ${refused} ; create.unprivileged
      2 ${create('HASH', 0)} = ${bad}
      2 ${create('ARRAY_OF_MAPS', 1, 'inner_map_fd=9')} = ${refused} ; create.unprivileged
      2 ${load} = ${refused} ; load.unprivileged
      2 ${loadOn(9)} = ${refused} ; load.unprivileged
      2 ${update(3, 0, 1)} = 0
      2 ${lookup(3, 0)} = 0 (value=1)`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('gets pins for what their modes allow', () => {
    const text = `${started}
      2 ${get('/a/x')} = ${denied} ; get.denied
      1 ${chmod('/a/x', '0444')} = 0
      2 ${get('/a/x')} = ${denied} ; get.denied
      2 ${getFor('/a/x', readOnly)} = 4
      2 ${getFor('/a/x', writeOnly)} = ${denied} ; get.denied
      1 ${chmod('/a/x', '0222')} = 0
      2 ${get('/a/x')} = ${denied} ; get.denied
      2 ${getFor('/a/x', writeOnly)} = 5
      1 ${chmod('/a/x', '0666')} = 0
      2 ${get('/a/x')} = 6
      2 ${get('/a/d')} = ${denied} ; get.denied
      2 ${get('/a')} = ${denied} ; get.not-a-pin`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('neither lists nor opens by id, before anything is looked for', () => {
    const text = `${started}
      2 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=9}, 12) = ${refused} ; map-by-id.unprivileged
      2 bpf(BPF_PROG_GET_FD_BY_ID, {prog_id=9}, 12) = ${refused} ; program-by-id.unprivileged
      2 bpf(BPF_LINK_GET_FD_BY_ID, {link_id=9}, 12) = ${refused} ; link-by-id.unprivileged
      2 bpf(BPF_MAP_GET_NEXT_ID, {start_id=9}, 12) = ${refused} ; next-map.unprivileged
      2 bpf(BPF_PROG_GET_NEXT_ID, {start_id=9}, 12) = ${refused} ; next-program.unprivileged
      2 bpf(BPF_LINK_GET_NEXT_ID, {start_id=9}, 12) = ${refused} ; next-link.unprivileged`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('attaches nothing to a cgroup, once the program is one for cgroups', () => {
    const text = `
      1 ${open('/cgroup/a', 'O_DIRECTORY')} = 3
      1 ${loadAs('CGROUP_SKB')} = 4
      1 ${load} = 5
      1 fork() = 2
      2 ${become(65534)} = 0
      2 ${attachTo(9, 5)} = ${invalid} ; prog-attach.not-for-cgroups
      2 ${attachTo(9, 4)} = ${invalid} ; prog-attach.unprivileged
      2 ${link(5, 3)} = ${invalid} ; link.not-for-cgroups
      2 ${link(4, 9)} = ${refused} ; link.unprivileged
      2 rmdir("/cgroup/a") = ${denied} ; rmdir.denied
      1 ${attachTo(3, 4)} = 0
      2 bpf(BPF_PROG_DETACH, {target_fd=3, attach_bpf_fd=4, attach_type=BPF_CGROUP_INET_EGRESS}, 12) = 0`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('freezes a map for whoever writes it, and asked for a capability until 6.4', () => {
    const frozen = profile === 'linux-6.1' ? `${refused} ; freeze.unprivileged` : '0';
    const text = `${started}
      2 bpf(BPF_MAP_FREEZE, {map_fd=3}, 4) = ${frozen}
      1 bpf(BPF_MAP_FREEZE, {map_fd=3}, 4) = ${frozen === '0' ? `${refused} ; freeze.frozen` : '0'}`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('lets a directory without any permission bit have dotted names', () => {
    const text = `${started}
      1 ${pin('/a/d/a.b', 3)} = ${refused} ; last.dotted
      1 ${chmod('/a/d', '000')} = 0
      1 ${pin('/a/d/a.b', 3)} = 0
      1 ${mkdir('/a/d/.e')} = 0
      1 ${get('/a/d/a.c')} = ${noEntry} ; walk.missing
      1 ${chmod('/a/d', '01000')} = 0
      1 ${get('/a/d/a.c')} = ${refused} ; walk.dotted
      1 ${get('/a/d/a.b')} = 4
      1 rename("/a/d/a.b", "/a/d/y") = 0`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('leaves it to the machine whose symbolic links are followed', () => {
    const text = `${started}
      2 symlink("x", "/a/l") ; bound.protected-symlinks
      1 symlink("x", "/a/l") = 0
      1 ${chmod('/a/x', '0666')} = 0
      2 ${get('/a/l')} = 4
      1 ${chown('/a', 65534)} = 0
      2 ${get('/a/l')} ; bound.protected-symlinks
      1 ${get('/a/l')} = 4`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });
});
