/** Facts about who may. */
import type { AllFacts } from './facts.types.ts';
import { commit, fromMemory, notConfirmed } from './origins.ts';

export const permissionFacts = {
  getAsks: {
    means:
      'Up to 4.14 it has to be writable, and need not be readable; since then it has to be what the flags open it for, which is both without any. Programs are got for both whatever the flags, but the bits are asked for what the flags say.',
    values: { 'to-write': 'that it can be written', 'by-flags': 'what the flags open it for' },
    first: 'to-write',
    changes: [{ to: 'by-flags', in: '4.15', origin: fromMemory('6e71b04a8224') }],
    traces: ['permissions/get-asks-to-write-4.4', 'permissions/get-asks-by-flags'],
    more: 'What is the same everywhere is in `observed/unprivileged/uid-65534-get-mode-0444` and those beside it.',
    source:
      'kernel/bpf/inode.c, `bpf_obj_do_get`. A mode of 0444 observed on six kernels, the others measured on 6.18.44; that 0222 is enough for 4.4 is read.',
  },
  unprivileged: {
    means:
      'Creation is BPF_MAP_CREATE and BPF_PROG_LOAD. BPF_MAP_CREATE looks at its own arguments first as far as they need no descriptor. What the sysctl is when a trace begins is told in docs/world.md. Where it is 0, loading asks for the type: a socket filter, and since there are any a program for cgroups, is for everybody.',
    values: {
      'no-command': 'every command, before anything else',
      'no-creation': 'BPF_MAP_CREATE and BPF_PROG_LOAD, first of all',
      'no-creation-after-checks': 'the same, BPF_MAP_CREATE behind its own arguments',
    },
    first: 'no-command',
    changes: [
      { to: 'no-creation', in: '5.19', origin: fromMemory('c8644cd0efe7') },
      { to: 'no-creation-after-checks', in: '6.5', origin: notConfirmed },
    ],
    traces: [
      'permissions/creation-is-refused-first-6.1',
      'permissions/creation-is-refused-behind-the-shape-6.18',
      'permissions/flags-by-id',
      'permissions/what-nobody-may',
    ],
    more: 'Who has every capability is shown by `permissions/what-root-may`, and more is in `observed/unprivileged/`.',
    source:
      'kernel/bpf/syscall.c, `__sys_bpf`, `map_create`, `bpf_prog_load`. Closed on 6.1.192, 6.12.117 and 6.18.44, open on 4.4.11, 4.6.2 and 6.1.176, as observed; the order measured on 6.18.44, read for the others.',
  },
  umountAsks: {
    means: 'The capability is CAP_SYS_ADMIN, and what is walked along is the path.',
    values: { 'before-walk': 'before', 'after-walk': 'after' },
    first: 'before-walk',
    changes: [{ to: 'after-walk', in: 'after 4.7', origin: notConfirmed }],
    traces: [
      'permissions/umount-asks-before-it-walks-4.4',
      'permissions/umount-asks-after-it-walked-6.18',
    ],
    source:
      'fs/namespace.c, `ksys_umount`, `path_umount`, `can_umount`. Measured on 6.18.44, read for 4.4.',
  },
  freezeAsks: {
    means:
      'It did from the beginning (5.2) to 6.4. Since then it asks for a descriptor that can write. Where there is no such command, it asks for nothing.',
    values: { nothing: 'it does not', capability: 'it does' },
    first: 'nothing',
    changes: [
      { to: 'capability', in: '5.2', origin: fromMemory('87df15de441b') },
      { to: 'nothing', in: '6.5', origin: notConfirmed },
    ],
    traces: [
      'permissions/freezing-takes-a-capability-6.1',
      'permissions/freezing-takes-a-descriptor-6.18',
    ],
    implied: [{ switch: 'freeze', is: 'none', as: 'nothing' }],
    source: 'kernel/bpf/syscall.c, `map_freeze`. Read, and measured on 6.18.44.',
  },
  userNamespaceMount: {
    means:
      'Who has left the initial user namespace may bind, move and unmount in its own mount namespace everywhere. A fresh mount makes an instance, and that it may where the file system says so (FS_USERNS_MOUNT); since 6.9 it says so again, but an instance takes CAP_SYS_ADMIN in the initial user namespace.',
    values: { allowed: 'it may', refused: 'it is told EPERM' },
    first: 'allowed',
    changes: [{ to: 'refused', in: '4.7', origin: commit('612bacad78ba') }],
    traces: ['user-namespaces/mount-inside-4.4', 'user-namespaces/no-mount-inside'],
    source:
      'kernel/bpf/inode.c, `bpf_fs_type`, `bpf_fill_super`. Observed: 4.4.11 and 4.6.2 mounted, 6.1.192, 6.1.176, 6.12.117 and 6.18.44 refused.',
  },
} as const satisfies Partial<AllFacts>;
