/** Tables of descriptors: who uses them, and what they hold (fs/file.c; open(2), dup(2), clone(2)). */
import { accessModes, fileKinds } from '../state/codes.ts';
import { freeRow, type Tables } from '../state/tables.ts';
import type { DescriptionEdges } from './descriptions.ts';

/** The first descriptor that is not scenery: 0, 1 and 2 are open on /dev/null. */
export const firstFd = 3;

/** Whether a new descriptor closes on exec. */
export type OnExec = 'stays' | 'closes';

export interface DescriptorEdges {
  /** The table of descriptors that a process uses. */
  tableOf(p: number): number;
  /** The row of a process's descriptor; 0, the null row, for a number out of the table. */
  at(p: number, fd: number): number;
  /** The description behind a descriptor, or 0. */
  descriptionAt(p: number, fd: number): number;
  /** The object behind a descriptor, or 0. */
  objectAt(p: number, fd: number): number;
  /** The socket behind a descriptor, or 0. */
  socketAt(p: number, fd: number): number;
  /** The cgroup whose directory is open there, or 0. */
  cgroupAt(p: number, fd: number): number;
  /** What a descriptor is restricted to: `accessModes`. */
  modeAt(p: number, fd: number): number;
  /** True for what O_PATH opened: most calls take it for closed. */
  isPlace(p: number, fd: number): boolean;
  /** The lowest closed descriptor at or above `from`, or 0 if there is none. */
  lowest(p: number, from?: number): number;
  /** Opens a new description of an object, which gains a user; `mode`: `accessModes`. */
  open(p: number, fd: number, d: number, o: number, mode?: number): void;
  /** Makes `fd`, which is closed, refer to a description. */
  install(p: number, fd: number, d: number, onExec: OnExec): void;
  setOnExec(p: number, fd: number, onExec: OnExec): void;
  closesOnExec(p: number, fd: number): boolean;
  close(p: number, fd: number): void;
  /** The first process gets its empty table. */
  start(p: number): void;
  /** Copies the parent's table for its child, flags and all. */
  readonly inherit: (parent: number, child: number) => void;
  /** The child uses its parent's table. */
  readonly share: (parent: number, child: number) => void;
  /** The process has its table to itself, and what closes on exec is closed. */
  exec(p: number): void;
  /** A process ends: its table goes with the last of its users. */
  leave(p: number): void;
}

export function createDescriptorEdges(w: Tables, descriptions: DescriptionEdges): DescriptorEdges {
  const { process, files, descriptor, description, moves, bounds } = w;
  const { states } = w.charts.descriptor;
  const cloexec = states['open-on-exec-closes'];
  const width = bounds.descriptors;
  const end = firstFd + width;
  const sharing = (bounds.sharedTables ?? 0) === 1;
  const places = (bounds.plainFiles ?? 0) === 1;
  const tableOf = sharing ? (p: number): number => process.files(p) : (p: number): number => p;

  const offset = 1 - firstFd - width;
  const at = (p: number, fd: number): number => {
    if (fd < firstFd || fd >= end) return 0;
    return (sharing ? process.files(p) : p) * width + fd + offset;
  };

  /** `exec`: only if it closes then. */
  function closeRow(row: number, why: 'close' | 'exec'): void {
    const d = descriptor.description(row);
    if (why === 'close') moves.descriptor.close(row);
    else moves.descriptor.exec(row);
    if (descriptor.state(row) !== states.closed) return;
    descriptor.description.cells[row] = 0;
    descriptions.drop(d);
  }

  function install(row: number, d: number, onExec: OnExec): void {
    if (onExec === 'closes') moves.descriptor['open-cloexec'](row);
    else moves.descriptor.open(row);
    descriptor.description.cells[row] = d;
    descriptions.hold(d);
  }

  function use(p: number, t: number): void {
    if (!sharing) return;
    process.files.cells[p] = t;
    files.count.cells[t] = files.count(t) + 1;
  }

  function copyTable(from: number, to: number): void {
    for (let k = 1; k <= width; k++) {
      const row = (from - 1) * width + k;
      const d = descriptor.description(row);
      const onExec = descriptor.state(row) === cloexec ? 'closes' : 'stays';
      if (d !== 0) install((to - 1) * width + k, d, onExec);
    }
  }

  function descriptionAt(p: number, fd: number): number {
    return descriptor.description(at(p, fd));
  }

  return {
    tableOf,
    at,
    descriptionAt,
    objectAt: (p, fd) => description.object(descriptionAt(p, fd)),
    socketAt: (p, fd) => description.socket(descriptionAt(p, fd)),
    cgroupAt: (p, fd) => description.cgroup(descriptionAt(p, fd)),
    modeAt: (p, fd) => description.mode(descriptionAt(p, fd)),
    isPlace: (p, fd) => places && description.kind(descriptionAt(p, fd)) === fileKinds.place,
    lowest(p, from = firstFd) {
      for (let fd = from; fd < end; fd++) {
        if (descriptor.state(at(p, fd)) === 0) return fd;
      }
      return 0;
    },
    open(p, fd, d, o, mode = accessModes.any) {
      descriptions.openObject(d, o, mode);
      install(at(p, fd), d, 'closes');
    },
    install(p, fd, d, onExec) {
      install(at(p, fd), d, onExec);
    },
    setOnExec(p, fd, onExec) {
      const row = at(p, fd);
      const closes = descriptor.state(row) === cloexec;
      if (closes && onExec === 'stays') moves.descriptor['clear-cloexec'](row);
      if (!closes && onExec === 'closes') moves.descriptor['set-cloexec'](row);
    },
    closesOnExec: (p, fd) => descriptor.state(at(p, fd)) === cloexec,
    close(p, fd) {
      closeRow(at(p, fd), 'close');
    },
    start(p) {
      use(p, 1);
    },
    inherit(parent, child) {
      const t = sharing ? freeRow(files.count, bounds.processes) : child;
      use(child, t);
      copyTable(tableOf(parent), t);
    },
    share(parent, child) {
      use(child, tableOf(parent));
    },
    exec(p) {
      const old = tableOf(p);
      if (sharing && files.count(old) > 1) {
        const own = freeRow(files.count, bounds.processes);
        files.count.cells[old] = files.count(old) - 1;
        use(p, own);
        copyTable(old, own);
      }
      const last = tableOf(p) * width;
      for (let row = last - width + 1; row <= last; row++) {
        if (descriptor.description(row) !== 0) closeRow(row, 'exec');
      }
    },
    leave(p) {
      const t = tableOf(p);
      if (sharing) {
        process.files.cells[p] = 0;
        files.count.cells[t] = files.count(t) - 1;
        if (files.count(t) > 0) return;
      }
      const last = t * width;
      for (let row = last - width + 1; row <= last; row++) {
        if (descriptor.description(row) !== 0) closeRow(row, 'close');
      }
    },
  };
}
