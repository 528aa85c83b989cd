/** Calls that attach programs to cgroups and to the device lo, and let them go. */
import type {
  DelFilter,
  DelQdisc,
  LinkCreate,
  LinkDetach,
  NewFilter,
  ProgAttach,
  ProgDetach,
} from '../model/vocabulary/index.ts';
import { printBpf, zeroOr } from './print-parts.ts';

const egress = 'attach_type=BPF_CGROUP_INET_EGRESS';

export function printAttachment(
  call: ProgAttach | ProgDetach | LinkCreate | LinkDetach | NewFilter | DelFilter | DelQdisc,
): string {
  switch (call.call) {
    case 'BPF_PROG_ATTACH':
      return printBpf(call, `${targetAndProgram(call)}, attach_flags=${zeroOr(call.flag)}`, 16);
    case 'BPF_PROG_DETACH':
      return printBpf(call, targetAndProgram(call), 12);
    case 'BPF_LINK_CREATE': {
      const fds = `prog_fd=${call.progFd}, target_fd=${call.targetFd}`;
      return printBpf(call, `link_create={${fds}, ${egress}, flags=0}`, 16);
    }
    case 'BPF_LINK_DETACH':
      return printBpf(call, `link_detach={link_fd=${call.fd}}`, 4);
    case 'RTM_NEWTFILTER': {
      const filter = `{tcm_parent=${call.direction}, fd=${call.progFd}}`;
      return `rtnetlink(RTM_NEWTFILTER, ${filter}, ${call.flag})`;
    }
    case 'RTM_DELTFILTER':
      return `rtnetlink(RTM_DELTFILTER, {tcm_parent=${call.direction}})`;
    case 'RTM_DELQDISC':
      return 'rtnetlink(RTM_DELQDISC, {kind="clsact"})';
  }
}

const targetAndProgram = ({ targetFd, progFd }: ProgAttach | ProgDetach): string =>
  `target_fd=${targetFd}, attach_bpf_fd=${progFd}, ${egress}`;
