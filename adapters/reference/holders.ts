/** Who holds an object, found by looking at everything that could, not by the counts. */
import { locationOf } from './file.ts';
import type { BpfObject, File, Inode, Kernel } from './structures.types.ts';

/** What holds objects; an object that is held twice is there twice. */
export interface Holders {
  /** Objects behind open files, those that messages carry too. */
  readonly files: readonly BpfObject[];
  /** Objects pinned in inodes that are still there, whether a path leads to them or not. */
  readonly inodes: readonly BpfObject[];
  /** Objects that were pinned in inodes that are gone, and are not put yet. */
  readonly evicted: readonly BpfObject[];
  /** The map of each program, also of one that is gone but has not put it yet. */
  readonly programs: readonly BpfObject[];
  /** What is in maps, also in one that is gone but not freed yet. */
  readonly slots: readonly BpfObject[];
  /** Filters and what cgroups have by itself, also what is on its way out. */
  readonly attachments: readonly BpfObject[];
  /** The program of each link, also of one that is dead but not freed yet. */
  readonly links: readonly BpfObject[];
}

export function findHolders(kernel: Kernel): Holders {
  const files = openFiles(kernel);
  const { progs, maps, links, sockets, cgroups, qdisc, work } = kernel;
  const deadProgs = work.flatMap((each) => (each.kind === 'put-used-map' ? each.prog : []));
  const deadMaps = work.flatMap((each) => (each.kind === 'free-map' ? each.map : []));
  return {
    files: files.flatMap(({ object }) => object ?? []),
    inodes: liveInodes(kernel, files).flatMap(({ content }) =>
      content.kind === 'pin' ? content.object : [],
    ),
    evicted: work.flatMap((each) => (each.kind === 'put-pinned' ? each.object : [])),
    programs: [...progs.values(), ...deadProgs].flatMap(({ usedMap }) => usedMap ?? []),
    slots: [...maps.values(), ...deadMaps].flatMap(({ slots }) => [...slots.values()]),
    attachments: [
      ...[...sockets].flatMap(({ filter }) => filter ?? []),
      ...(qdisc === null ? [] : qdisc.filters.values()),
      ...[...cgroups].flatMap(({ attached }) => [...attached].filter(isProgram)),
      ...work.flatMap((each) => (each.kind === 'put-filter' ? each.prog : [])),
    ],
    links: [...links.values()].map(({ prog }) => prog),
  };
}

const isProgram = ({ kind }: BpfObject): boolean => kind === 'program';

function openFiles({ tasks, sockets }: Kernel): readonly File[] {
  const inTables = [...tasks.values()].flatMap((task) => [...task.descriptors.values()]);
  const inQueues = [...sockets].flatMap(({ queue }) => queue.flatMap(({ files }) => files));
  return [...new Set([...inTables, ...inQueues])];
}

function liveInodes({ namespaces, tasks }: Kernel, files: readonly File[]): readonly Inode[] {
  const attached = [...namespaces].flatMap(({ mounts }) => [...mounts]);
  const inUse = files.flatMap((file) => locationOf(file)?.mount ?? []);
  const cwds = [...tasks.values()].map(({ cwd }) => cwd.mount);
  const superblocks = new Set([...attached, ...inUse, ...cwds].map(({ superblock }) => superblock));
  return [...superblocks].flatMap(({ inodes }) => [...inodes]);
}

export const times = (objects: readonly BpfObject[], object: BpfObject): number =>
  objects.filter((each) => each === object).length;
