/** Facts about what bpf(2) can be asked. */
import type { AllFacts } from './facts.types.ts';
import { fromMemory, told } from './origins.ts';

const oftenChanged = told('sizes change with nearly every release');

/** What is told of freezing, of what is told of objects, and of ids alike. */
const objects =
  'kernel/bpf/syscall.c, `map_freeze`, `map_get_sys_perms`, `bpf_obj_get_info_by_fd`. Measured on 6.18.44.';

/** What is told of cgroups and links alike. */
const hooks =
  'kernel/bpf/cgroup.c, `__cgroup_bpf_attach`, `__cgroup_bpf_detach`, `bpf_cgroup_link_auto_detach`; kernel/bpf/syscall.c, `link_create`, `bpf_link_put_direct`, `bpf_link_put`; net/sched/cls_api.c, cls_bpf.c. Measured on 6.18.44, in the order of the checks: ';

export const commandFacts = {
  testRun: {
    means: 'It came with 4.12.',
    values: { none: 'its command is unknown (EINVAL)', 'built-in': 'it does' },
    first: 'none',
    changes: [{ to: 'built-in', in: '4.12', origin: fromMemory('1cf1cae963c2') }],
    traces: [
      'observed/prog-array-clearing/initial',
      'tail-calls/programs-survive-through-a-pinned-array',
    ],
    source:
      'kernel/bpf/syscall.c, `bpf_prog_test_run`. Observed on 6.1.192 and later, in `observed/prog-array-clearing/`; 4.4.11 and 4.6.2 were not asked.',
  },
  attributes: {
    means:
      'How many bytes of attributes bpf(2) knows, where the last field of each command ends, how many commands and types of maps there are. Bytes behind the known ones have to be zeros (E2BIG), those behind a command’s last field too (EINVAL). In a trace, a number as the command is the raw form: `bpf(6, {u64_0="/a/m", u32_8=3}, 12)`.',
    values: {
      '2015': 'those of 4.4',
      '4.6': 'those of 4.6 and 4.7',
      '6.1': 'those of 6.1',
      '6.12': 'those of 6.12',
      '6.18': 'those of 6.18',
    },
    first: '2015',
    changes: [
      { to: '4.6', in: 'by 4.6', origin: oftenChanged },
      { to: '6.1', in: 'by 6.1', origin: oftenChanged },
      { to: '6.12', in: 'by 6.12', origin: oftenChanged },
      { to: '6.18', in: 'by 6.18', origin: oftenChanged },
    ],
    traces: [
      'errors/bytes-that-nobody-knows-4.4',
      'errors/bytes-that-nobody-knows-6.1',
      'errors/bytes-that-nobody-knows-6.12',
      'errors/bytes-that-nobody-knows-6.18',
      'places/path-fd',
    ],
    more: 'What is the same everywhere is in `observed/errno-table/pin-attr-size-12` and those beside it.',
    untold: [
      {
        values: ['2015', '4.6'],
        why: 'They have the same commands and the same size, and what 4.6 has beyond (the flags of a new map, and types of maps) is no matter of this specification.',
      },
    ],
    source:
      'include/uapi/linux/bpf.h, `union bpf_attr`; kernel/bpf/syscall.c, `bpf_check_uarg_tail_zero` and the `_LAST_FIELD`s. Measured byte by byte on 6.18.44; of the others, what six kernels answered was observed and the sizes were read.',
  },
  freeze: {
    means:
      'From then on updates and deletions through descriptors get EPERM, also through those that are opened later.',
    values: { none: 'its command is unknown (EINVAL)', 'built-in': 'it does' },
    first: 'none',
    changes: [{ to: 'built-in', in: '5.2', origin: fromMemory('87df15de441b') }],
    traces: ['frozen/frozen-map-can-only-be-read'],
    source: objects,
  },
  info: {
    means: 'Where it does, a descriptor that is closed is EBADFD, not EBADF.',
    values: { none: 'its command is unknown (EINVAL)', 'built-in': 'it does' },
    first: 'none',
    changes: [{ to: 'built-in', in: '4.13', origin: fromMemory('1e2709769086') }],
    traces: ['info/told-of-maps-and-programs'],
    source: objects,
  },
  ids: {
    means:
      'BPF_MAP_GET_FD_BY_ID opens whatever lives, a map that only a program holds included: it has users again. Where there are ids, loading a program that uses a map meets a bound if no descriptor is left (EMFILE): the map outlives that for a while, which ids show.',
    values: { none: 'the commands are unknown (EINVAL)', 'built-in': 'they have' },
    first: 'none',
    changes: [{ to: 'built-in', in: '4.13', origin: fromMemory('bd5f5f4ecb78') }],
    traces: [
      'ids/map-of-a-program-is-opened-again',
      'ids/no-id-is-given-twice',
      'ids/closed-array-is-empty-when-opened-again',
    ],
    source: objects,
  },
  cgroups: {
    means:
      'Programs of the type BPF_PROG_TYPE_CGROUP_SKB, and BPF_PROG_ATTACH and BPF_PROG_DETACH, which hang them on a cgroup. A kernel that has this and no links is one from 4.10 to 5.6. The filters of a network device are in every profile; the qdisc that has them in both directions (clsact) came with 4.5, and on 4.4 there would have been two.',
    values: { none: 'the type and the commands are EINVAL', 'built-in': 'they can' },
    first: 'none',
    changes: [{ to: 'built-in', in: '4.10', origin: fromMemory('3007098494be') }],
    traces: [
      'cgroups/removed-cgroup-takes-nothing',
      'cgroups/attached-program-ends-with-the-cgroup',
      'cgroups/alone-or-side-by-side',
    ],
    more: 'Filters of a network device are in `traffic-filters/`.',
    source: `${hooks}what a removed cgroup had attached was let go 22 milliseconds after rmdir returned, the program of a tc filter 20 to 30 milliseconds after it was deleted, replaced or gone with its qdisc. Read for the others.`,
  },
  links: {
    means:
      'BPF_LINK_CREATE and what belongs to links: an attachment that lives as long as an object, which can be pinned. BPF_LINK_DETACH came with 5.9, and ids of links with 5.8.',
    values: { none: 'the commands are unknown (EINVAL)', 'built-in': 'there are' },
    first: 'none',
    changes: [{ to: 'built-in', in: '5.7', origin: fromMemory('af6eea57437a') }],
    traces: [
      'links/no-links-4.4',
      'links/link-ends-with-its-last-descriptor',
      'links/pinned-link-survives-its-creator',
      'links/removed-cgroup-leaves-a-defunct-link',
    ],
    more: 'More is in `links/`.',
    source: `${hooks}a link whose last descriptor is closed is not listed any more when close returns (0 of 200), one whose last pin is unlinked is (177 of 200). Read for the others.`,
  },
} as const satisfies Partial<AllFacts>;
