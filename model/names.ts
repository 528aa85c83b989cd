/**
 * Strings live outside the state: names (path components), paths and words are interned here and
 * the state holds their ids. Ids are compared for equality; what a name looks like is asked here.
 */
import type { Bpf, Fd, Path } from './vocabulary/index.ts';

/** Ids of names with a meaning of their own; 0 is no name. */
export const dot = 1;
export const dotDot = 2;

/** What is wrong with a path string before it is walked (fs/namei.c, getname). */
export const spelling = { fine: 0, fault: 1, tooLong: 2, empty: 3 } as const;

/** NAME_MAX and PATH_MAX; the latter counts the closing NUL. */
const nameMax = 255;
const pathMax = 4096;

export interface InternedPath {
  /** The string, for printing. */
  readonly text: Path;
  /** `spelling`. */
  readonly spelling: number;
  /** Name ids of its components; empty for "/" and for what cannot be walked. */
  readonly names: readonly number[];
  /** 1 if it ends in a slash, so that its last component has to be a directory. */
  readonly trailing: number;
  /**
   * Where it starts: at the root, in the working directory, in the directory open as `fd`, or at what is
   * open there, which /proc/self/fd/N leads to.
   */
  readonly start: 'root' | 'here' | 'fd' | 'open-file';
  /** The descriptor given with it, be it absolute; undefined for none (AT_FDCWD). */
  readonly fd: Fd | undefined;
  /** N of /proc/self/fd/N; -1 for another path. */
  readonly openFd: Fd;
}

/** What BPF_MAP_CREATE is asked for. */
export interface MapShape {
  /** `kinds`. */
  readonly kind: number;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
}

export interface Names {
  /** The id of a path, from a directory's descriptor if one is given; 0 is the NULL pointer. */
  pathId(path: Path, fd?: Fd): number;
  path(id: number): InternedPath;
  /** How many paths and names are interned, the reserved ones included. */
  readonly paths: () => number;
  readonly names: () => number;
  nameId(name: string): number;
  name(id: number): string;
  /** True for a name with a dot in it (other than `.` and `..`). */
  isDotted(id: number): boolean;
  isTooLong(id: number): boolean;
  /** The id of a 32-bit word; 0 is the word 0. */
  wordId(word: number): number;
  word(id: number): number;
  shapeId(shape: MapShape): number;
  shape(id: number): MapShape;
  /** The id of options of a mount; 0 for none. */
  dataId(data: string | undefined): number;
  data(id: number): string;
  /** The id of a raw call of bpf(2). */
  rawId(raw: Bpf): number;
  raw(id: number): Bpf;
}

const utf8 = new TextEncoder();

/** A path that leads to an open file of the caller, and what comes behind it (proc_pid_fd(5)). */
const openFile = /^\/proc\/self\/fd\/(0|[1-9]\d{0,8})(|\/.*)$/s;

function spellingOf(path: string): number {
  if (path === '') return spelling.empty;
  return utf8.encode(path).length + 1 > pathMax ? spelling.tooLong : spelling.fine;
}

/** An interner of one kind: ids from 0 in the order of first use. */
function interner<Key>(): { readonly idOf: (key: Key) => number; readonly keys: Key[] } {
  const ids = new Map<Key, number>();
  const keys: Key[] = [];
  const idOf = (key: Key): number => {
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, keys.length);
    return keys.push(key) - 1;
  };
  return { idOf, keys };
}

const noShape: MapShape = { kind: 0, keySize: 0, valueSize: 0, maxEntries: 0 };
const noRaw: Bpf = { call: 'bpf', command: 0, attr: 0, size: 0 };
const nullPath: InternedPath = {
  text: null,
  spelling: spelling.fault,
  names: [],
  trailing: 0,
  start: 'here',
  fd: undefined,
  openFd: -1,
};

export function createNames(): Names {
  const names = interner<string>();
  for (const reserved of ['', '.', '..']) names.idOf(reserved);
  const dotted: boolean[] = [];
  const tooLong: boolean[] = [];
  const words = interner<number>();
  words.idOf(0);
  const shapeKeys = interner<string>();
  const shapes: MapShape[] = [];
  const datas = interner<string>();
  datas.idOf('');
  const rawKeys = interner<string>();
  const raws: Bpf[] = [];
  /** By descriptor, undefined for none. */
  const pathIds = new Map<Fd | undefined, Map<Path, number>>([[undefined, new Map([[null, 0]])]]);
  const paths: InternedPath[] = [nullPath];

  const nameId = (name: string): number => {
    const id = names.idOf(name);
    dotted[id] ??= name.includes('.') && id !== dot && id !== dotDot;
    tooLong[id] ??= utf8.encode(name).length > nameMax;
    return id;
  };
  const walkable = (path: string): readonly number[] =>
    path.split('/').flatMap((name) => (name === '' ? [] : [nameId(name)]));

  return {
    pathId(path, fd) {
      const ids = pathIds.get(fd) ?? new Map<Path, number>();
      pathIds.set(fd, ids);
      const known = ids.get(path);
      if (known !== undefined) return known;
      ids.set(path, paths.length);
      const text = path ?? '';
      const spelt = path === null ? spelling.fault : spellingOf(text);
      const link = spelt === spelling.fine ? openFile.exec(text) : null;
      const rest = link?.[2] ?? text;
      const components = spelt === spelling.fine && link?.[2] !== '' ? walkable(rest) : [];
      const trailing = rest.endsWith('/') && (components.length > 0 || link !== null) ? 1 : 0;
      const openFd = link === null ? -1 : Number(link[1]);
      const absolute = openFd < 0 ? 'root' : 'open-file';
      const relative = fd === undefined ? 'here' : 'fd';
      const start: InternedPath['start'] = text.startsWith('/') ? absolute : relative;
      const walked = { names: components, trailing, start, fd, openFd };
      return paths.push({ text: path, spelling: spelt, ...walked }) - 1;
    },
    path: (id) => paths[id] ?? nullPath,
    paths: () => paths.length,
    names: () => names.keys.length,
    nameId,
    name: (id) => names.keys[id] ?? '',
    isDotted: (id) => dotted[id] === true,
    isTooLong: (id) => tooLong[id] === true,
    wordId: (word) => words.idOf(word),
    word: (id) => words.keys[id] ?? 0,
    shapeId(shape) {
      const { kind, keySize, valueSize, maxEntries } = shape;
      const id = shapeKeys.idOf([kind, keySize, valueSize, maxEntries].join());
      shapes[id] ??= shape;
      return id;
    },
    shape: (id) => shapes[id] ?? noShape,
    dataId: (data = '') => datas.idOf(data),
    data: (id) => datas.keys[id] ?? '',
    rawId(raw) {
      const id = rawKeys.idOf(JSON.stringify([raw.command, raw.attr, raw.size]));
      raws[id] ??= raw;
      return id;
    },
    raw: (id) => raws[id] ?? noRaw,
  };
}
