/** Calls about permissions from their JSON shapes. */
import type { CallName, Path, PermissionCall, Uid } from '../model/vocabulary/index.ts';
import type { Json } from './json-shape.ts';
import { jsonChoice, jsonInteger, jsonString, misfit } from './json-shape.ts';
import type { Flaws } from './read-value.ts';
import { maskRange, modeRange } from './read-value.ts';

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

const checks = ['F_OK', 'R_OK', 'W_OK', 'X_OK'] as const;

export function permissionFromJson(
  name: PermissionName,
  from: Json,
  path: string,
  flaws: Flaws,
): PermissionCall {
  const file = (): Path =>
    from['path'] === null ? null : jsonString(from['path'], `${path}.path`, 'a path', flaws);
  const mode = (): number => jsonInteger(from['mode'], `${path}.mode`, modeRange, flaws);
  switch (name) {
    case 'umask':
      return { call: name, mask: jsonInteger(from['mask'], `${path}.mask`, maskRange, flaws) };
    case 'chmod':
      return { call: name, path: file(), mode: mode() };
    case 'chown':
      return { call: name, path: file(), owner: userFrom(from['owner'], `${path}.owner`, flaws) };
    case 'setresuid':
      return { call: name, uid: userFrom(from['uid'], `${path}.uid`, flaws) };
    case 'access': {
      const at = file();
      const check = jsonChoice(from['mode'], `${path}.mode`, checks, flaws) ?? 'F_OK';
      return { call: name, path: at, mode: check };
    }
    case 'statx':
      return { call: name, path: file() };
  }
}

function userFrom(value: unknown, path: string, flaws: Flaws): Uid {
  if (value !== 0 && value !== 65534) misfit(value, path, 'a user, 0 or 65534,', flaws);
  return value === 65534 ? value : 0;
}
