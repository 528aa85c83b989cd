/** Worlds that logs are followed in: one takes longer to build than most logs to follow. */
import type { World } from '../../model/index.ts';
import type { Specification } from '../specification.types.ts';

/** A world that one log has for itself, until it is given back. */
export interface LentWorld {
  readonly specification: Specification;
  readonly world: World;
  giveBack(): void;
}

export interface LogWorlds {
  /** `key`: all that makes the specification what it is; `make` is asked where no world of that key is free. */
  lend(key: string, make: () => Specification): LentWorld;
}

/** As many are kept, those that were used last. */
const mostKept = 8;

/** A world never forgets a name, and has an end of them. */
const mostNames = 20_000;

export function createLogWorlds(): LogWorlds {
  const free = new Map<string, Omit<LentWorld, 'giveBack'>>();

  function keep(key: string, one: Omit<LentWorld, 'giveBack'>): void {
    if (one.world.interned() > mostNames) return;
    free.delete(key);
    free.set(key, one);
    const [oldest] = free.keys();
    if (free.size > mostKept && oldest !== undefined) free.delete(oldest);
  }

  return {
    lend(key, make) {
      const known = free.get(key);
      free.delete(key);
      const specification = known?.specification ?? make();
      const one = { specification, world: known?.world ?? specification.makeWorld() };
      one.world.reset();
      let isLent = true;
      return {
        ...one,
        giveBack() {
          if (isLent) keep(key, one);
          isLent = false;
        },
      };
    },
  };
}
