/** One run of an adapter that answers at once, driven call by call: what tests are written with. */
import type {
  Call,
  Fd,
  MapType,
  ObjectSight,
  Path,
  Pid,
  ProcessSight,
  Sight,
  UpdateFlag,
} from '../../model/vocabulary/index.ts';
import type { Setup } from '../contract/index.ts';
import type { ReferenceAdapter } from './adapter.ts';

/** What a call answered, short: its value, or the name of its error. */
export type Result = number | string;

/** The calls of one process. */
export interface Caller {
  readonly call: (call: Call) => Result;
  readonly create: (type?: MapType, maxEntries?: number) => Result;
  readonly update: (fd: Fd, key: number, value: number, flag?: UpdateFlag) => Result;
  readonly lookup: (fd: Fd, key: number) => Result;
  readonly load: (mapFd?: Fd) => Result;
  readonly pin: (path: Path, fd: Fd) => Result;
  readonly get: (path: Path) => Result;
  readonly close: (fd: Fd) => Result;
  readonly dup: (fd: Fd) => Result;
  readonly fork: () => Result;
  readonly exit: () => Result;
  readonly kill: (pid: Pid) => Result;
  readonly mkdir: (path: Path) => Result;
  readonly rmdir: (path: Path) => Result;
  readonly unlink: (path: Path) => Result;
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
    load: (mapFd) => call({ call: 'BPF_PROG_LOAD', mapFd: mapFd ?? null }),
    pin: (path, fd) => call({ call: 'BPF_OBJ_PIN', path, fd }),
    get: (path) => call({ call: 'BPF_OBJ_GET', path }),
    close: (fd) => call({ call: 'close', fd }),
    dup: (fd) => call({ call: 'dup', fd }),
    fork: () => call({ call: 'fork' }),
    exit: () => call({ call: 'exit_group' }),
    kill: (pid) => call({ call: 'kill', pid }),
    mkdir: (path) => call({ call: 'mkdir', path }),
    rmdir: (path) => call({ call: 'rmdir', path }),
    unlink: (path) => call({ call: 'unlink', path }),
    mount: (target) => call({ call: 'mount', target }),
    bind: (source, target) => call({ call: 'bind', source, target }),
    umount: (target) => call({ call: 'umount2', target, flag: 'none' }),
    detach: (target) => call({ call: 'umount2', target, flag: 'MNT_DETACH' }),
    unshare: () => call({ call: 'unshare' }),
  };
}
