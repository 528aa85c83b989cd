import type { SpinScope } from './scope.types.ts';

/** A path whose place every namespace keeps: an argument of a call, or what leads to one. */
export interface Walk {
  readonly path: string;
  /** The walk of the directory above; null for the host's root. */
  readonly parent: number | null;
  /** The last component, numbered from 1. */
  readonly name: number;
}

/** A directory or file of the host tree: a constant above the bounded dentries. */
export interface HostDentry {
  readonly path: string;
  readonly dentry: number;
  /** The dentry of the directory above; 0 for the host's root. */
  readonly parent: number;
  readonly name: number;
}

/** The paths of a scope, cut into what a walk through the tables needs. */
export interface Places {
  /** Parents first. */
  readonly walks: readonly Walk[];
  /** The walks that are arguments of calls. */
  readonly arguments: readonly number[];
  readonly names: readonly string[];
  readonly host: readonly HostDentry[];
  /** Dentries above the bounded ones and up to this are directories of the host. */
  readonly lastHostDirectory: number;
}

function components(path: string): readonly string[] {
  if (!/^(\/[^/.]+)+$/.test(path)) {
    throw new RangeError(`"${path}": the judge takes absolute paths of plain names without dots.`);
  }
  return path.slice(1).split('/');
}

function above(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function last(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Every path of the list and every path above one, each once, parents first. */
function withParents(paths: readonly string[]): readonly string[] {
  const all = new Set<string>();
  for (const path of paths) {
    let prefix = '';
    for (const component of components(path)) {
      prefix += `/${component}`;
      all.add(prefix);
    }
  }
  return [...all];
}

/** @throws RangeError for a path outside of what the judge takes, or one given twice. */
export function placesOf(scope: SpinScope): Places {
  const directories = scope.host;
  const tree = [...directories, ...(scope.hostFiles ?? [])];
  for (const list of [scope.paths, tree]) {
    if (new Set(list).size < list.length) throw new RangeError('A path is listed twice.');
  }
  const walked = withParents(scope.paths);
  const names = [...new Set([...withParents(tree), ...walked].map(last))];
  const number = (path: string): number => names.indexOf(last(path)) + 1;

  const host = tree.map((path, index) => {
    const parent = directories.indexOf(above(path));
    if (above(path) !== '' && (parent < 0 || parent >= index)) {
      throw new RangeError(`"${path}" comes before its parent in the host tree.`);
    }
    return {
      path,
      dentry: scope.dentries + 1 + index,
      parent: parent < 0 ? 0 : scope.dentries + 1 + parent,
      name: number(path),
    };
  });
  const walks = walked.map((path) => {
    const parent = walked.indexOf(above(path));
    return { path, parent: parent < 0 ? null : parent, name: number(path) };
  });
  return {
    walks,
    arguments: scope.paths.map((path) => walked.indexOf(path)),
    names,
    host,
    lastHostDirectory: scope.dentries + directories.length,
  };
}
