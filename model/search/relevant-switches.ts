/**
 * Which switches a search can tell. Kernels that differ in others only are searched alike: those are set
 * to one value before the search is made, and what it then asks of its switches is noted.
 */
import type { Switches } from '../profiles/index.ts';
import type { SearchOptions } from './search-options.types.ts';

/**
 * The switches with those that make no difference to the rows of this scope set to one value: what only
 * tells arguments apart that the scope does not try, or users where there is one.
 */
export function relevantSwitches(options: SearchOptions): Switches {
  const { switches, bounds, odd = {}, mountData = [] } = options;
  const { raws = [], starts = [], flags = [] } = odd;
  const asksAttributes =
    bounds.restricting === 1 || raws.length > 0 || starts.length > 0 || flags.length > 0;
  return {
    ...switches,
    ...(asksAttributes ? {} : { attributes: '6.18' }),
    ...(bounds.permissions === 1 ? {} : { unprivileged: 'no-command' }),
    ...(mountData.length > 0 ? {} : { mountOptions: 'none' }),
    // Far more references than the rows of a search can make.
    ...(switches.refLimit === '32768' ? { refLimit: 'none' } : {}),
  };
}

export interface NotedSwitches {
  /** The same switches; whichever is read is noted. */
  readonly switches: Switches;
  /** True if other switches have the same values wherever these were read. */
  readonly answer: (others: Switches) => boolean;
}

/**
 * Switches that note which of them are read. What is computed from them and nothing else would come out
 * the same with any others that agree in those.
 */
export function notedSwitches(switches: Switches): NotedSwitches {
  const read = new Set<string>();
  const noted = { ...switches };
  for (const [name, value] of Object.entries(switches)) {
    Object.defineProperty(noted, name, {
      enumerable: true,
      get() {
        read.add(name);
        return value;
      },
    });
  }
  return {
    switches: noted,
    answer(others) {
      const own = new Map(Object.entries(switches));
      return Object.entries(others).every(
        ([name, value]) => !read.has(name) || own.get(name) === value,
      );
    },
  };
}
