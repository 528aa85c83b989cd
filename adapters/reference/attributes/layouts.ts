/** union bpf_attr as each release declares it, and the commands that go by it. */

/** The releases that declare it anew, and those that take it from them. */
export type AttributesOf = '2015' | '4.6' | '6.1' | '6.12' | '6.18';

/** enum bpf_cmd, as far as this implementation goes. */
export const commands = {
  mapCreate: 0,
  mapLookup: 1,
  mapUpdate: 2,
  mapDelete: 3,
  mapNextKey: 4,
  progLoad: 5,
  objPin: 6,
  objGet: 7,
  progAttach: 8,
  progDetach: 9,
  progRun: 10,
  progNextId: 11,
  mapNextId: 12,
  progById: 13,
  mapById: 14,
  objInfo: 15,
  mapFreeze: 22,
  linkCreate: 28,
  linkById: 30,
  linkNextId: 31,
  linkDetach: 34,
} as const;

export interface Layout {
  /** sizeof(union bpf_attr). */
  readonly size: number;
  /** How many commands there are, and how many types of maps; type 0 is none. */
  readonly commands: number;
  readonly mapTypes: number;
  /** Whether files of maps can be for reading or for writing only (4.15). */
  readonly fileModes: 'unknown' | 'known';
  /** Whether a pin can be named from a directory's descriptor on (BPF_F_PATH_FD). */
  readonly pathFd: 'unknown' | 'known';
  /** By command, where its last field ends. */
  readonly ends: ReadonlyMap<number, number>;
}

/** Where the last fields of a command end that they were added to since; the others never change. */
interface Ends {
  readonly create: number;
  readonly lookup: number;
  readonly load: number;
  readonly pin: number;
  readonly attach: number;
  readonly detach: number;
  readonly link: number;
}

function endsOf(ends: Ends): ReadonlyMap<number, number> {
  const { create, lookup, load, pin } = ends;
  return new Map([
    [commands.mapCreate, create],
    [commands.mapLookup, lookup],
    [commands.mapUpdate, 32],
    [commands.mapDelete, 16],
    [commands.mapNextKey, 24],
    [commands.progLoad, load],
    [commands.objPin, pin],
    [commands.objGet, pin],
    [commands.progAttach, ends.attach],
    [commands.progDetach, ends.detach],
    [commands.progRun, 76],
    [commands.progNextId, 8],
    [commands.mapNextId, 8],
    [commands.progById, 4],
    // Its flags, and a token that came later, are looked at one by one.
    [commands.mapById, 16],
    [commands.objInfo, 16],
    [commands.mapFreeze, 4],
    [commands.linkCreate, ends.link],
    [commands.linkById, 4],
    [commands.linkNextId, 8],
    [commands.linkDetach, 4],
  ]);
}

/** Kernels that end before these commands do not ask where their fields end. */
const noAttachments = { attach: 0, detach: 0, link: 0 };

/** Programs of cgroups are attached in a place among others, at a revision, since 6.6 (tcx). */
const ordered = { attach: 32, detach: 32, link: 60 };

const first: Layout = {
  size: 48,
  commands: 8,
  mapTypes: 5,
  fileModes: 'unknown',
  pathFd: 'unknown',
  ends: endsOf({ create: 16, lookup: 24, load: 44, pin: 12, ...noAttachments }),
};

const layouts: Readonly<Record<AttributesOf, Layout>> = {
  '2015': first,
  // map_flags, with the hashes that do not allocate their elements in advance.
  '4.6': {
    ...first,
    mapTypes: 8,
    ends: endsOf({ create: 20, lookup: 24, load: 44, pin: 12, ...noAttachments }),
  },
  '6.1': {
    size: 144,
    commands: 36,
    mapTypes: 32,
    fileModes: 'known',
    pathFd: 'unknown',
    ends: endsOf({ create: 72, lookup: 32, load: 140, pin: 16, attach: 20, detach: 12, link: 48 }),
  },
  '6.12': {
    size: 152,
    commands: 37,
    mapTypes: 34,
    fileModes: 'known',
    pathFd: 'known',
    ends: endsOf({ create: 80, lookup: 32, load: 148, pin: 20, ...ordered }),
  },
  '6.18': {
    size: 168,
    commands: 38,
    mapTypes: 34,
    fileModes: 'known',
    pathFd: 'known',
    ends: endsOf({ create: 92, lookup: 32, load: 168, pin: 20, ...ordered }),
  },
};

export const layoutOf = (attributes: AttributesOf): Layout => layouts[attributes];

export const hasCommand = (attributes: AttributesOf, command: number): boolean =>
  command < layouts[attributes].commands;
