import { describe, expect, it } from 'vitest';
import { parseTrace, printTrace } from './index.ts';

/** What is printed for a line once it has been read, or why it cannot be. */
function normal(line: string): string {
  const result = parseTrace(line);
  if (result.ok) return printTrace(result.trace).trimEnd();
  return result.errors.map(({ column, message }) => `${column}: ${message}`).join('\n');
}

const egress = 'attach_type=BPF_CGROUP_INET_EGRESS';
const link = (fields: string): string => `1 bpf(BPF_LINK_CREATE, {link_create={${fields}}}, 64)`;

// Lines of strace 6.1 on Linux 6.18.44, but for those of BPF_PROG_DETACH and BPF_LINK_DETACH, which
// only later ones print so.
describe('a line of strace about attachments', () => {
  it.each([
    [
      `9  bpf(BPF_PROG_ATTACH, {target_fd=3, attach_bpf_fd=4, ${egress}, attach_flags=0}, 16) = 0`,
      `9 bpf(BPF_PROG_ATTACH, {target_fd=3, attach_bpf_fd=4, ${egress}, attach_flags=0}, 16) = 0`,
    ],
    [
      `9  bpf(BPF_PROG_ATTACH, {target_fd=3, attach_bpf_fd=4, ${egress}, attach_flags=BPF_F_ALLOW_MULTI, replace_bpf_fd=0}, 144) = -1 EBADF (Bad file descriptor)`,
      `9 bpf(BPF_PROG_ATTACH, {target_fd=3, attach_bpf_fd=4, ${egress}, attach_flags=BPF_F_ALLOW_MULTI}, 16) = -1 EBADF (Bad file descriptor)`,
    ],
    [
      // 6.1 leaves the program out.
      `9  bpf(BPF_PROG_DETACH, {target_fd=3, attach_bpf_fd=4, ${egress}, attach_flags=0, replace_bpf_fd=0, relative_fd=0, expected_revision=0}, 32) = 0`,
      `9 bpf(BPF_PROG_DETACH, {target_fd=3, attach_bpf_fd=4, ${egress}}, 12) = 0`,
    ],
    [
      `9  bpf(BPF_LINK_CREATE, {link_create={prog_fd=4, target_fd=3, ${egress}, flags=0}}, 48) = 5`,
      `9 bpf(BPF_LINK_CREATE, {link_create={prog_fd=4, target_fd=3, ${egress}, flags=0}}, 16) = 5`,
    ],
    [
      '9  bpf(BPF_LINK_DETACH, {link_detach={link_fd=5}}, 144) = 0',
      '9 bpf(BPF_LINK_DETACH, {link_detach={link_fd=5}}, 4) = 0',
    ],
    [
      '9  bpf(BPF_LINK_DETACH, NULL, 4)           = -1 EFAULT (Bad address)',
      '9 bpf(34, NULL, 4) = -1 EFAULT (Bad address)',
    ],
    [
      '9  bpf(BPF_LINK_GET_FD_BY_ID, {link_id=3}, 144) = 6',
      '9 bpf(BPF_LINK_GET_FD_BY_ID, {link_id=3}, 12) = 6',
    ],
    [
      '9  bpf(BPF_LINK_GET_NEXT_ID, {start_id=0, next_id=0 => 3, open_flags=0}, 12) = 0',
      '9 bpf(BPF_LINK_GET_NEXT_ID, {start_id=0, next_id=3}, 12) = 0',
    ],
    [
      '9  bpf(BPF_LINK_GET_NEXT_ID, {start_id=3, next_id=0}, 8) = -1 ENOENT (No such file or directory)',
      '9 bpf(BPF_LINK_GET_NEXT_ID, {start_id=3}, 12) = -1 ENOENT (No such file or directory)',
    ],
    [
      '9  bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SCHED_CLS, insn_cnt=0, insns=NULL, license=NULL, log_level=0, log_size=0, log_buf=NULL, kern_version=KERNEL_VERSION(0, 0, 0), prog_flags=0}, 48) = -1 E2BIG (Argument list too long)',
      '9 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SCHED_CLS}, 48) = -1 E2BIG (Argument list too long)',
    ],
  ])('is read as the call that it is: %s', (line, printed) => {
    expect(normal(line)).toBe(printed);
    expect(normal(printed)).toBe(printed);
  });

  it('may have numbers for names, and fields in any order', () => {
    expect(normal('1 bpf(BPF_PROG_LOAD, {prog_type=8})')).toContain(
      'BPF_PROG_TYPE_CGROUP_SKB}, 48',
    );
    expect(normal('1 bpf(BPF_PROG_LOAD, {prog_type=1})')).toContain('BPF_PROG_TYPE_SOCKET_FILTER}');
    expect(
      normal(
        '1 bpf(BPF_PROG_ATTACH, {attach_flags=2, attach_type=1, attach_bpf_fd=4, target_fd=3})',
      ),
    ).toBe(
      `1 bpf(BPF_PROG_ATTACH, {target_fd=3, attach_bpf_fd=4, ${egress}, attach_flags=BPF_F_ALLOW_MULTI}, 16)`,
    );
    expect(normal(link('target_fd=3, attach_type=1, prog_fd=4'))).toContain(
      `{link_create={prog_fd=4, target_fd=3, ${egress}, flags=0}}, 16)`,
    );
  });
});

