/**
 * Calls on what programs hang on besides sockets, cgroups and the network device, and what has to be
 * there before them.
 */
import type { Call, CallName } from '../model/vocabulary/index.ts';
import { descriptorFor, secondDescriptor } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { cgroupPrograms, cgroups, classifiers, links } from './things.ts';

type AttachmentCallName =
  | 'BPF_PROG_ATTACH'
  | 'BPF_PROG_DETACH'
  | 'BPF_LINK_CREATE'
  | 'BPF_LINK_DETACH'
  | 'RTM_NEWTFILTER'
  | 'RTM_DELTFILTER'
  | 'RTM_DELQDISC';

/** The calls before which a cgroup has to be opened and a program for it loaded. */
export const hangsOnCgroups: ReadonlySet<CallName> = new Set([
  'BPF_PROG_ATTACH',
  'BPF_PROG_DETACH',
  'BPF_LINK_CREATE',
  'BPF_LINK_DETACH',
  'BPF_LINK_GET_FD_BY_ID',
  'BPF_LINK_GET_NEXT_ID',
]);

/** The calls before which a classifier has to be loaded. */
export const filtersTraffic: ReadonlySet<CallName> = new Set([
  'RTM_NEWTFILTER',
  'RTM_DELTFILTER',
  'RTM_DELQDISC',
]);

/** The call on what programs hang on that a choice stands for. */
export function decodeAttachmentCall(name: AttachmentCallName, args: Arguments): Call {
  const { detail, taste, prospects, pid } = args;
  const targetFd = descriptorFor(args, cgroups);
  const direction = detail % 2 === 0 ? 'ingress' : 'egress';
  switch (name) {
    case 'BPF_PROG_ATTACH': {
      const flag = detail % 4 === 3 ? 'none' : 'BPF_F_ALLOW_MULTI';
      return { call: name, targetFd, progFd: secondDescriptor(args, cgroupPrograms), flag };
    }
    case 'BPF_PROG_DETACH': {
      const hook = taste % 8 === 7 ? null : prospects.hook(pid);
      const { targetFd: at, progFd } = hook ?? {
        targetFd,
        progFd: secondDescriptor(args, cgroupPrograms),
      };
      return { call: name, targetFd: at, progFd };
    }
    case 'BPF_LINK_CREATE':
      return { call: name, targetFd, progFd: secondDescriptor(args, cgroupPrograms) };
    case 'BPF_LINK_DETACH':
      return { call: name, fd: descriptorFor(args, detail % 2 === 1 ? undefined : links) };
    case 'RTM_NEWTFILTER': {
      const flag = detail % 4 < 2 ? 'NLM_F_EXCL' : 'NLM_F_REPLACE';
      return { call: name, direction, progFd: secondDescriptor(args, classifiers), flag };
    }
    case 'RTM_DELTFILTER':
      return { call: name, direction };
    case 'RTM_DELQDISC':
      return { call: name };
  }
}
