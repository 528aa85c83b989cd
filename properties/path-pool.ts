/** Paths to try on a world: those that exist or may, those that nearly do, and those that cannot. */
import fc from 'fast-check';
import type { Path } from '../model/vocabulary/index.ts';

/** What is known of a world's paths: the host tree, and the paths that are watched. */
export interface Places {
  /** Absolute paths, directories end in "/". */
  readonly host: readonly string[];
  /** Absolute, normal paths. */
  readonly watch: readonly string[];
}

/** Paths by how far they are from what exists. Each list holds no path twice. */
export interface PathPool {
  /** The watched paths and the host tree, as one would write them. */
  readonly usual: readonly string[];
  /** Other spellings of those, and neighbours of theirs. */
  readonly near: readonly string[];
  /** At or over a limit of the kernel, or leading nowhere. */
  readonly impossible: readonly Path[];
}

/** Bytes of the longest name, and of the longest path with its NUL. */
const nameMax = 255;
const pathMax = 4096;

/** Makes the pool of a world: a pure function of its places, in a fixed order. */
export function pathPool({ host, watch }: Places): PathPool {
  const usual = unique([...watch, ...host.map(withoutSlash)]);
  const near = unique([
    ...usual.flatMap(spellings),
    ...usual.flatMap((path) => neighbours(path)),
  ]).filter((path) => !usual.includes(path));
  const impossible = unique<Path>([
    null,
    '',
    '/',
    '/..',
    '/none/x',
    ...usual.flatMap((path) => [
      `${path}/.`,
      `${path}/..`,
      `${path}/${'n'.repeat(nameMax)}`,
      `${path}/${'n'.repeat(nameMax + 1)}`,
      padded(path, pathMax - 1),
      padded(path, pathMax),
    ]),
  ]);
  return { usual, near, impossible };
}

/** Mostly usual paths; shrinks towards the first of them. */
export function pathArbitrary(places: Places): fc.Arbitrary<Path> {
  const { usual, near, impossible } = pathPool(places);
  const weighed = [
    { weight: 12, paths: usual },
    { weight: 3, paths: near },
    { weight: 1, paths: impossible },
  ];
  return fc.oneof(
    ...weighed
      .filter(({ paths }) => paths.length > 0)
      .map(({ weight, paths }) => ({ weight, arbitrary: fc.constantFrom<Path[]>(...paths) })),
  );
}

/** The same place in other words. Where it is no directory, some of them lead nowhere. */
function spellings(path: string): readonly string[] {
  const cut = path.lastIndexOf('/');
  const parent = path.slice(0, cut);
  const name = path.slice(cut + 1);
  return [
    `${parent}//${name}`,
    `${parent}/./${name}`,
    `/..${path}`,
    `${path}/../${name}`,
    path.slice(1),
    `${path}/`,
  ];
}

function neighbours(path: string): readonly string[] {
  return [`${path}z`, `${path}.d`, `${path.slice(0, path.lastIndexOf('/'))}/.z`, `${path}/z`];
}

/** A path of exactly `bytes` bytes that leads to the same place. */
function padded(path: string, bytes: number): string {
  return '/'.repeat(Math.max(0, bytes - path.length)) + path;
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
