/** Watched paths: where a path stands among them, whatever way a call spells it. */
import type { Path } from '../model/vocabulary/index.ts';
import type { Watch } from './property.types.ts';

/** Works out, once for a world, what predicates ask about its watched paths (absolute, normal). */
export function watchPaths(paths: readonly string[]): Watch {
  const index = new Map(paths.map((path, at) => [path, at] as const));
  // A mount on top of the root of the host tree is not seen by those who stand below it.
  index.delete('/');
  const parent = Int32Array.from(paths, (path) => index.get(parentOf(path)) ?? -1);
  const below = new Uint8Array(paths.length * paths.length);
  paths.forEach((path, at) => {
    paths.forEach((other, there) => {
      below[at * paths.length + there] = other.startsWith(`${path}/`) ? 1 : 0;
    });
  });
  return { paths, index, parent, below };
}

/** The position of what a path of a successful call leads to, or -1 if that is not watched. */
export function watchedAt(watch: Watch, path: Path): number {
  if (path === null) {
    return -1;
  }
  return watch.index.get(path) ?? watch.index.get(normal(path) ?? '') ?? -1;
}

/** The position of the directory that holds the last name of a path, or -1 if it is not watched. */
export function watchedParent(watch: Watch, path: Path): number {
  if (path === null) {
    return -1;
  }
  const at = watch.index.get(path);
  return at === undefined
    ? (watch.index.get(parentOf(normal(path) ?? '')) ?? -1)
    : (watch.parent[at] ?? -1);
}

/**
 * A path without empty, "." and ".." components; undefined if a text cannot tell, as of a path that
 * starts in some directory. ".." at the root of a mount leads to where the text says, but behind a
 * name that is further down, which may be a symbolic link, it leads anywhere.
 */
function normal(path: string): string | undefined {
  if (!path.startsWith('/')) return undefined;
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') {
      if (names.length > 1) {
        return undefined;
      }
      names.pop();
    } else if (name !== '' && name !== '.') {
      names.push(name);
    }
  }
  return `/${names.join('/')}`;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}
