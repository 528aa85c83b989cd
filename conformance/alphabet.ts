import { isDeclared, type Declared } from './declared.ts';
import type { Call, Path, Pid, Step } from '../model/vocabulary/index.ts';
import { wrongDescriptors } from './odd-descriptors.ts';
import { hostDirectories } from './path-choice.ts';
import type { Prospects } from './prospects.ts';
import { runningTails, sendingOver } from './small-worlds.ts';

/** The steps that a small world is explored with, as a function of what a run has made so far. */
export interface Alphabet {
  /** Steps that are worth trying because they may succeed. */
  readonly usual: readonly Step[];
  /** Steps with arguments that are wrong in one way or another. */
  readonly odd: readonly Step[];
}

/** Processes and descriptors of each that the small world uses at most. */
const mostProcesses = 2;
const mostDescriptors = 2;

/** All steps over two mount points with a name each, and the objects that are open. */
export function alphabetOf(
  prospects: Prospects,
  host: readonly string[],
  declared: Declared,
): Alphabet {
  const running = prospects.running();
  const [first = '/', second = first] = hostDirectories(host);
  const file = host.find((path) => !path.endsWith('/'));
  const perProcess = running.map((pid) => {
    const open = prospects.open(pid);
    return {
      usual: [
        ...making(pid, prospects),
        ...holding(prospects, pid, [first, second]),
        ...runningTails(prospects, pid),
        ...sendingOver(prospects, pid),
        ...naming(first, second),
        ...mounting(first, second, file),
      ],
      odd: [
        ...wrongDescriptors(open, first),
        ...oddPaths(first, file).flatMap(pointingTo),
        ...nowhere(file),
      ],
      pid,
    };
  });
  const stepsOf = (pid: Pid, calls: readonly Call[]): readonly Step[] =>
    calls.filter((call) => isDeclared(call, declared)).map((call) => ({ pid, call }));
  return {
    usual: perProcess.flatMap(({ pid, usual }) => stepsOf(pid, usual)),
    odd: perProcess.flatMap(({ pid, odd }) => stepsOf(pid, odd)),
  };
}

function making(pid: Pid, prospects: Prospects): readonly Call[] {
  const running = prospects.running();
  const open = prospects.open(pid).length;
  const others = running.filter((other) => other !== pid);
  const isAlone = running.length < mostProcesses;
  return [
    ...(open < mostDescriptors ? [hashMap, { call: 'BPF_PROG_LOAD', mapFd: null } as const] : []),
    ...(isAlone ? [{ call: 'fork' } as const] : []),
    // Without a descriptor there is nothing to share, and nothing to keep from the next program.
    ...(isAlone && open > 0 ? [{ call: 'clone' } as const] : []),
    ...(open > 0 ? [{ call: 'execve' } as const] : []),
    ...others.map((other): Call => ({ call: 'kill', pid: other })),
    { call: 'exit_group' },
    { call: 'unshare' },
  ];
}

const hashMap: Call = {
  call: 'BPF_MAP_CREATE',
  type: 'BPF_MAP_TYPE_HASH',
  keySize: 4,
  valueSize: 4,
  maxEntries: 1,
};

function holding(prospects: Prospects, pid: Pid, directories: readonly string[]): readonly Call[] {
  const open = prospects.open(pid);
  const [eldest] = open;
  return open.flatMap((fd): readonly Call[] => {
    if (prospects.thing(pid, fd) === 'socket') return [{ call: 'close', fd }];
    return [
      { call: 'close', fd },
      ...directories.map((at): Call => ({ call: 'BPF_OBJ_PIN', path: `${at}/x`, fd })),
      { call: 'BPF_MAP_UPDATE_ELEM', fd, key: 0, value: 1, flag: 'BPF_ANY' },
      { call: 'BPF_MAP_LOOKUP_ELEM', fd, key: 0 },
      ...(open.length < mostDescriptors
        ? ([
            { call: 'BPF_PROG_LOAD', mapFd: fd },
            { call: 'dup', fd },
          ] as const)
        : []),
      ...(eldest === undefined || eldest === fd ? [] : [{ call: 'dup2', fd, to: eldest } as const]),
    ];
  });
}

function naming(first: string, second: string): readonly Call[] {
  return [
    { call: 'BPF_OBJ_GET', path: `${first}/x` },
    { call: 'BPF_OBJ_GET', path: `${second}/x` },
    { call: 'mkdir', path: `${first}/d` },
    { call: 'mkdir', path: `${second}/d` },
    { call: 'rmdir', path: `${first}/d` },
    { call: 'unlink', path: `${first}/x` },
    { call: 'unlink', path: `${second}/x` },
  ];
}

function mounting(first: string, second: string, file: string | undefined): readonly Call[] {
  return [
    { call: 'mount', target: first },
    { call: 'mount', target: second },
    { call: 'mount', target: `${first}/d` },
    { call: 'bind', source: first, target: second },
    { call: 'bind', source: `${first}/d`, target: second },
    ...(file === undefined ? [] : [{ call: 'bind', source: `${first}/x`, target: file } as const]),
    { call: 'umount2', target: first, flag: 'none' },
    { call: 'umount2', target: second, flag: 'none' },
    { call: 'umount2', target: first, flag: 'MNT_DETACH' },
  ];
}

function oddPaths(first: string, file = '/file'): readonly Path[] {
  return [
    null,
    '',
    '/',
    file,
    first,
    `${file}/x`,
    `${first}/missing`,
    `${first}/missing/x`,
    `${first}/x/`,
    `${first}/x/y`,
    `${first}/d/`,
    `${first}/d/.`,
    `${first}/d/..`,
    `${first}/a.b`,
    `${first}/a.b/x`,
    `${first}/${'n'.repeat(255)}`,
    `${first}/${'n'.repeat(256)}`,
    `/${'long/'.repeat(820)}x`,
  ];
}

function pointingTo(path: Path): readonly Call[] {
  return [
    { call: 'BPF_OBJ_PIN', path, fd: 3 },
    { call: 'BPF_OBJ_GET', path },
    { call: 'mkdir', path },
    { call: 'rmdir', path },
    { call: 'unlink', path },
    { call: 'mount', target: path },
    { call: 'bind', source: path, target: '/' },
    { call: 'umount2', target: path, flag: 'none' },
  ];
}

/** Paths that lead to nothing that can be opened, in the host's tree. */
function nowhere(file = '/file'): readonly Call[] {
  return [null, '', '/missing', `${file}/x`, file].map((path) => {
    return { call: 'open', path, flag: 'O_DIRECTORY' };
  });
}
