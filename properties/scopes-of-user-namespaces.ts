/** Scopes about who has left the initial user namespace. */
import { single } from './scopes-in-common.ts';
import type { Scope } from './scope.types.ts';

export const userNamespaces: Scope = {
  name: 'user-namespaces',
  title: 'A process that leaves the initial user namespace, and the mounts that it takes along.',
  bounds: {
    ...single,
    objects: 0,
    mounts: 2,
    namespaces: 2,
    plainFiles: 1,
    namespaceFiles: 1,
    readOnly: 1,
    permissions: 1,
    userNamespaces: 1,
  },
  host: ['/a/', '/a/b/'],
  paths: ['/', '/a', '/a/b'],
  umounts: ['none', 'MNT_DETACH', 'MNT_FORCE'],
  recursive: 'binds',
  calls: [
    'close',
    'execve',
    'exit_group',
    'chown',
    'setresuid',
    'mount',
    'bind',
    'move',
    'remount',
    'umount2',
    'unshare',
    'unshare-user',
    'open-namespace',
    'setns',
  ],
  properties: [
    'failed-call-changes-nothing',
    'isolation',
    'quiescence-leaves-nothing',
    'leads-to-quiescence',
  ],
  goals: [],
};
