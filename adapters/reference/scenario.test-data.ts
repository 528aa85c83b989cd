/** One run of an adapter that answers at once, driven call by call: what tests are written with. */
import { infoOf, receivedOf, statOf } from '../../model/vocabulary/index.ts';
import type {
  Bpf,
  Call,
  Direction,
  Fcntl,
  Fd,
  Info,
  MapType,
  Mknod,
  ObjectId,
  ObjectSight,
  Open,
  Path,
  Pid,
  ProcessSight,
  ProgAttach,
  ProgType,
  Received,
  Recvmsg,
  RenameFlag,
  Sight,
  StatShown,
  UpdateFlag,
} from '../../model/vocabulary/index.ts';
import type { Setup } from '../contract/index.ts';
import type { ReferenceAdapter } from './adapter.ts';

/** The kernels up to 4.7, which have neither ids, links nor cgroups for programs; and those since. */
export const old = ['seed-2015', 'linux-4.4', 'linux-4.6', 'linux-4.7'] as const;
export const recent = ['linux-6.1', 'linux-6.12', 'linux-6.18'] as const;

/** What a call answered, short: its value, or the name of its error. */
export type Result = number | string;

/** The calls of one process. */
export interface Caller {
  readonly call: (call: Call) => Result;
  readonly create: (type?: MapType, maxEntries?: number) => Result;
  readonly update: (fd: Fd, key: number | null, value: number | null, flag?: UpdateFlag) => Result;
  readonly lookup: (fd: Fd, key: number | null) => Result;
  readonly remove: (fd: Fd, key: number | null) => Result;
  readonly nextKey: (fd: Fd, key: number | null) => Result;
  /** A map of maps that are like the one behind `innerFd`. */
  readonly createOuter: (type: MapType, innerFd: Fd, maxEntries?: number) => Result;
  readonly load: (mapFd?: Fd) => Result;
  readonly loadOf: (type: ProgType, mapFd?: Fd) => Result;
  readonly run: (fd: Fd) => Result;
  readonly freeze: (fd: Fd) => Result;
  /** What is told, or the name of the error. */
  readonly info: (fd: Fd) => Info | string;
  readonly mapById: (id: ObjectId) => Result;
  readonly progById: (id: ObjectId) => Result;
  readonly nextMap: (id: ObjectId) => Result;
  readonly nextProg: (id: ObjectId) => Result;
  readonly linkById: (id: ObjectId) => Result;
  readonly nextLink: (id: ObjectId) => Result;
  readonly bpf: (command: number, attr: Bpf['attr'], size: number) => Result;
  readonly pin: (path: Path, fd: Fd) => Result;
  readonly get: (path: Path) => Result;
  readonly close: (fd: Fd) => Result;
  readonly dup: (fd: Fd) => Result;
  readonly dup2: (fd: Fd, to: Fd) => Result;
  readonly dup3: (fd: Fd, to: Fd, flag?: 'none' | 'O_CLOEXEC') => Result;
  readonly fcntl: (fd: Fd, command: Fcntl['command'], argument?: number) => Result;
  readonly open: (path: Path, flag: Open['flag']) => Result;
  readonly pipe: (flag?: 'none' | 'O_CLOEXEC') => Result;
  readonly fork: () => Result;
  readonly clone: () => Result;
  readonly exec: () => Result;
  readonly exit: () => Result;
  readonly kill: (pid: Pid) => Result;
  readonly socketpair: () => Result;
  readonly send: (fd: Fd, ...fds: readonly Fd[]) => Result;
  /** What came, or the name of the error. */
  readonly receive: (fd: Fd, room?: Recvmsg['room'], flag?: Recvmsg['flag']) => Received | string;
  readonly attach: (fd: Fd, progFd: Fd) => Result;
  readonly detachFilter: (fd: Fd) => Result;
  readonly attachTo: (targetFd: Fd, progFd: Fd, flag?: ProgAttach['flag']) => Result;
  readonly detachFrom: (targetFd: Fd, progFd: Fd) => Result;
  readonly link: (progFd: Fd, targetFd: Fd) => Result;
  readonly detachLink: (fd: Fd) => Result;
  readonly addFilter: (direction: Direction, progFd: Fd) => Result;
  readonly replaceFilter: (direction: Direction, progFd: Fd) => Result;
  readonly delFilter: (direction: Direction) => Result;
  readonly delQdisc: () => Result;
  readonly mkdir: (path: Path) => Result;
  readonly rmdir: (path: Path) => Result;
  readonly unlink: (path: Path) => Result;
  /** link(2); `link` is BPF_LINK_CREATE. */
  readonly hardLink: (from: Path, to: Path) => Result;
  readonly rename: (from: Path, to: Path) => Result;
  readonly renameWith: (flag: RenameFlag, from: Path, to: Path) => Result;
  readonly mknod: (path: Path, type: Mknod['type']) => Result;
  readonly symlink: (target: Path, path: Path) => Result;
  /** What is shown, or the name of the error. */
  readonly stat: (path: Path) => StatShown | string;
  readonly mount: (target: Path) => Result;
  readonly bind: (source: Path, target: Path) => Result;
  readonly umount: (target: Path) => Result;
  readonly detach: (target: Path) => Result;
  readonly unshare: () => Result;
}

