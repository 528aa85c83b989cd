/** Calls about mounts and namespaces, from what strace prints. */
import type { Call, SetPropagation, Umount } from '../model/vocabulary/index.ts';
import type { NamedForm, Reading } from './form.ts';
import { descriptor, one, two } from './form.ts';
import { readFlags } from './read-flags.ts';
import { namespaceIn } from './namespace-path.ts';
import type { Flaws } from './read-value.ts';
import {
  fixedNull,
  fixedString,
  isNull,
  note,
  readFixed,
  readName,
  readPath,
} from './read-value.ts';
import type { Value } from './syntax.types.ts';

const umountSets = [
  ...(['0', 'MNT_FORCE', 'MNT_DETACH', 'UMOUNT_NOFOLLOW'] as const),
  ...(['MNT_EXPIRE', 'MNT_DETACH|MNT_EXPIRE'] as const),
] as const;
const umountFlags = {
  what: 'the flags of umount2',
  sets: umountSets,
  bits: { MNT_FORCE: 1, MNT_DETACH: 2, MNT_EXPIRE: 4, UMOUNT_NOFOLLOW: 8 },
  ignored: [],
} as const;
const namespaceFlag = { what: 'the flag of setns', names: { CLONE_NEWNS: 0x20000 } } as const;
const unshareFlags = {
  what: 'the flags of unshare',
  sets: ['CLONE_NEWNS', 'CLONE_NEWUSER|CLONE_NEWNS'],
  bits: { CLONE_NEWNS: 0x20000, CLONE_NEWUSER: 0x10000000 },
  ignored: [],
} as const;

const bits = {
  MS_RDONLY: 1,
  MS_REMOUNT: 32,
  MS_BIND: 4096,
  MS_MOVE: 8192,
  MS_REC: 16384,
  MS_PRIVATE: 2 ** 18,
  MS_SLAVE: 2 ** 19,
  MS_SHARED: 2 ** 20,
} as const;

/** What mount(2) is asked to do, by its flags. */
const mountSets = [
  ...(['0', 'MS_RDONLY', 'MS_BIND', 'MS_BIND|MS_REC', 'MS_MOVE'] as const),
  ...(['MS_REMOUNT', 'MS_RDONLY|MS_REMOUNT'] as const),
  ...(['MS_SHARED', 'MS_SLAVE', 'MS_PRIVATE'] as const),
  ...(['MS_REC|MS_SHARED', 'MS_REC|MS_SLAVE', 'MS_REC|MS_PRIVATE'] as const),
  ...(['MS_REMOUNT|MS_BIND', 'MS_RDONLY|MS_REMOUNT|MS_BIND'] as const),
] as const;
const mountFlags = { what: 'the flags of mount', sets: mountSets, bits, ignored: [] } as const;

const freshSource = fixedString('the source of a fresh mount', 'bpf');
const freshType = fixedString('the type of a fresh mount', 'bpf');
const noType = fixedNull('the type of what is mounted already');
const noData = fixedNull('the data of such a mount');
const noSource = fixedNull('the source of a mount that is changed');

const usage =
  'mount("bpf", "TARGET", "bpf", 0 or MS_RDONLY, NULL or "OPTIONS"), mount("SOURCE", "TARGET", NULL, MS_BIND, NULL), one with MS_BIND|MS_REC or MS_MOVE, or mount(NULL, "TARGET", NULL, FLAGS, NULL) with MS_REMOUNT|..., or with MS_SHARED, MS_SLAVE or MS_PRIVATE';

