import type {
  Call,
  Fd,
  Open,
  Outcome,
  Path,
  Pid,
  Rename,
  Renameat2,
  Step,
} from '../model/vocabulary/index.ts';
import { createsObject, makesMapOfObjects, resultKind } from './call-facts.ts';
import { createDescriptorTables } from './descriptor-tables.ts';
import type { OpenDescriptor } from './descriptor-tables.ts';
import { isInCgroups } from './host-cgroups.ts';
import { createNamespaceProspects } from './namespace-prospects.ts';
import { plainOf } from './raw-calls.ts';

/**
 * What is open at a descriptor. Programs and callers are socket filters; a caller calls the program
 * in slot 0 of an array.
 */
export type Thing =
  | 'map'
  | 'program-array'
  | 'map-of-maps'
  | 'program'
  | 'caller'
  | 'classifier'
  | 'cgroup-program'
  | 'link'
  | 'cgroup'
  | 'socket'
  | 'place'
  | 'open-pin'
  | 'namespace'
  | 'plain';

/** A program on a cgroup. */
export interface Hook {
  readonly targetFd: Fd;
  readonly progFd: Fd;
}

export interface Written {
  readonly fd: Fd;
  readonly key: number;
}

/**
 * What a run has made so far, as far as the calls' own answers tell: the things worth naming in the
 * next call. It is a hint for generation and no judge of anything.
 */
export interface Prospects {
  note(step: Step, outcome: Outcome): void;
  running(): readonly Pid[];
  /** Those of them that have not given up what root may. */
  capable(): readonly Pid[];
  /** Open descriptors of a process, in the order in which they were opened; of some things only. */
  open(pid: Pid, things?: ReadonlySet<Thing>): readonly Fd[];
  /** What is open at a descriptor, or null if nothing is. */
  thing(pid: Pid, fd: Fd): Thing | null;
  /** Where a process is, as it was told; "/" if nobody told it, or nobody knows. */
  cwd(pid: Pid): string;
  /** Descriptors of sockets at which a message waits, and of those that have a filter. */
  readable(pid: Pid): readonly Fd[];
  filtered(pid: Pid): readonly Fd[];
  /** Whether a program was attached to a cgroup, and whether there is a filter on the device. */
  hooked(): boolean;
  /** The attachment that a process made last, or null if its descriptors are closed. */
  hook(pid: Pid): Hook | null;
  classifying(): boolean;
  /** The map and the key that a process wrote last, or null if that is closed. */
  written(pid: Pid): Written | null;
  /** How many objects the run has made, and which of these are links. */
  made(): number;
  linksMade(): readonly number[];
  /** Paths at which something was mounted or bound and not unmounted since. */
  mounted(): readonly string[];
  /** Where a mount was marked to expire last (MNT_EXPIRE), or null if umount2 took anything away since. */
  marked(): Path;
  /** Processes whose namespaces began after that of a process, and paths at which files of some are mounted. */
  younger(pid: Pid): readonly Pid[];
  shown(): readonly string[];
  /** Paths at which a directory was made and not removed since. */
  directories(): readonly string[];
  /** Paths at which an object was pinned and not unlinked since. */
  pins(): readonly string[];
}

/** For good: it is another user now, or out of the initial user namespace. */
const losesCapabilities = (call: Call): boolean =>
  (call.call === 'setresuid' && call.uid !== 0) || call.call === 'unshare-user';

