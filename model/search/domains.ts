/** What a search of a scope enumerates. */
import { readAttributes } from '../attributes/read.ts';
import { accessCodes } from '../calls/access.ts';
import { fcntlCommands } from '../calls/descriptors.ts';
import { openFlags } from '../calls/creating-open.ts';
import { noKey } from '../calls/map-rows.ts';
import { noFd } from '../calls/new-descriptor.ts';
import { isMapOfMaps, mapTypes, progTypeCode } from '../calls/objects.ts';
import { accessChecks, uids } from '../calls/permissions.ts';
import { renameFlags } from '../calls/rename.ts';
import { fileTypes } from '../calls/special-files.ts';
import { attributeNames } from '../calls/touching.ts';
import { umountFlags } from '../calls/unmounting.ts';
import { directions } from '../calls/traffic-filters.ts';
import type { Sort } from '../calls/row.ts';
import type { Names } from '../names.ts';
import { hostEntries } from '../state/host.ts';
import { progTypeNames, updateFlagBits } from '../vocabulary/index.ts';
import type { OddArguments, OddShape, SearchOptions } from './search-options.types.ts';

const nothingOdd: OddArguments = {
  paths: [],
  starts: [],
  fds: [],
  words: [],
  flags: [],
  shapes: [],
  raws: [],
  opens: [],
};

/** Interns what the scope may write into the state first, so that ids stay small. */
export function internScope(
  { paths, host, values = [1], targets = [], ...rest }: SearchOptions,
  names: Names,
): { readonly names: number; readonly words: number; readonly paths: number } {
  const odd = { ...nothingOdd, ...rest.odd };
  for (const path of [...paths, ...targets, ...odd.paths]) names.pathId(path);
  for (const { fd, path } of odd.starts) names.pathId(path, fd);
  const largestPath = names.paths() - 1;
  const largestName = names.names() - 1;
  for (const { name } of hostEntries(host)) names.nameId(name);
  const written = [...values, ...odd.words.filter((word) => word !== null)];
  const entries = odd.shapes.map(({ maxEntries }) => maxEntries);
  const words = [1, ...written, ...entries].map((word) => names.wordId(word));
  return { names: largestName, words: Math.max(...words), paths: largestPath };
}

/** The values that an argument of a sort ranges over. */
export function domainOf(
  sort: Sort,
  { bounds, switches, paths, values = [1], maps = ['BPF_MAP_TYPE_ARRAY'], ...rest }: SearchOptions,
  names: Names,
): readonly number[] {
  const { modes = [], masks = [], targets = [], programs = progTypeNames.slice(0, 1) } = rest;
  const { mountData = [], umounts = ['none', 'MNT_DETACH'] } = rest;
  const odd = { ...nothingOdd, ...rest.odd };
  const fds = [...Array.from({ length: bounds.descriptors }, (_, k) => 3 + k), ...odd.fds];
  const oddWords = odd.words.map((word) => (word === null ? noKey : names.wordId(word)));
  const domains: Readonly<Record<Sort, () => readonly number[]>> = {
    fd: () => fds,
    'maybe-fd': () => [noFd, ...fds],
    path: () => [
      ...[...paths, ...odd.paths].map((path) => names.pathId(path)),
      ...odd.starts.map(({ fd, path }) => names.pathId(path, fd)),
    ],
    pid: () => Array.from({ length: bounds.processes }, (_, k) => 1 + k),
    key: () => [names.wordId(0), ...oddWords],
    value: () => [...values.map((word) => names.wordId(word)), ...oddWords],
    'maybe-key': () => [...new Set([noKey, names.wordId(0), ...oddWords])],
    flag: () => [0, 1],
    'update-flag': () => [0, 1, ...odd.flags.map((flag) => updateFlagBits[flag])],
    access: () => (bounds.restricting === 1 ? [0, ...Object.values(accessCodes)] : [0]),
    shape: () => [
      ...maps.map((type) => shapeOf({ type, keySize: 4, valueSize: 4, maxEntries: 1 }, names)),
      ...odd.shapes.map((shape) => shapeOf(shape, names)),
    ],
    'inner-fd': () => (maps.some((type) => isMapOfMaps(mapTypes[type])) ? [noFd, ...fds] : [noFd]),
    'fcntl-command': () => Object.values(fcntlCommands),
    // The lowest number for F_DUPFD, and whether F_SETFD sets the flag or clears it.
    'fcntl-argument': () => [0, 1, ...odd.fds],
    // What opens nothing but a directory for reading does what O_DIRECTORY does.
    'open-flag': () =>
      odd.opens.length > 0
        ? odd.opens.map((flag) => openFlags[flag])
        : [openFlags.O_RDWR, openFlags.O_DIRECTORY, openFlags.O_PATH],
    room: () => [0, 1, 2],
    'receive-flag': () => [0, 1, 2],
    'object-id': () => Array.from({ length: bounds.objects + 1 }, (_, k) => k),
    'prog-type': () => programs.map(progTypeCode),
    target: () => [...targets, ...odd.paths].map((path) => names.pathId(path)),
    'rename-flag': () => Object.values(renameFlags),
    'mount-flag': () => (bounds.readOnly === 1 ? [0, 1] : [0]),
    'mount-data': () => [undefined, ...mountData].map((data) => names.dataId(data)),
    'bind-flag': () => (rest.recursive === undefined ? [0] : [0, 1]),
    remounted: () => [0, 1],
    'propagation-type': () => [0, 1, 2],
    'umount-flag': () => umounts.map((flag) => umountFlags[flag]),
    'file-type': () => Object.values(fileTypes),
    length: () => [0, -1],
    attribute: () => Object.values(attributeNames),
    mode: () => modes,
    mask: () => masks,
    user: () => Object.values(uids),
    'access-check': () => Object.values(accessChecks),
    direction: () => Object.values(directions),
    // One that amounts to another call is in the scope by that call's name.
    raw: () =>
      odd.raws.flatMap((raw) =>
        readAttributes(raw, switches.attributes).kind === 'fault' ? [names.rawId(raw)] : [],
      ),
  };
  return domains[sort]();
}

function shapeOf({ type, ...sizes }: OddShape, names: Names): number {
  return names.shapeId({ kind: mapTypes[type], ...sizes });
}
