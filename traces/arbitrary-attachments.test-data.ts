/** Any call that loads, attaches or detaches a program, or has to do with links. */
import * as fc from 'fast-check';
import { accessNames } from '../model/vocabulary/index.ts';
import { descriptor, id } from './arbitrary-numbers.test-data.ts';

const direction = fc.constantFrom('ingress', 'egress');

export const attachmentCalls = {
  BPF_PROG_LOAD: fc.record(
    {
      call: fc.constant('BPF_PROG_LOAD'),
      // A socket filter is what a program without a type is.
      type: fc.constantFrom('BPF_PROG_TYPE_SCHED_CLS', 'BPF_PROG_TYPE_CGROUP_SKB'),
      mapFd: fc.option(descriptor, { nil: null }),
    },
    { requiredKeys: ['call', 'mapFd'] },
  ),
  BPF_PROG_ATTACH: fc.record({
    call: fc.constant('BPF_PROG_ATTACH'),
    targetFd: descriptor,
    progFd: descriptor,
    flag: fc.constantFrom('none', 'BPF_F_ALLOW_MULTI'),
  }),
  BPF_PROG_DETACH: fc.record({
    call: fc.constant('BPF_PROG_DETACH'),
    targetFd: descriptor,
    progFd: descriptor,
  }),
  BPF_LINK_CREATE: fc.record({
    call: fc.constant('BPF_LINK_CREATE'),
    progFd: descriptor,
    targetFd: descriptor,
  }),
  BPF_LINK_DETACH: fc.record({ call: fc.constant('BPF_LINK_DETACH'), fd: descriptor }),
  BPF_LINK_GET_FD_BY_ID: fc.record(
    { call: fc.constant('BPF_LINK_GET_FD_BY_ID'), id, access: fc.constantFrom(...accessNames) },
    { requiredKeys: ['call', 'id'] },
  ),
  BPF_LINK_GET_NEXT_ID: fc.record({ call: fc.constant('BPF_LINK_GET_NEXT_ID'), id }),
  RTM_NEWTFILTER: fc.record({
    call: fc.constant('RTM_NEWTFILTER'),
    direction,
    progFd: descriptor,
    flag: fc.constantFrom('NLM_F_EXCL', 'NLM_F_REPLACE'),
  }),
  RTM_DELTFILTER: fc.record({ call: fc.constant('RTM_DELTFILTER'), direction }),
  RTM_DELQDISC: fc.constant({ call: 'RTM_DELQDISC' }),
} as const;
