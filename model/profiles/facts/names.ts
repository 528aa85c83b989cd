/** Facts about names in a bpffs, and about mounts. */
import type { AllFacts } from './facts.types.ts';
import { commit, notConfirmed } from './origins.ts';

/** What is told of the operations on names alike. */
const order =
  'All of it is asked behind the checks that every file system shares, so that a name that is taken, or another mount, is told first.';
const operations =
  'fs/namei.c, `do_renameat2`, `vfs_rename`, `do_linkat`, `vfs_link`; fs/libfs.c, `simple_rename`, `simple_link`; kernel/bpf/inode.c. Observed on 4.4.11, 4.6.2, 6.1.192, 6.12.117 and 6.18.44; the order of the errors measured on 6.18.44 by pairs of conditions, read for the others.';

export const nameFacts = {
  dotCheck: {
    means: 'The answer is EPERM.',
    values: {
      'at-create-last': 'last of all checks, and by calls that create only',
      'at-lookup': 'wherever a lookup misses, whoever asks',
    },
    first: 'at-create-last',
    changes: [{ to: 'at-lookup', in: 'after 4.6', origin: notConfirmed }],
    traces: ['names/dotted-name-4.4', 'names/dotted-name-6.18'],
    source:
      'kernel/bpf/inode.c, `bpf_dname_reserved` in 4.4, `bpf_lookup` today (read in 4.14). Observed at creation on 4.4.11 and 4.6.2, at lookup on 6.1.192, 6.12.117 and 6.18.44.',
  },
  bareDirectories: {
    means:
      'It is about directories whose permission bits are all 0, the sticky bit included. Letting dotted names pass is how a bpffs gets its own `maps.debug` into a root that has no mode yet. Only root comes that far. What was made so is found later whatever the mode is then.',
    values: { 'as-others': 'it does not', 'dotted-names': 'the lookup lets them pass' },
    first: 'as-others',
    changes: [{ to: 'dotted-names', in: 'after 4.7', origin: notConfirmed }],
    traces: ['permissions/bare-directories-take-dots'],
    implied: [{ switch: 'dotCheck', is: 'at-create-last', as: 'as-others' }],
    source: 'kernel/bpf/inode.c, `bpf_lookup`. Measured on 6.18.44; read for 6.1 and 6.12.',
  },
  nameOps: {
    means: order,
    values: { none: 'both are EPERM', 'built-in': 'it has' },
    first: 'none',
    changes: [{ to: 'built-in', in: '4.5', origin: commit('bb35a6ef7da4') }],
    traces: [
      'names/link-and-rename-4.4',
      'renames/pin-gets-another-name',
      'names/hard-link-keeps-the-map-alive',
    ],
    more: 'More is in `names/` and `renames/`.',
    source: operations,
  },
  renameFlags: {
    means: `The flags are RENAME_NOREPLACE and, since 5.16, RENAME_EXCHANGE: no profile is between the two. ${order}`,
    values: { none: 'any is EINVAL, where there is rename(2)', 'built-in': 'it has' },
    first: 'none',
    changes: [{ to: 'built-in', in: '4.9', origin: notConfirmed }],
    traces: ['renames/flags-4.6', 'renames/without-replacing', 'renames/two-pins-change-places'],
    implied: [{ switch: 'nameOps', is: 'none', as: 'none' }],
    more: 'More is in `renames/`.',
    source: operations,
  },
  symlinks: {
    means: `Up to 4.10 there is none. ${order}`,
    values: { none: 'it is EPERM', 'built-in': 'it has' },
    first: 'none',
    changes: [{ to: 'built-in', in: '4.11', origin: commit('0f98621bef5d') }],
    traces: ['symlinks/unknown-4.6', 'symlinks/dangling', 'symlinks/directory-by-another-name'],
    more: 'More is in `symlinks/`.',
    source: operations,
  },
  pinOpen: {
    means:
      'It says so whatever the pin is opened for, once the walk and the checks that go with its flags are over: a directory is asked for with O_DIRECTORY (ENOTDIR), and one is no file to be written (EISDIR). As a mere place (O_PATH) a pin can be opened on all kernels. A map whose BTF tells its types can be read as text on newer ones; no map of this specification has any.',
    values: { ENXIO: 'that there is no such device', EIO: 'that input and output fail' },
    first: 'ENXIO',
    changes: [{ to: 'EIO', in: '4.19', origin: notConfirmed }],
    traces: [
      'observed/fs-operations/open-pin-map-o-rdonly',
      'open/a-file-is-made-4.4',
      'open/a-file-is-made',
    ],
    more: 'More is beside `observed/fs-operations/open-pin-map-o-rdonly`.',
    source: 'fs/inode.c, `no_open`; kernel/bpf/inode.c, `bpffs_obj_open`. Observed on six kernels.',
  },
  exclusive: {
    means:
      'It is about O_CREAT and O_EXCL, and a directory that its path does not end in the name of: the root, or what `.` or `..` leads to. Up to Linux 5.6 only what is found by its name is EEXIST, and these are EISDIR, as they are without O_EXCL.',
    values: {
      names: 'only what is found by its name (EEXIST)',
      anything: 'whatever is there (EEXIST)',
    },
    first: 'names',
    changes: [{ to: 'anything', in: '5.7', origin: notConfirmed }],
    traces: [
      'open/the-root-is-made-anew-4.4',
      'open/the-root-is-made-anew-6.18',
      'open/a-file-is-made-4.4',
      'open/a-file-is-made',
    ],
    source:
      'fs/namei.c, `do_last` in 4.4, which goes on to `finish_open`, and `do_open` today. Measured on 6.18.44; the value for 4.4 is read, not measured.',
  },
  bindRemoved: {
    means:
      'It is about a pin or directory that has lost its name, but is still the root of a bind mount.',
    values: { allowed: 'it can', ENOENT: 'it cannot' },
    first: 'allowed',
    changes: [{ to: 'ENOENT', in: '4.11', origin: commit('1064f874abc0') }],
    traces: ['bind/removed-pin-is-bound-again-4.4', 'bind/removed-pin-is-bound-again-6.18'],
    more: '`bind/unlinked-pin-kept-by-bind` shows such a mount.',
    source:
      'fs/namespace.c, `attach_recursive_mnt`, which makes a mount point of the new root (`get_mountpoint`) before it attaches. Measured on 6.18.44, read for 4.4.',
  },
  detachedTarget: {
    means:
      'Such a mount is the working directory of who was in it when it was detached (MNT_DETACH).',
    values: {
      EINVAL: 'that the mount is not one of the caller’s namespace',
      ENOENT: 'that there is nothing to mount on',
    },
    first: 'EINVAL',
    changes: [{ to: 'ENOENT', in: 'after 6.12', origin: notConfirmed }],
    traces: ['places/detached-mount-goes-on'],
    source:
      'fs/namespace.c, `do_lock_mount`, which asks whether the mount is attached anywhere, and `check_mnt` behind it. Measured on 6.18.44, read for the others.',
  },
  umountSlash: {
    means:
      'It is about `umount2("/file/", 0)`, where a pin is mounted on a regular file: that is ENOTDIR, or does its work.',
    values: { ignored: 'it does its work', checked: 'it is ENOTDIR' },
    first: 'ignored',
    changes: [{ to: 'checked', in: '5.7', origin: commit('161aff1d93ab') }],
    traces: ['bind/umount-with-a-slash-4.4', 'bind/umount-with-a-slash-6.18'],
    source:
      'fs/namei.c, `path_mountpoint` in 4.4, `path_lookupat` since umount uses the ordinary walk. Measured on 6.18.44, read for 4.4.',
  },
} as const satisfies Partial<AllFacts>;
