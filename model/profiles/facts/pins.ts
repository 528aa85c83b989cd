/** Facts about instances, pins and what becomes of what they held. */
import type { AllFacts } from './facts.types.ts';
import { commit, notConfirmed, told } from './origins.ts';

export const pinFacts = {
  instance: {
    means:
      'The instance that is found lives as long as any mount of it. The key is the namespace of the process that mounts, not the place: a copied mount shows the instance of the namespace it was copied from.',
    values: {
      'per-namespace': 'the one that the mounting process’s namespace has already, or a new one',
      'per-mount': 'a new one, always',
    },
    first: 'per-namespace',
    changes: [{ to: 'per-mount', in: '4.7', origin: commit('e27f4a942a0e', 'also in 4.4.y') }],
    traces: [
      'singleton/two-mounts-one-instance',
      'singleton/copy-keeps-the-instance',
      'singleton/unshare-sees-two-instances',
      'singleton/instance-per-mount',
    ],
    source:
      'kernel/bpf/inode.c, `bpf_mount` with `mount_ns` (fs/super.c) in 4.4, with `mount_nodev` since e27f4a942a0e, `bpf_get_tree` with `get_tree_nodev` today. Observed per namespace on 4.4.11 and 4.6.2, per mount on 6.1.192, 6.12.117 and 6.18.44. Later kernels of the 4.4.y series have the change, too.',
  },
  pinOrder: {
    means:
      'What is wrong with the path string is EFAULT, ENAMETOOLONG, or ENOENT for an empty one. The walk along the path comes after both.',
    values: {
      'path-first': 'the path string is read first',
      'fd-first': 'the descriptor is looked at first',
    },
    first: 'path-first',
    changes: [{ to: 'fd-first', in: '5.6', origin: told('a change by Al Viro') }],
    traces: [
      'errors/pin-bad-descriptor-4.4',
      'errors/pin-bad-descriptor-6.18',
      'observed/errno-table/pin-badfd-null-path',
    ],
    source:
      'kernel/bpf/inode.c, `bpf_obj_pin_user`; "bpf: don\'t bother with getname/kern_path - use user_path_at" (January 2020, message 20200120232858.GF8904@ZenIV.linux.org.uk). Observed on 4.4.11, 4.6.2 and on 6.1.192, 6.12.117, 6.18.44.',
  },
  pinBadFd: {
    means: 'An open descriptor without an object is EINVAL everywhere.',
    values: { EBADF: 'that it is not open', EINVAL: 'that it is no object' },
    first: 'EBADF',
    changes: [{ to: 'EINVAL', in: '5.7', origin: commit('70ed506c3bbc') }],
    traces: ['errors/pin-bad-descriptor-4.4', 'errors/pin-bad-descriptor-6.18'],
    source:
      'kernel/bpf/inode.c, `bpf_fd_probe_obj`, which tries links as well since 70ed506c3bbc and no longer passes on the error of the last try. Observed on 4.4.11, 4.6.2 and on 6.1.192, 6.12.117, 6.18.44.',
  },
  pinPut: {
    means: 'It was after a grace period where the inode is freed by RCU.',
    values: {
      'at-once': 'before the call that took its last name returns',
      later: 'after a grace period',
    },
    first: 'at-once',
    changes: [
      { to: 'later', in: '5.1', origin: commit('1da6c4d9140c') },
      { to: 'at-once', in: '6.18', origin: notConfirmed },
    ],
    traces: ['renames/last-pin-is-renamed-onto-6.1'],
    countTraces: ['counts/pin-holds-no-longer-than-its-name'],
    more: 'What a kernel that lets go at once answers to the same calls is in `renames/last-pin-is-renamed-onto`: one that does it later may answer so, too.',
    source:
      'kernel/bpf/inode.c, `bpf_free_inode`, and `bpf_destroy_inode` since October 2025 (message 20251008102628.808045-2); which stable kernels have that, too, is not known. Measured at once on 6.18.44.',
  },
  arrayClear: {
    means:
      'The last user is an open file or a pin. The programs that call through the array are no users.',
    values: {
      'at-any-release': 'any release of an open file of it does it, whoever else holds it',
      'at-last-user': 'the last user does it, at once',
      later: 'a work queue does it some time after the last user let go',
    },
    first: 'at-any-release',
    changes: [
      { to: 'at-last-user', in: '4.4', origin: commit('c9da161c6517') },
      { to: 'later', in: '5.5', origin: commit('da765a2f5993') },
    ],
    traces: [
      'tail-calls/emptied-at-any-release-2015',
      'observed/prog-array-clearing/only-fd-closed',
      'tail-calls/kept-while-any-user-is-left',
    ],
    countTraces: ['counts/array-is-held-until-it-is-emptied'],
    // Seen in four of ten on 6.18.44, but in none of the first ten at times.
    plays: 200,
    more: 'More is in `tail-calls/` and `observed/prog-array-clearing/`.',
    source:
      'kernel/bpf/syscall.c, `bpf_map_put_uref`; kernel/bpf/arraymap.c, `prog_array_map_clear`. At any release in November 2015. Observed at once on 4.4.11, 4.6.2 and, a moment later at most, on all others. On 6.18.44 a program that was in the array may live for a grace period longer where a program calls through it.',
  },
  refLimit: {
    means:
      'Of a map or a program, open files, pins, programs, slots and filters are counted together. The counts of 4.4 wrap (CVE-2016-4558); 4.6 says EBUSY instead of a 32769th reference, until the counts grew to 64 bits in 5.5. A pin of a map says EINVAL, because it tries whether the map is a program next.',
    values: {
      none: 'as many as one likes',
      '32768': 'so many, and EBUSY for one more',
      '3': 'no kernel’s limit, but one that a search reaches: `--profile linux-4.6 --switch refLimit=3`',
    },
    first: 'none',
    changes: [
      { to: '32768', in: '4.6', origin: commit('92117d8443bc') },
      { to: 'none', in: '5.5', origin: notConfirmed },
    ],
    traces: ['counts/reference-limit-4.6'],
    untold: [
      {
        values: ['none', '32768'],
        why: 'A trace that tells them apart makes more than 32768 references, and this corpus has none of that length: `survey` makes one. What happens at the limit is shown at 3.',
      },
    ],
    source:
      'kernel/bpf/syscall.c, `bpf_map_inc` and `bpf_prog_inc`, BPF_MAX_REFCNT; kernel/bpf/inode.c, `bpf_fd_probe_obj`. Read for 4.6, where a program’s type is asked after it is taken; 40,000 pins of one map were made on 6.18.44.',
  },
  programMaps: {
    means:
      'It is about the program’s reference to the map. In 4.4 the last close of a program defers that by RCU, but a pin that is its last holder drops it before unlink or umount returns. Since 4.8 all of it is deferred.',
    values: {
      later: 'some time after the program',
      'later-after-close':
        'at once if an inode or a filter was the program’s last holder, later otherwise',
    },
    first: 'later-after-close',
    changes: [{ to: 'later', in: '4.8', origin: commit('1aacde3d22c4') }],
    traces: [
      'programs/map-goes-later-than-its-program',
      'programs/map-goes-later-than-the-program-of-a-link',
    ],
    countTraces: ['counts/program-holds-its-map-for-a-while'],
    more: 'The reference itself is shown by `programs/program-keeps-its-map`.',
    untold: [
      {
        values: ['later-after-close', 'later'],
        why: 'What 4.7 answers is allowed by 6.1, which says no more than some time after; and 6.1 does not show that it is later, since there the program of a pin is itself let go after a grace period (`pinPut`).',
      },
    ],
    source:
      'kernel/bpf/syscall.c, `bpf_prog_put` and, in 4.4, `bpf_prog_put_rcu`. Measured on 6.18.44: the map is gone some 16 to 24 milliseconds after the program, however that ended. The value for 4.4 is read, not measured.',
  },
} as const satisfies Partial<AllFacts>;
