/** Who holds an open file description, and what it holds (open(2), dup(2)). */
import type { Tables } from '../state/tables.ts';
import type { ObjectEdges } from './objects.ts';

/** The first descriptor that is not scenery: 0, 1 and 2 are open on /dev/null. */
export const firstFd = 3;

export interface DescriptorEdges {
  /** The row of a process's descriptor; 0, the null row, for a number out of the table. */
  at(p: number, fd: number): number;
  /** The object behind a descriptor, or 0. */
  objectAt(p: number, fd: number): number;
  /** The lowest closed descriptor at or above `firstFd`, or 0 if the table is full. */
  lowest(p: number): number;
  /** Opens a new description of an object, which gains a user. */
  open(p: number, fd: number, d: number, o: number): void;
  /** Makes `fd` refer to an open description, as dup does. */
  duplicate(p: number, fd: number, d: number): void;
  /** Copies the parent's table into the empty one of its child, flags and all. */
  inherit(parent: number, child: number): void;
  close(p: number, fd: number): void;
  closeAll(p: number): void;
}

export function createDescriptorEdges(w: Tables, objects: ObjectEdges): DescriptorEdges {
  const { descriptor, description, moves, bounds } = w;
  const { states } = w.charts.descriptor;
  const width = bounds.descriptors;
  const end = firstFd + width;

  const at = (p: number, fd: number): number =>
    fd >= firstFd && fd < end ? (p - 1) * width + fd - firstFd + 1 : 0;

  function take(d: number): void {
    description.count.cells[d] = description.count(d) + 1;
  }

  function closeRow(row: number, d: number): void {
    moves.descriptor.close(row);
    descriptor.description.cells[row] = 0;
    const count = description.count(d) - 1;
    description.count.cells[d] = count;
    if (count > 0) return;
    const o = description.object(d);
    moves.description['last-descriptor'](d);
    description.object.cells[d] = 0;
    objects.dropUser(o, 'description');
  }

  return {
    at,
    objectAt: (p, fd) => description.object(descriptor.description(at(p, fd))),
    lowest(p) {
      for (let fd = firstFd; fd < end; fd++) {
        if (descriptor.state(at(p, fd)) === 0) return fd;
      }
      return 0;
    },
    open(p, fd, d, o) {
      const row = at(p, fd);
      moves.descriptor['open-cloexec'](row);
      descriptor.description.cells[row] = d;
      moves.description.open(d);
      description.object.cells[d] = o;
      take(d);
      objects.takeUser(o);
    },
    duplicate(p, fd, d) {
      const row = at(p, fd);
      moves.descriptor.open(row);
      descriptor.description.cells[row] = d;
      take(d);
    },
    inherit(parent, child) {
      for (let fd = firstFd; fd < end; fd++) {
        const [from, to] = [at(parent, fd), at(child, fd)];
        const d = descriptor.description(from);
        if (d !== 0) {
          if (descriptor.state(from) === states.open) moves.descriptor.open(to);
          else moves.descriptor['open-cloexec'](to);
          descriptor.description.cells[to] = d;
          take(d);
        }
      }
    },
    close(p, fd) {
      const row = at(p, fd);
      closeRow(row, descriptor.description(row));
    },
    closeAll(p) {
      const last = p * width;
      for (let row = last - width + 1; row <= last; row++) {
        const d = descriptor.description(row);
        if (d !== 0) closeRow(row, d);
      }
    },
  };
}
