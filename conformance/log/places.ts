/** Which paths of a log lie where the model looks, and what has to be assumed about them. */
import type { MountPlace } from '../../model/index.ts';
import type { LogPath, LogResult } from '../../traces/index.ts';
import type { LogPlace } from './explanation.types.ts';
import type { Judging } from './judging.ts';
import { isBelow, plainPath } from './log-processes.ts';
import type { LogProcess } from './log-processes.ts';

/** Where nearly every system has its bpffs. */
const usualPlace = '/sys/fs/bpf';

/** More names than that are not kept in mind. */
const mostNames = 50_000;

/** A path as the model is asked about it, and as it is when spelled from the root. */
export interface FoundPath {
  readonly path: string;
  readonly dirFd: number | null;
  readonly plain: string;
}

export interface Places {
  /** Where a path leads; null if the log does not show where it starts. */
  find(process: LogProcess, at: LogPath): FoundPath | null;
  /** The mount that shows a path to a process, or null for the host's own. */
  cover(process: LogProcess, plain: string): MountPlace | null;
  /** All that is mounted where a process is. */
  mountsOf(process: LogProcess): readonly MountPlace[];
  /**
   * True if the model is asked about a path. Where a log starts in the middle, what its answer reveals
   * is made first: `there` is what has to be at the path for the answer, `revealing` if such an answer
   * tells that a bpffs is there.
   */
  prepare(
    process: LogProcess,
    to: FoundPath,
    place: LogPlace,
    needs: { readonly there: 'pin' | 'directory' | 'nothing'; readonly revealing: 'yes' | 'no' },
    result: LogResult,
  ): boolean;
  /** The log has told what is at a path: nothing is assumed about it any more. */
  decide(line: number, path: string): void;
  /** True of a path on which a bpffs was only assumed to be mounted. */
  isAssumed(process: LogProcess, plain: string): boolean;
  /** Forgets instances that were assumed and are gone. */
  prune(): void;
  /** Assumes a bpffs at a path. */
  assumeMount(process: LogProcess, path: string, place: LogPlace): void;
}

/**
 * @param host the directories of the host tree, without the closing slash.
 * @param pins those in which the log pins something, or finds it pinned.
 * @param assume told what is assumed.
 * @param reveal makes an object that was there before, pinned at a path.
 */
