/**
 * The vocabulary: calls, outcomes, error names, sights, and where a host tree has its cgroups. It is all
 * of the model that adapters may know, and it imports nothing.
 */
export * from './bpf-numbers.ts';
export * from './calls.ts';
export * from './host-tree.ts';
export * from './outcome.ts';
export * from './sight.ts';