const attach = (fields: string): string => `1 bpf(BPF_PROG_ATTACH, {target_fd=3, ${fields}}, 16)`;

describe('an attachment that is outside this specification', () => {
  it('is not corrected into one that is within it', () => {
    for (const type of ['BPF_CGROUP_INET_INGRESS', 'BPF_CGROUP_INET_INGRES']) {
      expect(normal(attach(`attach_bpf_fd=4, attach_type=${type}`))).not.toContain('did you mean');
    }
  });

  it.each([
    [
      attach('attach_bpf_fd=4, attach_type=BPF_CGROUP_INET_INGRESS, attach_flags=0'),
      '67: BPF_CGROUP_INET_INGRESS was found where the type of an attachment (BPF_CGROUP_INET_EGRESS) was expected; this specification has no other',
    ],
    [
      attach('attach_bpf_fd=4, attach_type=BPF_CGROUP_INET_EGRES, attach_flags=0'),
      'was expected; did you mean BPF_CGROUP_INET_EGRESS?',
    ],
    [
      // The type is what is wrong, and not what stands in the place of a target.
      '1 bpf(BPF_PROG_ATTACH, {target_ifindex=if_nametoindex("lo"), attach_bpf_fd=4, attach_type=BPF_TCX_INGRESS, attach_flags=0}, 16)',
      ': BPF_TCX_INGRESS was found where the type of an attachment (BPF_CGROUP_INET_EGRESS) was',
    ],
    [
      attach(`attach_bpf_fd=4, ${egress}, attach_flags=BPF_F_ALLOW_OVERRIDE`),
      '104: BPF_F_ALLOW_OVERRIDE was found where the flags of an attachment (0 or BPF_F_ALLOW_MULTI) were expected',
    ],
    [
      attach(`attach_bpf_fd=4, ${egress}, attach_flags=BPF_F_ALLOW_MULTI|BPF_F_REPLACE`),
      '104: BPF_F_ALLOW_MULTI|BPF_F_REPLACE was found where the flags of an attachment',
    ],
    [
      attach(`attach_bpf_fd=4, ${egress}, attach_flags=BPF_F_ALOW_MULTI`),
      'were expected; did you mean BPF_F_ALLOW_MULTI?',
    ],
    [
      attach(`attach_bpf_fd=4, ${egress}, attach_flags=0x80 /* BPF_F_??? */`),
      '104: 0x80 was found where the flags of an attachment',
    ],
    [
      attach(`attach_bpf_fd=4, ${egress}, attach_flags=0, replace_bpf_fd=9`),
      ': 9 was found as replace_bpf_fd of BPF_PROG_ATTACH, but this field must be zero or absent',
    ],
    [attach(`prog_fd=4, ${egress}`), ': prog_fd is no field of BPF_PROG_ATTACH here'],
    [attach('attach_bpf_fd=4'), '24: the field attach_type of BPF_PROG_ATTACH is missing'],
    [
      `1 bpf(BPF_PROG_DETACH, {target_fd=3, ${egress}}, 12) = -1 EBADF (Bad file descriptor)`,
      '24: the field attach_bpf_fd of BPF_PROG_DETACH is missing from {...}; strace 6.1 does not print it: put attach_bpf_fd=FD in',
    ],
    [
      `1 bpf(BPF_PROG_DETACH, {target_fd=3, attach_bpf_fd=4, ${egress}, attach_flags=2}, 16)`,
      ': 2 was found as attach_flags of BPF_PROG_DETACH, but this field must be zero or absent',
    ],
    [
      link(`prog_fd=4, target_fd=3, ${egress}, flags=0x8`),
      ': 0x8 was found where the flags of a link (0) were expected',
    ],
    [link(`prog_fd=4, target_fd=3, flags=0`), '37: the field attach_type of BPF_LINK_CREATE is'],
    [link('prog_fd=4, target_fd=3, attach_type=0x2e /* BPF_??? */, flags=0'), ': 0x2e was found'],
    [
      link(
        'prog_fd=4, target_fd=3, attach_type=BPF_TRACE_KPROBE_MULTI, flags=0, kprobe_multi={flags=0, cnt=0, syms=NULL, addrs=NULL, cookies=NULL}',
      ),
      ': BPF_TRACE_KPROBE_MULTI was found where the type of an attachment',
    ],
    [
      link(
        'prog_fd=4, target_fd=3, attach_type=BPF_TRACE_ITER, flags=0, iter_info=NULL, iter_info_len=0',
      ),
      ': BPF_TRACE_ITER was found where the type of an attachment',
    ],
    [
      link('prog_fd=4, target_ifindex=if_nametoindex("eth0"), attach_type=BPF_XDP, flags=0'),
      ': BPF_XDP was found where the type of an attachment',
    ],
    [
      link(`prog_fd=4, target_fd=3, ${egress}, flags=0, target_btf_id=1`),
      ': 1 was found as target_btf_id of BPF_LINK_CREATE, but this field must be zero or absent',
    ],
    ['1 bpf(BPF_LINK_CREATE, {prog_fd=4}, 16)', '25: prog_fd is no field of BPF_LINK_CREATE here;'],
    ['1 bpf(BPF_LINK_CREATE, {link_create=4}, 16)', '37: 4 was found where the fields of BPF_LINK'],
    [
      '1 bpf(BPF_LINK_DETACH, 0x5634cfc67040, 4) = -1 EBADF (Bad file descriptor)',
      '24: 0x5634cfc67040 was found where {link_detach={link_fd=FD}} was expected, which strace 6.1 does not print',
    ],
    [
      '1 bpf(BPF_LINK_DETACH, {link_detach={fd=5}}, 4)',
      '38: fd is no field of BPF_LINK_DETACH here; its fields are link_fd',
    ],
    ['1 bpf(BPF_LINK_CREATE, 0x5634cfc67040, 0)', '24: 0x5634cfc67040 was found where an address'],
    [
      '1 bpf(BPF_LINK_UPDATE, {link_update={link_fd=5, new_prog_fd=4, flags=0}}, 16)',
      'but this specification has no such command',
    ],
    [
      `1 bpf(BPF_PROG_QUERY, {query={target_fd=3, ${egress}, query_flags=0, attach_flags=0, prog_ids=NULL, prog_cnt=0}}, 144)`,
      'but this specification has no such command',
    ],
    [
      '1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_CGROUP_SOCK}, 48)',
      '33: BPF_PROG_TYPE_CGROUP_SOCK was found where the type of a program (BPF_PROG_TYPE_SOCKET_FILTER or BPF_PROG_TYPE_SCHED_CLS or BPF_PROG_TYPE_CGROUP_SKB) was expected; this specification has no other',
    ],
    [
      '1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SCHED_CSL}, 48)',
      'was expected; did you mean BPF_PROG_TYPE_SCHED_CLS?',
    ],
  ])('is refused in one sentence: %s', (line, message) => {
    expect(normal(line)).toContain(message);
    expect(normal(line).split('\n')).toHaveLength(1);
  });
});
