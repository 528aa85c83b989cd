/** Path strings as a kernel copies them from user space and takes them apart. */
import type { Fd, Path } from '../../model/vocabulary/index.ts';
import type { OrError, PathName } from './structures.types.ts';

/** PATH_MAX: bytes of a path, the NUL at its end included. */
export const longestPath = 4096;

/** NAME_MAX: bytes of a component. */
export const longestName = 255;

/** @returns EFAULT, ENAMETOOLONG or ENOENT (an empty path) if it cannot be copied. */
export function copyPath(path: Path, dirFd?: Fd): OrError<PathName> {
  if (path === null) return 'EFAULT';
  if (byteLength(path) >= longestPath) return 'ENAMETOOLONG';
  if (path === '') return 'ENOENT';
  const link = openFile.exec(path);
  if (link !== null) return fromOpenFile(Number(link[1]), link[2] ?? '');
  const components = path.split('/').filter((component) => component !== '');
  return {
    start: path.startsWith('/') ? 'root' : 'directory',
    dirFd,
    components,
    trailingSlash: components.length > 0 && path.endsWith('/'),
  };
}

const openFile = /^\/proc\/self\/fd\/(0|[1-9]\d{0,8})(|\/.*)$/s;

function fromOpenFile(fd: Fd, rest: string): PathName {
  const components = rest.split('/').filter((component) => component !== '');
  return { start: 'open-file', dirFd: fd, components, trailingSlash: rest.endsWith('/') };
}

/** Bytes of a string in UTF-8, without a NUL. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