export const mountForms: readonly NamedForm[] = [
  ['mount', { usage, counts: [5], read: readMount }],
  [
    'umount2',
    two('umount2("TARGET", 0) or umount2("TARGET", MNT_DETACH)', (path, flags, flaws): Umount => {
      const target = readPath(path, flaws);
      const flag = readFlags(flags, umountFlags, flaws) ?? '0';
      return { call: 'umount2', target, flag: flag === '0' ? 'none' : flag };
    }),
  ],
  [
    'setns',
    two('setns(FD, CLONE_NEWNS)', (fd, flags, flaws) => {
      const opened = descriptor(fd, flaws);
      readName(flags, namespaceFlag, flaws);
      return { call: 'setns', fd: opened };
    }),
  ],
  [
    'unshare',
    one('unshare(CLONE_NEWNS) or unshare(CLONE_NEWUSER|CLONE_NEWNS)', (flags, flaws) => {
      const set = readFlags(flags, unshareFlags, flaws);
      return { call: set === 'CLONE_NEWUSER|CLONE_NEWNS' ? 'unshare-user' : 'unshare' };
    }),
  ],
];

function readMount(args: readonly Value[], _end: number, flaws: Flaws): Reading | null {
  const [source, target, type, flags, data] = args;
  if (!source || !target || !type || !flags || !data) return null;
  const set = readFlags(flags, mountFlags, flaws);
  if (set === undefined) return null;
  if (set === '0' || set === 'MS_RDONLY') {
    readFixed(source, freshSource, flaws);
    readFixed(type, freshType, flaws);
    const flag = set === '0' ? {} : { flag: set };
    return {
      call: { call: 'mount', target: readPath(target, flaws), ...flag, ...optionsOf(data, flaws) },
    };
  }
  readFixed(type, noType, flaws);
  readFixed(data, noData, flaws);
  return { call: ofMounted(set, source, target, flaws) };
}

/** What a mount is to pass on, and to whom. */
function propagation(
  type: SetPropagation['type'],
  source: Value,
  target: Value,
  flaws: Flaws,
): SetPropagation {
  readFixed(source, noSource, flaws);
  return { call: 'set-propagation', target: readPath(target, flaws), type };
}

function ofMounted(
  set: Exclude<(typeof mountSets)[number], '0' | 'MS_RDONLY'>,
  source: Value,
  target: Value,
  flaws: Flaws,
): Call {
  switch (set) {
    case 'MS_BIND': {
      const from = readPath(source, flaws);
      const pid = namespaceIn(from);
      const at = readPath(target, flaws);
      return pid === null
        ? { call: 'bind', source: from, target: at }
        : { call: 'bind-namespace', pid, target: at };
    }
    case 'MS_BIND|MS_REC': {
      const from = readPath(source, flaws);
      return { call: 'bind', source: from, target: readPath(target, flaws), flag: 'MS_REC' };
    }
    case 'MS_MOVE':
      return { call: 'move', source: readPath(source, flaws), target: readPath(target, flaws) };
    case 'MS_SHARED':
    case 'MS_SLAVE':
    case 'MS_PRIVATE':
      return propagation(set, source, target, flaws);
    case 'MS_REC|MS_SHARED':
      return { ...propagation('MS_SHARED', source, target, flaws), flag: 'MS_REC' };
    case 'MS_REC|MS_SLAVE':
      return { ...propagation('MS_SLAVE', source, target, flaws), flag: 'MS_REC' };
    case 'MS_REC|MS_PRIVATE':
      return { ...propagation('MS_PRIVATE', source, target, flaws), flag: 'MS_REC' };
    case 'MS_REMOUNT':
    case 'MS_RDONLY|MS_REMOUNT':
    case 'MS_REMOUNT|MS_BIND':
    case 'MS_RDONLY|MS_REMOUNT|MS_BIND': {
      readFixed(source, noSource, flaws);
      return {
        call: 'remount',
        target: readPath(target, flaws),
        what: set.endsWith('MS_BIND') ? 'MS_BIND' : 'instance',
        flag: set.startsWith('MS_RDONLY') ? 'MS_RDONLY' : 'none',
      };
    }
  }
}

/** The options, as they are written; an empty string is none. */
function optionsOf(data: Value, flaws: Flaws): { readonly data?: string } {
  if (isNull(data)) return {};
  if (data.kind === 'string') {
    return data.value === '' ? {} : { data: data.value };
  }
  note(flaws, data.column, 'the options of a mount, a string or NULL, were expected');
  return {};
}
