import { describe, expect, it } from 'vitest';
import type { TraceEvent } from './index.ts';
import { parseTrace, printOutcome, printTrace } from './index.ts';
import type { Call, Outcome } from '../model/vocabulary/index.ts';
import { fail, infoValue, succeed } from '../model/vocabulary/index.ts';

const golden = String.raw`1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER}, 48) = 3
1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_CGROUP_SKB}, 48) = 4
1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SCHED_CLS, map_fd=3}, 48) = 5
1 openat(AT_FDCWD, "/cgroup/a", O_RDONLY|O_DIRECTORY) = 6
1 bpf(BPF_PROG_ATTACH, {target_fd=6, attach_bpf_fd=4, attach_type=BPF_CGROUP_INET_EGRESS, attach_flags=0}, 16) = 0
1 bpf(BPF_PROG_ATTACH, {target_fd=6, attach_bpf_fd=4, attach_type=BPF_CGROUP_INET_EGRESS, attach_flags=BPF_F_ALLOW_MULTI}, 16) = -1 EPERM (Operation not permitted)
1 bpf(BPF_PROG_DETACH, {target_fd=6, attach_bpf_fd=-1, attach_type=BPF_CGROUP_INET_EGRESS}, 12) = 0
1 bpf(BPF_LINK_CREATE, {link_create={prog_fd=4, target_fd=6, attach_type=BPF_CGROUP_INET_EGRESS, flags=0}}, 16) = 7
1 bpf(BPF_LINK_CREATE, {link_create={prog_fd=4, target_fd=6, attach_type=BPF_CGROUP_INET_EGRESS, flags=0}}, 16) = -1 EMFILE (Too many open files)
1 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=7, type=BPF_LINK_TYPE_CGROUP, cgroup={cgroup_id=1}}}, 16) = 0
1 bpf(BPF_LINK_DETACH, {link_detach={link_fd=7}}, 4) = 0
1 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=7, type=BPF_LINK_TYPE_CGROUP, cgroup={cgroup_id=0}}}, 16) = 0
1 bpf(BPF_LINK_GET_FD_BY_ID, {link_id=4}, 12) = 8
1 bpf(BPF_LINK_GET_NEXT_ID, {start_id=0, next_id=4}, 12) = 0
1 bpf(BPF_LINK_GET_NEXT_ID, {start_id=4}, 12) = -1 ENOENT (No such file or directory)
1 rtnetlink(RTM_NEWTFILTER, {tcm_parent=ingress, fd=5}, NLM_F_EXCL) = 0
1 rtnetlink(RTM_NEWTFILTER, {tcm_parent=egress, fd=5}, NLM_F_REPLACE)
1 rtnetlink(RTM_DELTFILTER, {tcm_parent=egress}) = 0
1 rtnetlink(RTM_DELQDISC, {kind="clsact"}) = -1 EINVAL (Invalid argument)
`;

const event = (call: Call, outcome?: Outcome): TraceEvent =>
  outcome === undefined
    ? { line: 0, step: { pid: 1, call } }
    : { line: 0, step: { pid: 1, call }, outcome };

const load = { call: 'BPF_PROG_LOAD', mapFd: null } as const;
const attach = { call: 'BPF_PROG_ATTACH', targetFd: 6, progFd: 4 } as const;
const link: Call = { call: 'BPF_LINK_CREATE', progFd: 4, targetFd: 6 };
const info: Call = { call: 'BPF_OBJ_GET_INFO_BY_FD', fd: 7 };
const told = (state: 'attached' | 'defunct'): Outcome =>
  succeed(infoValue({ kind: 'link', state }));

const events: readonly TraceEvent[] = [
  event(load, succeed(3)),
  event({ ...load, type: 'BPF_PROG_TYPE_CGROUP_SKB' }, succeed(4)),
  event({ ...load, type: 'BPF_PROG_TYPE_SCHED_CLS', mapFd: 3 }, succeed(5)),
  event({ call: 'open', path: '/cgroup/a', flag: 'O_DIRECTORY' }, succeed(6)),
  event({ ...attach, flag: 'none' }, succeed(0)),
  event({ ...attach, flag: 'BPF_F_ALLOW_MULTI' }, fail('EPERM')),
  event({ call: 'BPF_PROG_DETACH', targetFd: 6, progFd: -1 }, succeed(0)),
  event(link, succeed(7)),
  event(link, fail('EMFILE')),
  event(info, told('attached')),
  event({ call: 'BPF_LINK_DETACH', fd: 7 }, succeed(0)),
  event(info, told('defunct')),
  event({ call: 'BPF_LINK_GET_FD_BY_ID', id: 4 }, succeed(8)),
  event({ call: 'BPF_LINK_GET_NEXT_ID', id: 0 }, succeed(4)),
  event({ call: 'BPF_LINK_GET_NEXT_ID', id: 4 }, fail('ENOENT')),
  event(
    { call: 'RTM_NEWTFILTER', direction: 'ingress', progFd: 5, flag: 'NLM_F_EXCL' },
    succeed(0),
  ),
  event({ call: 'RTM_NEWTFILTER', direction: 'egress', progFd: 5, flag: 'NLM_F_REPLACE' }),
  event({ call: 'RTM_DELTFILTER', direction: 'egress' }, succeed(0)),
  event({ call: 'RTM_DELQDISC' }, fail('EINVAL')),
];

describe('the printed form of attachments', () => {
  it('is that of strace where strace prints such calls', () => {
    expect(printTrace({ header: [], events })).toBe(golden);
  });

  it('is read back as the same calls', () => {
    const result = parseTrace(golden);
    expect(result.ok && result.trace.events.map((each) => ({ ...each, line: 0 }))).toEqual(events);
  });

  it('shows behind an outcome by itself what was told of a link, or found', () => {
    const outcomes = events.flatMap(({ step, outcome }) =>
      outcome?.ok === true ? [printOutcome(step, outcome)] : [],
    );
    expect(outcomes.filter((text) => text.includes('('))).toEqual([
      '0 (type=BPF_LINK_TYPE_CGROUP, cgroup={cgroup_id=1})',
      '0 (type=BPF_LINK_TYPE_CGROUP, cgroup={cgroup_id=0})',
      '0 (next_id=4)',
    ]);
  });
});
