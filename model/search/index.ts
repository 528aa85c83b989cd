/** Searches over bounded worlds: what a checker expands. */
export { createSearch, type Search } from './search.ts';
export type { OddArguments, SearchOptions } from './search-options.types.ts';
export { notedSwitches, relevantSwitches, type NotedSwitches } from './relevant-switches.ts';
export type { Visit } from './drivers.ts';
