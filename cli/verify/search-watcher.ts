/** What a search asks between two states: whether to go on, and whom to tell how far it is. */
import type { SearchProgress } from './job.types.ts';
import type { SearchWatcher } from './search-scope.ts';

/** Milliseconds between two messages of progress. */
const progressInterval = 250;

interface Surroundings {
  /** When to give up, in milliseconds since the epoch; null: never. */
  readonly deadline: number | null;
  /** Milliseconds since the search began. */
  readonly elapsed: () => number;
  readonly parent: () => number;
  readonly tell: (message: SearchProgress) => void;
}

export function createWatcher({ deadline, elapsed, parent, tell }: Surroundings): SearchWatcher {
  const first = parent();
  let told = 0;
  return {
    stop() {
      // Without its parent nobody is left to tell.
      if (parent() !== first) return 'interrupt';
      return deadline !== null && Date.now() >= deadline ? 'time' : null;
    },
    progress(progress) {
      const milliseconds = elapsed();
      if (milliseconds - told < progressInterval) return;
      told = milliseconds;
      tell({ kind: 'progress', progress, milliseconds });
    },
  };
}