export function createPlaces(
  judging: Judging,
  { host, pins }: { readonly host: ReadonlySet<string>; readonly pins: ReadonlySet<string> },
  assume: (line: number, text: string) => void,
  reveal: (process: LogProcess, path: string, place: LogPlace) => void,
): Places {
  const assumed = new Set<number>();
  const decided = new Set<string>();

  const mountsOf = (process: LogProcess): readonly MountPlace[] => {
    const { mounts, namespaces } = judging.holds();
    const own = namespaces.get(process.model);
    return mounts.filter(({ namespace }) => namespace === own);
  };

  function cover(process: LogProcess, plain: string): MountPlace | null {
    let best: MountPlace | null = null;
    const { mounts, namespaces } = judging.holds();
    const own = namespaces.get(process.model);
    for (const mount of mounts) {
      if (mount.namespace !== own || !isBelow(plain, mount.path)) continue;
      if (best === null || mount.path.length >= best.path.length) best = mount;
    }
    return best;
  }

  function assumeMount(process: LogProcess, path: string, place: LogPlace): void {
    const isAbove = mountsOf(process).some(
      (mount) => assumed.has(mount.superblock) && isBelow(mount.path, path),
    );
    if (isAbove) judging.lose(place.line, `where a bpffs is mounted below ${path} is not shown`);
    if (judging.make(process.model, { call: 'mount', target: path }) === null) return;
    const made = cover(process, path);
    if (made !== null) assumed.add(made.superblock);
    assume(place.line, `a bpffs is mounted on ${path}`);
  }

  function decide(line: number, path: string): void {
    if (decided.size >= mostNames) judging.stop(line, `more than ${mostNames} different names`);
    else decided.add(path);
  }

  /** The directories above a path, below a mount, from above. */
  function parents(plain: string, top: string): readonly string[] {
    const rest = plain.slice(top === '/' ? 1 : top.length + 1).split('/');
    return rest.slice(0, -1).map((_, k) => `${top}/${rest.slice(0, k + 1).join('/')}`);
  }

  /**
   * Whether an error is one to judge by on a bpffs that was there before: of what the log has told nothing about, only
   * a missing name and a taken one say what is there.
   */
  function tells(
    errno: string,
    plain: string,
    top: string,
    there: 'pin' | 'directory' | 'nothing',
  ): boolean {
    if (errno === 'ENOENT') return true;
    if (errno === 'EEXIST' && there !== 'nothing') return true;
    const isTold = [plain, ...parents(plain, top)].every((path) => decided.has(path));
    return isTold && errno !== 'EXDEV';
  }

  /** Where a bpffs is most likely mounted that holds a path: where the highest of the log's pins above it lies. */
  function topOf(plain: string): string | null {
    const above = parents(plain, '/').map((path) => path.replace('//', '/'));
    return above.find((path) => pins.has(path)) ?? above.at(-1) ?? null;
  }

  function makeParents(process: LogProcess, plain: string, top: string, place: LogPlace): void {
    for (const directory of parents(plain, top)) {
      if (decided.has(directory)) continue;
      decide(place.line, directory);
      const made = judging.make(process.model, { call: 'mkdir', path: directory });
      if (made !== null) assume(place.line, `the directory ${directory} was there before`);
    }
  }

  return {
    find(process, { dir, cwd, path }) {
      // What -y shows is where the kernel has it; the model knows its own better than any path.
      if (cwd !== null && process.cwdIn === 'host') process.cwd = cwd;
      if (path.startsWith('/')) return { path, dirFd: null, plain: plainPath(path) };
      if (dir !== null) {
        const slot = process.table.fds.get(dir.fd);
        const base = slot?.path ?? (dir.shown?.startsWith('/') === true ? dir.shown : null);
        if (base === null) return null;
        const plain = plainPath(`${base}/${path}`);
        if (slot?.model !== null && slot?.model !== undefined) {
          return { path, dirFd: slot.model, plain };
        }
        return { path: `${base}/${path}`, dirFd: null, plain };
      }
      const base = process.cwd ?? cwd;
      if (base === null) return null;
      const plain = plainPath(`${base}/${path}`);
      const inModel = process.cwdIn === 'model';
      return { path: inModel ? path : `${base}/${path}`, dirFd: null, plain };
    },
    cover,
    mountsOf,
    assumeMount,
    decide,
    isAssumed: (process, plain) =>
      mountsOf(process).some(({ path, superblock }) => path === plain && assumed.has(superblock)),
    prune() {
      const { mounts } = judging.holds();
      for (const s of assumed) {
        if (!mounts.some(({ superblock }) => superblock === s)) assumed.delete(s);
      }
    },
    prepare(process, { path, plain }, place, { there, revealing }, result) {
      if (cover(process, plain) === null) {
        // Who works in a directory that the model knows does so where no mount shows it any more.
        if (!path.startsWith('/')) return true;
        const isUsual = isBelow(plain, usualPlace) && plain !== usualPlace;
        if (!result.ok || decided.has(usualPlace) || (revealing === 'no' && !isUsual)) return false;
        const top = isUsual ? usualPlace : topOf(plain);
        if (top === null || !host.has(top)) return false;
        assumeMount(process, top, place);
      }
      const mount = cover(process, plain);
      if (mount === null) return false;
      if (mount.superblock === 0) return revealing === 'yes' && result.ok;
      if (!assumed.has(mount.superblock) || plain === mount.path) {
        decide(place.line, plain);
        return true;
      }
      if (!result.ok && !tells(result.errno, plain, mount.path, there)) return false;
      const isFound = result.ok || (result.errno !== 'ENOENT' && result.errno !== 'ENOTDIR');
      if (isFound) makeParents(process, plain, mount.path, place);
      if (!decided.has(plain)) {
        decide(place.line, plain);
        if (there === 'directory') {
          judging.make(process.model, { call: 'mkdir', path: plain });
          assume(place.line, `the directory ${plain} was there before`);
        } else if (there === 'pin') reveal(process, plain, place);
      }
      return true;
    },
  };
}
