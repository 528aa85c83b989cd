/** The calls about permissions as numbers, as `encode.ts` has the others. */
import { keyOf, type Args } from './argument-names.ts';
import { accessChecks, uids } from './calls/permissions.ts';
import type { Names } from './names.ts';
import type { Call, CallName, Path, PermissionCall } from './vocabulary/index.ts';

type PermissionName = PermissionCall['call'];

const named: Readonly<Record<PermissionName, true>> = {
  umask: true,
  chmod: true,
  chown: true,
  setresuid: true,
  access: true,
  statx: true,
};

export const isPermissionName = (name: CallName): name is PermissionName =>
  Object.hasOwn(named, name);

export const isPermissionCall = (call: Call): call is PermissionCall => isPermissionName(call.call);

export function encodePermission(call: PermissionCall, names: Names): Args {
  switch (call.call) {
    case 'umask':
      return [call.mask, 0, 0, 0];
    case 'chmod':
      return [names.pathId(call.path), call.mode, 0, 0];
    case 'chown':
      return [names.pathId(call.path), uids[call.owner], 0, 0];
    case 'setresuid':
      return [uids[call.uid], 0, 0, 0];
    case 'access':
      return [names.pathId(call.path), accessChecks[call.mode], 0, 0];
    case 'statx':
      return [names.pathId(call.path), 0, 0, 0];
  }
}

export function decodePermission(name: PermissionName, [a, b]: Args, names: Names): PermissionCall {
  const path = (): Path => names.path(a).text;
  const uid = (user: number): 0 | 65534 => (user === uids[0] ? 0 : 65534);
  switch (name) {
    case 'umask':
      return { call: name, mask: a };
    case 'chmod':
      return { call: name, path: path(), mode: b };
    case 'chown':
      return { call: name, path: path(), owner: uid(b) };
    case 'setresuid':
      return { call: name, uid: uid(a) };
    case 'access':
      return { call: name, path: path(), mode: keyOf(accessChecks, b) };
    case 'statx':
      return { call: name, path: path() };
  }
}
