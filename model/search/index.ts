/** Searches over bounded worlds: what a checker expands. */
export { releaseMap, createSearch, type Search, type SearchOptions } from './search.ts';
export type { Visit } from './drivers.ts';
