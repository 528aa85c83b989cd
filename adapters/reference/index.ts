/**
 * The reference: the specification's calls implemented a second time, in memory and in the way a
 * kernel is built. It shares nothing with the model but the vocabulary.
 */
export { createReference } from './adapter.ts';
export type { Deferral, ReferenceAdapter } from './adapter.ts';
export { instantiatePin } from './dcache.ts';
export { closeDescriptor } from './fdtable.ts';
export { liveObjects } from './object.ts';
export { soundOperations } from './operations.ts';
export type { Release } from './release.types.ts';
export type { KernelName } from './releases.ts';
export { changesOf } from './switches.ts';
export type {
  BpfObject,
  Dentry,
  Kernel,
  Operations,
  Superblock,
  Task,
} from './structures.types.ts';
