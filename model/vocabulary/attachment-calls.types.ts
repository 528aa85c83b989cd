/**
 * Calls that hang programs on cgroups and on a network device, and let them go, as `calls.ts` lists
 * them. The network device is `lo`, with a clsact qdisc; the attach type of a cgroup's programs is
 * BPF_CGROUP_INET_EGRESS.
 */
import type { Fd } from './arguments.types.ts';

/**
 * Attaches a program to a cgroup. `none`: as its only one, in the place of an earlier one;
 * BPF_F_ALLOW_MULTI: beside others.
 */
export interface ProgAttach {
  readonly call: 'BPF_PROG_ATTACH';
  /** Of the cgroup's directory. */
  readonly targetFd: Fd;
  readonly progFd: Fd;
  readonly flag: 'none' | 'BPF_F_ALLOW_MULTI';
}

export interface ProgDetach {
  readonly call: 'BPF_PROG_DETACH';
  readonly targetFd: Fd;
  readonly progFd: Fd;
}

/**
 * Attaches a program to a cgroup for as long as the new object, a link, is held. Succeeds with its
 * descriptor.
 */
export interface LinkCreate {
  readonly call: 'BPF_LINK_CREATE';
  readonly progFd: Fd;
  readonly targetFd: Fd;
}

/** Detaches for good what a link attached; the link stays, and holds its program. */
export interface LinkDetach {
  readonly call: 'BPF_LINK_DETACH';
  readonly fd: Fd;
}

/** Packets come in by `ingress` and leave by `egress`; each has a list of filters of its own. */
export type Direction = 'ingress' | 'egress';

/**
 * A cls_bpf filter (tc filter add, or replace): priority 1, handle 1, direct action. With NLM_F_EXCL
 * there must be none; with NLM_F_REPLACE it takes the place of one.
 */
export interface NewFilter {
  readonly call: 'RTM_NEWTFILTER';
  readonly direction: Direction;
  readonly progFd: Fd;
  readonly flag: 'NLM_F_EXCL' | 'NLM_F_REPLACE';
}

/** tc filter del: that filter. */
export interface DelFilter {
  readonly call: 'RTM_DELTFILTER';
  readonly direction: Direction;
}

/** tc qdisc del dev lo clsact: the qdisc, with the filters of both directions. */
export interface DelQdisc {
  readonly call: 'RTM_DELQDISC';
}
