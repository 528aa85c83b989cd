/** Calls about mounts from their JSON shapes. */
import type { CallName, Path } from '../model/vocabulary/index.ts';
import type { Json } from './json-shape.ts';
import { jsonChoice, jsonInteger, jsonString } from './json-shape.ts';
import type { MountCall } from './print-mount-calls.ts';
import type { Flaws } from './read-value.ts';
import { descriptorRange, pidRange } from './read-value.ts';

type MountName = MountCall['call'];

const named: Readonly<Record<MountName, true>> = {
  mount: true,
  bind: true,
  move: true,
  remount: true,
  'set-propagation': true,
  umount2: true,
  unshare: true,
  'unshare-user': true,
  'open-namespace': true,
  'bind-namespace': true,
  setns: true,
};

export const isMountName = (name: CallName): name is MountName => Object.hasOwn(named, name);

const umountFlags = [
  'none',
  'MNT_FORCE',
  'MNT_DETACH',
  'UMOUNT_NOFOLLOW',
  'MNT_EXPIRE',
  'MNT_DETACH|MNT_EXPIRE',
] as const;

export function mountFromJson(name: MountName, from: Json, path: string, flaws: Flaws): MountCall {
  const file = (key: 'source' | 'target'): Path =>
    from[key] === null ? null : jsonString(from[key], `${path}.${key}`, 'a path', flaws);
  const choice = <N extends string>(key: string, names: readonly [N, ...N[]]): N =>
    jsonChoice(from[key], `${path}.${key}`, names, flaws) ?? names[0];
  const flagged = <N extends string>(flag: N): { readonly flag?: N } =>
    from['flag'] === undefined ? {} : { flag: choice('flag', [flag]) };
  switch (name) {
    case 'mount': {
      const data =
        from['data'] === undefined
          ? {}
          : { data: jsonString(from['data'], `${path}.data`, 'options', flaws) };
      return { call: name, target: file('target'), ...flagged('MS_RDONLY'), ...data };
    }
    case 'bind':
      return { call: name, source: file('source'), target: file('target'), ...flagged('MS_REC') };
    case 'move':
      return { call: name, source: file('source'), target: file('target') };
    case 'remount': {
      const target = file('target');
      const what = choice('what', ['instance', 'MS_BIND']);
      return { call: name, target, what, flag: choice('flag', ['none', 'MS_RDONLY']) };
    }
    case 'set-propagation': {
      const target = file('target');
      const type = choice('type', ['MS_SHARED', 'MS_SLAVE', 'MS_PRIVATE']);
      return { call: name, target, type, ...flagged('MS_REC') };
    }
    case 'umount2':
      return { call: name, target: file('target'), flag: choice('flag', umountFlags) };
    case 'unshare':
    case 'unshare-user':
      return { call: name };
    case 'bind-namespace': {
      const pid = jsonInteger(from['pid'], `${path}.pid`, pidRange, flaws);
      return { call: name, pid, target: file('target') };
    }
    case 'open-namespace':
      return { call: name, pid: jsonInteger(from['pid'], `${path}.pid`, pidRange, flaws) };
    case 'setns':
      return { call: name, fd: jsonInteger(from['fd'], `${path}.fd`, descriptorRange, flaws) };
  }
}
