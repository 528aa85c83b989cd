/** What scopes have in common. */
import type { Scope } from './scope.types.ts';

/** The bounds of a world with one of whatever a descriptor of an object and its pin take. */
export const single = {
  processes: 1,
  descriptors: 1,
  descriptions: 1,
  objects: 1,
  elements: 0,
  superblocks: 1,
  inodes: 1,
  dentries: 1,
  mounts: 1,
  namespaces: 1,
} as const satisfies Partial<Scope['bounds']>;

/** The bounds of a world without any instance. */
export const noFileSystem = {
  superblocks: 0,
  inodes: 0,
  dentries: 0,
  mounts: 0,
  namespaces: 1,
} as const satisfies Partial<Scope['bounds']>;

/** What is asked of whatever holds objects. */
export const always = [
  'refcount-equals-holders',
  'alive-iff-held',
  'failed-call-changes-nothing',
  'isolation',
  'quiescence-leaves-nothing',
  'leads-to-quiescence',
] as const satisfies Scope['properties'];
