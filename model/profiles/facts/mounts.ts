/** Facts about fresh mounts: what an instance is found by, and what it is given. */
import type { AllFacts } from './facts.types.ts';
import { fromMemory, notConfirmed } from './origins.ts';

export const mountFacts = {
  nsKeyReuse: {
    means:
      'In 4.4 that address is the key, and holds no reference: when the namespace is gone and copied mounts keep the instance, a new namespace may get the same address, and its fresh mounts find the instance of a stranger. No profile has it, since no run could count on it.',
    values: {
      impossible: 'it gets another, always',
      adversarial: 'it may, where instances have keys',
    },
    first: 'impossible',
    changes: [],
    traces: ['namespaces/key-of-a-dead-namespace-4.4'],
    implied: [{ switch: 'instance', is: 'per-mount', as: 'impossible' }],
    // Seen in 2 of 100 new namespaces at least.
    plays: 200,
    more: '`verify --profile linux-4.4 --switch nsKeyReuse=adversarial` finds the shortest way.',
    source:
      'kernel/bpf/inode.c, `bpf_mount`, and fs/super.c, `mount_ns`, in 4.4; ended by e27f4a942a0e in 4.7, also in 4.4.y. Observed in 3 of 100 new namespaces on 4.4.11, in 2 of 100 on 4.6.2, in none of 100 on 6.1.192, 6.12.117 and 6.18.44.',
  },
  mountOptions: {
    means:
      'An option that is not looked at is no error, and neither is one that no kernel knows; one that is and makes no sense is EINVAL. A root has the sticky bit in any case. Options of an instance that is found are not looked at.',
    values: {
      none: 'whatever is said, the root has mode 01777',
      mode: '`mode=`, in octal',
      'mode-and-owners': '`uid=` and `gid=` as well',
    },
    first: 'none',
    changes: [
      { to: 'mode', in: '4.12', origin: notConfirmed },
      { to: 'mode-and-owners', in: '6.8', origin: notConfirmed },
    ],
    traces: ['mounts/options-4.4', 'mounts/options-6.1', 'mounts/options-6.18'],
    source:
      'kernel/bpf/inode.c, `bpf_parse_param`, `bpf_fill_super`. Observed on 4.4.11, 4.6.2, 6.1.192, 6.12.117 and 6.18.44 for `mode=0700` and for an unknown option; owners and the ways to be wrong are measured on 6.18.44, and read for the others.',
  },
  detachedType: {
    means:
      'MS_SHARED, MS_SLAVE and MS_PRIVATE of a mount that was detached and is held open; since then, a mount of a namespace over which one has no capability is EPERM, too. Where it is allowed, nothing comes of it: nothing is mounted in what is in no namespace.',
    values: { changes: 'as of every mount', EINVAL: 'EINVAL' },
    first: 'changes',
    changes: [{ to: 'EINVAL', in: 'by 6.1', origin: fromMemory('12f147ddd6de') }],
    traces: ['propagation/not-of-a-detached-mount', 'propagation/of-a-detached-mount-4.7'],
    source:
      'fs/namespace.c, `do_change_type`, `may_change_propagation`; 6.16, and the stable kernels of that summer, 6.1.y and 6.12.y among them. Measured on 6.18.44, read for the others.',
  },
  coveredCopies: {
    means:
      'Since 4.11 a mount that is passed on to where something is mounted already comes to lie under that, and when it is unmounted, what covers it slides back. Before, the copy came to lie beside what was there, which is outside, and a copy that was covered stayed.',
    values: {
      stay: 'it stays, and is not in the way if it is in use',
      slide: 'it goes, and what covers it comes to lie where it was',
    },
    first: 'stay',
    changes: [{ to: 'slide', in: '4.11', origin: fromMemory('1064f874abc0') }],
    traces: ['propagation/covered-copy-slides', 'propagation/covered-copy-stays-4.7'],
    source:
      'fs/pnode.c, `propagate_umount`, `propagate_mount_busy`. Measured on 6.18.44, read for the others.',
  },
  moveAsks: {
    means:
      'What is no mount, or of another kind than the place, is EINVAL; a place that was removed, or is in no namespace, ENOENT.',
    values: { 'target-first': 'after: ENOENT', 'source-first': 'before: EINVAL' },
    first: 'target-first',
    changes: [{ to: 'source-first', in: 'after 6.12', origin: notConfirmed }],
    traces: ['mounts/move-asks-of-the-target-first', 'mounts/move-asks-of-the-source-first'],
    source:
      'fs/namespace.c, `do_move_mount`: `path_mounted`, `lock_mount`. Measured on 6.18.44 by pairs of conditions, read for the others.',
  },
  truncateAsks: {
    means:
      'It tells a user who may not write a file of a read-only mount EROFS or EACCES. A read-only instance is told with the permissions, before them.',
    values: { 'mount-first': 'before: EROFS', 'mount-last': 'after: EACCES' },
    first: 'mount-first',
    changes: [{ to: 'mount-last', in: 'after 6.12', origin: notConfirmed }],
    traces: [
      'permissions/truncate-asks-for-the-mount-first',
      'permissions/truncate-asks-for-the-mount-last',
    ],
    source:
      'fs/open.c, `vfs_truncate`: `mnt_want_write`, `inode_permission`. Measured on 6.18.44, read for the others.',
  },
} as const satisfies Partial<AllFacts>;
