export { cover } from './cover.ts';
export type { Cover, CoverResult } from './cover.ts';
export { replayPath } from './path.ts';
export { search } from './search.ts';
export type {
  Action,
  AlwaysProperty,
  CheckedProperty,
  Judge,
  Limits,
  Progress,
  SearchResult,
  SometimesProperty,
  SometimesStepProperty,
  StepProperty,
  System,
  Violation,
  Visit,
  Witness,
  Words,
} from './system.types.ts';
export type { SearchLayout } from './visited-set.ts';
