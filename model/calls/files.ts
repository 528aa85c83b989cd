/** Calls that open what is no object: open(2), pipe(2). */
import { fileKinds } from '../state/schema.ts';
import { pairValue } from '../vocabulary/index.ts';
import { newHere } from '../walk.ts';
import { onExec } from './descriptors.ts';
import { descriptorRows, newDescriptor, newPair, pairRows } from './new-descriptor.ts';
import type { Parts } from './parts.types.ts';
import { faultRows, spellingRows } from './path-rows.ts';
import { bound, clause, find, ofArguments, type CallTable, type Row } from './row.ts';

/** The argument codes of open's flag. */
export const openFlags = { O_RDWR: 0, O_DIRECTORY: 1, O_PATH: 2 } as const;

const noPlainFiles = ({ w }: Parts): Row =>
  ofArguments(bound('bound.plain-files', () => (w.bounds.plainFiles ?? 0) === 0));

/** Only what is no bpffs can be opened: the rest comes with names and mounts that are held open. */
export function open(parts: Parts): CallTable {
  const { names, descriptors, descriptions, mounts, walk } = parts;
  const here = newHere();
  const own = here.at;
  const R = newDescriptor();
  const isDevice = (path: number): boolean => names.path(path).text === '/dev/null';
  const walked = find((p, path) => {
    here.at = walk.toEnd(own, p, path, 'checked');
  });
  const kindOf = (path: number, flag: number): number => {
    if (isDevice(path)) return flag === openFlags.O_PATH ? fileKinds.place : fileKinds.device;
    return flag === openFlags.O_PATH ? fileKinds.place : fileKinds.directory;
  };
  // /dev/null is there for everybody, and no part of the host tree that paths are walked in.
  const behind = faultRows(walked, here).map((row): Row => {
    if (row.kind !== 'family') return row;
    const apart =
      (holds: typeof row.any) =>
      (p: number, path: number): boolean =>
        !isDevice(path) && holds(p, path, 0, 0, 0);
    const clauses = row.clauses.map((one) => ({ ...one, when: apart(one.when) }));
    return { ...row, any: apart(row.any), clauses };
  });
  return {
    call: 'open',
    short: 'open',
    sorts: ['path', 'open-flag'],
    rows: [
      noPlainFiles(parts),
      ...spellingRows(names),
      // open(2) reserves the number before it walks (fs/open.c, do_sys_openat2; measured on 6.18.44).
      ...descriptorRows(parts, 'open', R),
      walked,
      ...behind,
      ofArguments(
        clause(
          'open.device-no-directory',
          'ENOTDIR',
          (_p, path, flag) => isDevice(path) && flag === openFlags.O_DIRECTORY,
          'open(2)',
        ),
      ),
      clause(
        'open.not-a-directory',
        'ENOTDIR',
        (_p, path, flag) =>
          !isDevice(path) && flag === openFlags.O_DIRECTORY && !walk.isDirectory(here.at.dentry),
        'open(2)',
      ),
      bound(
        'bound.open',
        (_p, path, flag) =>
          !isDevice(path) &&
          (flag === openFlags.O_RDWR || here.at.mount !== 0 || mounts.isBpf(here.at.dentry)),
        'docs/world.md: what can be opened',
      ),
    ],
    effect(p, path, flag) {
      descriptions.openPlain(R.description, kindOf(path, flag));
      descriptors.install(p, R.fd, R.description, 'stays');
      return R.fd;
    },
  };
}

export function pipe(parts: Parts): CallTable {
  const { descriptors, descriptions } = parts;
  const R = newPair();
  return {
    call: 'pipe2',
    short: 'pipe',
    sorts: ['flag'],
    rows: [noPlainFiles(parts), ...pairRows(parts, 'pipe', R)],
    effect(p, flag) {
      descriptions.openPlain(R.firstDescription, fileKinds.pipe);
      descriptions.openPlain(R.secondDescription, fileKinds.pipe);
      descriptors.install(p, R.first, R.firstDescription, onExec(flag));
      descriptors.install(p, R.second, R.secondDescription, onExec(flag));
      return pairValue(R.first, R.second);
    },
  };
}