export function createProspects(): Prospects {
  let running: Pid[] = [1];
  const tables = createDescriptorTables<Thing>();
  const pinned = new Map<string, Thing>();
  const cwds = new Map<Pid, string>();
  const filters = new Set<number>();
  const written = new Map<Pid, Written>();
  const unprivileged = new Set<Pid>();
  let objects = 0;
  const links: number[] = [];
  const hooks = new Map<Pid, Hook>();
  let classifying = false;
  let mounted: string[] = [];
  let marked: Path = null;
  const spaces = createNamespaceProspects();
  let directories: string[] = [];
  let pins: string[] = [];

  const thing = (pid: Pid, fd: Fd): Thing | null => tables.open(pid).get(fd)?.kept ?? null;
  const socketAt = (pid: Pid, fd: Fd): number => tables.open(pid).get(fd)?.socket ?? 0;
  const ended = (pid: Pid): void => {
    running = running.filter((other) => other !== pid);
  };

  function made(pid: Pid, call: Call): Thing {
    if (call.call === 'BPF_MAP_CREATE') {
      if (!makesMapOfObjects(call)) return 'map';
      return call.type === 'BPF_MAP_TYPE_PROG_ARRAY' ? 'program-array' : 'map-of-maps';
    }
    if (call.call === 'BPF_PROG_LOAD') {
      if (call.type === 'BPF_PROG_TYPE_SCHED_CLS') return 'classifier';
      if (call.type === 'BPF_PROG_TYPE_CGROUP_SKB') return 'cgroup-program';
      const uses = call.mapFd === null ? null : thing(pid, call.mapFd);
      return uses === 'program-array' ? 'caller' : 'program';
    }
    if (call.call === 'BPF_PROG_GET_FD_BY_ID') return 'program';
    if (call.call === 'BPF_MAP_GET_FD_BY_ID') return 'map';
    if (call.call === 'BPF_LINK_CREATE' || call.call === 'BPF_LINK_GET_FD_BY_ID') return 'link';
    if (call.call === 'open') return spaces.shows(call) ? 'namespace' : opened(call, pins);
    if (call.call === 'open-namespace') return 'namespace';
    if (call.call === 'BPF_OBJ_GET') return pinned.get(call.path ?? '') ?? 'map';
    return call.call === 'socketpair' ? 'socket' : 'plain';
  }

  function notePaths(pid: Pid, call: Call): void {
    if (call.call === 'mkdir') directories = added(directories, call.path);
    else if (call.call === 'rmdir') directories = removed(directories, call.path);
    else if (call.call === 'unlink') pins = removed(pins, call.path);
    else if (call.call === 'link') addPin(call.to, pinned.get(call.from ?? '') ?? 'map');
    else if (call.call === 'rename' || call.call === 'renameat2') moveName(call);
    else if (call.call === 'symlink') addPin(call.path, pinned.get(call.target ?? '') ?? 'map');
    else if (call.call === 'mount' || call.call === 'bind') mounted = added(mounted, call.target);
    else if (call.call === 'move') mounted = added(removed(mounted, call.source), call.target);
    else if (call.call === 'umount2') mounted = removed(mounted, call.target);
    else if (call.call === 'BPF_OBJ_PIN') addPin(call.path, thing(pid, call.fd) ?? 'map');
  }

  function addPin(path: Path, what: Thing): void {
    pins = added(pins, path);
    if (path !== null) pinned.set(path, what);
  }

  /** What two names exchanged still leads somewhere; of directories only their own names move. */
  function moveName(call: Rename | Renameat2): void {
    const { from, to } = call;
    const isDirectory = directories.includes(from ?? '');
    const isExchange = call.call === 'renameat2' && call.flag === 'RENAME_EXCHANGE';
    if (isExchange) addPin(to, pinned.get(from ?? '') ?? 'map');
    else if (isDirectory) directories = added(removed(directories, from), to);
    else {
      addPin(to, pinned.get(from ?? '') ?? 'map');
      pins = removed(pins, from);
    }
  }

  return {
    note(step, outcome) {
      if (step.call.call === 'umount2' && (outcome.ok || outcome.errno === 'EAGAIN')) {
        marked = outcome.ok ? null : step.call.target;
      }
      if (!outcome.ok) return;
      const { pid } = step;
      const call = plainOf(step.call);
      notePaths(pid, call);
      spaces.note(pid, call, outcome.value);
      if (createsObject(call)) objects++;
      if (call.call === 'BPF_LINK_CREATE') links.push(objects);
      if (call.call === 'chdir' && call.path?.startsWith('/') === true) cwds.set(pid, call.path);
      if (resultKind(call) === 'process') {
        running.push(outcome.value);
        cwds.set(outcome.value, cwds.get(pid) ?? '/');
        if (unprivileged.has(pid)) unprivileged.add(outcome.value);
      } else if (losesCapabilities(call)) unprivileged.add(pid);
      else if (call.call === 'exit_group') ended(pid);
      else if (call.call === 'kill') ended(call.pid);
      else if (call.call === 'BPF_MAP_UPDATE_ELEM' && call.key !== null) {
        written.set(pid, { fd: call.fd, key: call.key });
      } else if (call.call === 'BPF_PROG_ATTACH') hooks.set(pid, call);
      else if (call.call === 'RTM_NEWTFILTER') classifying = true;
      else if (call.call === 'SO_ATTACH_BPF') filters.add(socketAt(pid, call.fd));
      else if (call.call === 'SO_DETACH_FILTER') filters.delete(socketAt(pid, call.fd));
      tables.note(step, outcome.value, (_, __, copied) => copied ?? made(pid, call));
    },
    running: () => running,
    capable: () => running.filter((pid) => !unprivileged.has(pid)),
    open(pid, things) {
      const open = tables.open(pid);
      if (things === undefined) return [...open.keys()];
      return [...open].flatMap(([fd, { kept }]) => (things.has(kept) ? [fd] : []));
    },
    thing,
    cwd: (pid) => cwds.get(pid) ?? '/',
    readable: (pid) => withSocket(tables.open(pid), (socket) => tables.unread(socket) > 0),
    filtered: (pid) => withSocket(tables.open(pid), (socket) => filters.has(socket)),
    hooked: () => hooks.size > 0,
    hook(pid) {
      const last = hooks.get(pid);
      const open = tables.open(pid);
      return last !== undefined && open.has(last.targetFd) && open.has(last.progFd) ? last : null;
    },
    classifying: () => classifying,
    written(pid) {
      const last = written.get(pid);
      return last !== undefined && tables.open(pid).has(last.fd) ? last : null;
    },
    made: () => objects,
    linksMade: () => links,
    mounted: () => mounted,
    marked: () => marked,
    younger: (pid) => spaces.younger(pid, running),
    shown: spaces.shown,
    directories: () => directories,
    pins: () => pins,
  };
}

function opened({ path, flag }: Open, pins: readonly string[]): Thing {
  if (isInCgroups(path)) return 'cgroup';
  if (path !== null && flag === 'O_PATH' && pins.includes(path)) return 'open-pin';
  return flag === 'O_DIRECTORY' || flag === 'O_PATH' ? 'place' : 'plain';
}

function withSocket(
  open: ReadonlyMap<Fd, OpenDescriptor<Thing>>,
  isWanted: (socket: number) => boolean,
): readonly Fd[] {
  return [...open].filter(([, { socket }]) => isWanted(socket)).map(([fd]) => fd);
}

function added(paths: readonly string[], path: string | null): string[] {
  return path === null ? [...paths] : [...paths.filter((other) => other !== path), path];
}

function removed(paths: readonly string[], path: string | null): string[] {
  return paths.filter((other) => other !== path);
}
