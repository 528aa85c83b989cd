/**
 * Which switches a search can tell. Kernels that differ in others only are searched alike: those are set
 * to one value before the search is made, and what it then asks of its switches is noted.
 */
import type { Switches } from '../profiles/index.ts';
import type { SearchOptions } from './search-options.types.ts';

/** The value that a switch is set to where it makes no difference. */
const anyValue = {
  attributes: '6.18',
  unprivileged: 'no-command',
  mountOptions: 'none',
  instance: 'per-mount',
  pinPut: 'at-once',
  dotCheck: 'at-lookup',
  freeze: 'none',
  cgroups: 'none',
  hashKey: 'any-size',
  hashFull: 'after-flags',
  mapsOfMaps: 'none',
  umountAsks: 'before-walk',
  umountSlash: 'ignored',
  userNamespaceMount: 'allowed',
} as const satisfies Partial<Switches>;

/** Which of them tell something apart that a scope tries. */
function matters(options: SearchOptions): Readonly<Record<keyof typeof anyValue, boolean>> {
  const { bounds, calls, paths, host, programs = [], odd = {}, mountData = [] } = options;
  const { targets = [], maps = [] } = options;
  const { raws = [], starts = [], flags = [], shapes = [], paths: oddPaths = [] } = odd;
  const allPaths = [...paths, ...targets, ...oddPaths, ...starts.map(({ path }) => path)];
  const texts = allPaths.map((path) => (typeof path === 'string' ? path : ''));
  const kinds: readonly string[] = [...maps, ...shapes.map(({ type }) => type)];
  const hasSlots = (bounds.slots ?? 0) > 0;
  const hasHashes = hasSlots || kinds.some((kind) => kind !== 'BPF_MAP_TYPE_ARRAY');
  return {
    attributes:
      bounds.restricting === 1 || raws.length > 0 || starts.length > 0 || flags.length > 0,
    unprivileged: bounds.permissions === 1,
    mountOptions: mountData.length > 0,
    // Instances are made by one call.
    instance: calls.includes('mount'),
    pinPut: calls.includes('BPF_OBJ_PIN'),
    dotCheck: texts.some((path) => path.includes('.')) || host.some((path) => path.includes('.')),
    freeze: calls.includes('BPF_MAP_FREEZE'),
    cgroups:
      programs.length > 0 ||
      host.some((path) => path.includes('cgroup')) ||
      calls.some((call) => call === 'BPF_PROG_ATTACH' || call === 'BPF_PROG_DETACH'),
    hashKey: hasHashes,
    hashFull: hasHashes,
    mapsOfMaps: hasSlots || kinds.some((kind) => kind.endsWith('OF_MAPS')) || shapes.length > 0,
    umountAsks: bounds.permissions === 1,
    umountSlash: texts.some((path) => path.endsWith('/')),
    userNamespaceMount: bounds.userNamespaces !== undefined,
  };
}

/**
 * The switches with those that make no difference to the rows of this scope set to one value: what only
 * tells arguments apart that the scope does not try, calls that it does not make, or users where there
 * is one.
 */
export function relevantSwitches(options: SearchOptions): Switches {
  const { switches } = options;
  const told: Readonly<Record<string, boolean>> = matters(options);
  return {
    ...switches,
    ...Object.fromEntries(Object.entries(anyValue).filter(([name]) => told[name] === false)),
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