/** A run: its processes, and what can be seen of it. */
export interface Scenario {
  readonly by: (pid: Pid) => Caller;
  readonly sight: () => Sight;
  /** Lets deferred effects happen; what can be seen then. */
  readonly settle: () => Sight;
  /** How many objects are alive. */
  readonly alive: () => number;
  /** The n-th object that is alive, from 0. */
  readonly object: (index: number) => ObjectSight | undefined;
  readonly process: (pid: Pid) => ProcessSight | undefined;
}

/** Three directories to mount on, two files, and what the tests look at. */
export const plainSetup: Setup = {
  host: ['/a/', '/b/', '/c/', '/f', '/g'],
  watch: ['/a', '/a/m', '/a/m/', '/a/d', '/b', '/b/m', '/c', '/f'],
  descriptors: 8,
};

/** Starts a new run on the adapter. */
export function startScenario(adapter: ReferenceAdapter, setup: Setup = plainSetup): Scenario {
  adapter.reset(setup);
  function sight(): Sight {
    // A call that certainly changes nothing, for the sight after it.
    const nobody = { pid: 0, call: { call: 'fork' } } as const;
    const [answer] = adapter.play([nobody], 'last');
    return answer?.sight ?? { processes: [], objects: [] };
  }
  return {
    by: (pid) =>
      caller((call) => {
        const outcome = adapter.play([{ pid, call }], 'none')[0]?.outcome;
        if (outcome === undefined) return 'no answer';
        return outcome.ok ? outcome.value : outcome.errno;
      }),
    sight,
    settle: () => adapter.settle(),
    alive: () => sight().objects.length,
    object: (index) => sight().objects[index],
    process: (pid) => sight().processes.find((process) => process.pid === pid),
  };
}

