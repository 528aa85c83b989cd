/**
 * The vocabulary: calls, outcomes, error names, sights, and where a host tree has its cgroups. It is all
 * of the model that adapters may know, and it imports nothing.
 */
export * from './bpf-numbers.ts';
export * from './call-names.ts';
export type * from './calls.types.ts';
export * from './host-tree.ts';
export * from './outcome.ts';
export * from './shown.ts';
export * from './sight.ts';
