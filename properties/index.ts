/** Named claims over observations, the scopes they are searched in, and arbitraries of runs. */
export * from './arbitrary.ts';
export * from './catalogue.ts';
export * from './path-pool.ts';
export type * from './property.types.ts';
export { isQuiescent } from './quiescence.ts';
export type * from './scope.types.ts';
export * from './scopes.ts';
export { watchPaths } from './watch.ts';