function caller(call: (call: Call) => Result): Caller {
  return {
    call,
    create: (type = 'BPF_MAP_TYPE_HASH', maxEntries = 2) =>
      call({ call: 'BPF_MAP_CREATE', type, keySize: 4, valueSize: 4, maxEntries }),
    update: (fd, key, value, flag = 'BPF_ANY') =>
      call({ call: 'BPF_MAP_UPDATE_ELEM', fd, key, value, flag }),
    lookup: (fd, key) => call({ call: 'BPF_MAP_LOOKUP_ELEM', fd, key }),
    remove: (fd, key) => call({ call: 'BPF_MAP_DELETE_ELEM', fd, key }),
    nextKey: (fd, key) => call({ call: 'BPF_MAP_GET_NEXT_KEY', fd, key }),
    createOuter: (type, innerFd, maxEntries = 2) =>
      call({ call: 'BPF_MAP_CREATE', type, keySize: 4, valueSize: 4, maxEntries, innerFd }),
    load: (mapFd) => call({ call: 'BPF_PROG_LOAD', mapFd: mapFd ?? null }),
    loadOf: (type, mapFd) => call({ call: 'BPF_PROG_LOAD', type, mapFd: mapFd ?? null }),
    run: (fd) => call({ call: 'BPF_PROG_TEST_RUN', fd }),
    freeze: (fd) => call({ call: 'BPF_MAP_FREEZE', fd }),
    info(fd) {
      const result = call({ call: 'BPF_OBJ_GET_INFO_BY_FD', fd });
      return typeof result === 'number' ? infoOf(result) : result;
    },
    mapById: (id) => call({ call: 'BPF_MAP_GET_FD_BY_ID', id }),
    progById: (id) => call({ call: 'BPF_PROG_GET_FD_BY_ID', id }),
    nextMap: (id) => call({ call: 'BPF_MAP_GET_NEXT_ID', id }),
    nextProg: (id) => call({ call: 'BPF_PROG_GET_NEXT_ID', id }),
    linkById: (id) => call({ call: 'BPF_LINK_GET_FD_BY_ID', id }),
    nextLink: (id) => call({ call: 'BPF_LINK_GET_NEXT_ID', id }),
    bpf: (command, attr, size) => call({ call: 'bpf', command, attr, size }),
    pin: (path, fd) => call({ call: 'BPF_OBJ_PIN', path, fd }),
    get: (path) => call({ call: 'BPF_OBJ_GET', path }),
    close: (fd) => call({ call: 'close', fd }),
    dup: (fd) => call({ call: 'dup', fd }),
    dup2: (fd, to) => call({ call: 'dup2', fd, to }),
    dup3: (fd, to, flag = 'none') => call({ call: 'dup3', fd, to, flag }),
    fcntl: (fd, command, argument = 0) => call({ call: 'fcntl', fd, command, argument }),
    open: (path, flag) => call({ call: 'open', path, flag }),
    pipe: (flag = 'none') => call({ call: 'pipe2', flag }),
    fork: () => call({ call: 'fork' }),
    clone: () => call({ call: 'clone' }),
    exec: () => call({ call: 'execve' }),
    exit: () => call({ call: 'exit_group' }),
    kill: (pid) => call({ call: 'kill', pid }),
    socketpair: () => call({ call: 'socketpair' }),
    send: (fd, ...fds) => call({ call: 'sendmsg', fd, fds }),
    receive(fd, room = 2, flag = 'none') {
      const result = call({ call: 'recvmsg', fd, room, flag });
      return typeof result === 'number' ? receivedOf(result) : result;
    },
    attach: (fd, progFd) => call({ call: 'SO_ATTACH_BPF', fd, progFd }),
    detachFilter: (fd) => call({ call: 'SO_DETACH_FILTER', fd }),
    attachTo: (targetFd, progFd, flag = 'none') =>
      call({ call: 'BPF_PROG_ATTACH', targetFd, progFd, flag }),
    detachFrom: (targetFd, progFd) => call({ call: 'BPF_PROG_DETACH', targetFd, progFd }),
    link: (progFd, targetFd) => call({ call: 'BPF_LINK_CREATE', progFd, targetFd }),
    detachLink: (fd) => call({ call: 'BPF_LINK_DETACH', fd }),
    addFilter: (direction, progFd) =>
      call({ call: 'RTM_NEWTFILTER', direction, progFd, flag: 'NLM_F_EXCL' }),
    replaceFilter: (direction, progFd) =>
      call({ call: 'RTM_NEWTFILTER', direction, progFd, flag: 'NLM_F_REPLACE' }),
    delFilter: (direction) => call({ call: 'RTM_DELTFILTER', direction }),
    delQdisc: () => call({ call: 'RTM_DELQDISC' }),
    mkdir: (path) => call({ call: 'mkdir', path }),
    rmdir: (path) => call({ call: 'rmdir', path }),
    unlink: (path) => call({ call: 'unlink', path }),
    hardLink: (from, to) => call({ call: 'link', from, to }),
    rename: (from, to) => call({ call: 'rename', from, to }),
    renameWith: (flag, from, to) => call({ call: 'renameat2', from, to, flag }),
    mknod: (path, type) => call({ call: 'mknod', path, type }),
    symlink: (target, path) => call({ call: 'symlink', target, path }),
    stat(path) {
      const result = call({ call: 'stat', path });
      return typeof result === 'number' ? statOf(result) : result;
    },
    mount: (target) => call({ call: 'mount', target }),
    bind: (source, target) => call({ call: 'bind', source, target }),
    umount: (target) => call({ call: 'umount2', target, flag: 'none' }),
    detach: (target) => call({ call: 'umount2', target, flag: 'MNT_DETACH' }),
    unshare: () => call({ call: 'unshare' }),
  };
}
