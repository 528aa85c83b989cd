import { describe, expect, it } from 'vitest';
import { callNames, profileNames, profiles, type ProfileName } from '../index.ts';
import type { SearchOptions } from './search-options.types.ts';
import { createSearch, type Search } from './search.ts';

function small(profile: ProfileName): SearchOptions {
  return {
    switches: profiles[profile],
    bounds: {
      processes: 2,
      descriptors: 1,
      descriptions: 2,
      objects: 1,
      elements: 1,
      superblocks: 1,
      inodes: 2,
      dentries: 2,
      mounts: 2,
      namespaces: 2,
    },
    host: ['/b/'],
    paths: ['/b', '/b/x'],
    calls: callNames,
  };
}

/** Every reachable packed state, in breadth-first order, by the given way to expand. */
function explore(search: Search, seen: (packed: string) => void): number {
  const known = new Set<string>();
  const queue: Uint32Array[] = [];
  let transitions = 0;
  const keep = (): void => {
    const packed = new Uint32Array(search.words);
    search.pack(packed, 0);
    const key = packed.join();
    if (!known.has(key)) {
      known.add(key);
      queue.push(packed);
      seen(key);
    }
  };
  search.reset();
  keep();
  for (const packed of queue) {
    search.unpack(packed, 0);
    search.expand(() => {
      transitions++;
      keep();
    });
  }
  return transitions;
}

function visitsOf(search: Search, expand: Search['expand']): string[] {
  const visits: string[] = [];
  const packed = new Uint32Array(search.words);
  expand((...label) => {
    search.pack(packed, 0);
    visits.push(`${label.join()} ${JSON.stringify(search.outcome())} ${packed.join()}`);
  });
  return visits;
}

describe.each(profileNames)('a search under %s', (profile) => {
  it('sees by its drivers what it sees by the loop, on every transition', () => {
    const search = createSearch(small(profile));
    const probe = createSearch(small(profile));
    let states = 0;
    const packed = new Uint32Array(search.words);
    explore(search, (key) => {
      key.split(',').forEach((word, k) => {
        packed[k] = Number(word);
      });
      probe.unpack(packed, 0);
      const byDrivers = visitsOf(probe, (visit) => {
        probe.expand(visit);
      });
      const byLoop = visitsOf(probe, (visit) => {
        probe.expandByLoop(visit);
      });
      states++;
      byDrivers.sort();
      byLoop.sort();
      if (byDrivers.join() !== byLoop.join()) expect(byDrivers).toEqual(byLoop);
    });
    expect(states).toBeGreaterThan(5_000);
  });

  it('leaves the state as it was after every attempt that fails', () => {
    const search = createSearch(small(profile));
    const probe = createSearch(small(profile));
    const packed = new Uint32Array(search.words);
    const after = new Uint32Array(search.words);
    const errors = new Set<string>();
    let states = 0;
    explore(search, (key) => {
      if (++states > 2_000) return;
      key.split(',').forEach((word, k) => {
        packed[k] = Number(word);
      });
      probe.unpack(packed, 0);
      probe.attempt(() => {
        probe.pack(after, 0);
        if (after.join() !== key) expect(after.join()).toBe(key);
        const outcome = probe.outcome();
        if (!outcome.ok) errors.add(outcome.errno);
      });
    });
    expect([...errors].sort()).toEqual([
      'EACCES',
      'EBADF',
      'EBUSY',
      'EEXIST',
      'EINVAL',
      'EISDIR',
      'EMFILE',
      'ENOENT',
      'ENOTDIR',
      'EPERM',
      'ESRCH',
    ]);
  });

  it('counts the same states and transitions as ever', () => {
    const search = createSearch(small(profile));
    let states = 0;
    const transitions = explore(search, () => states++);
    expect({ states, transitions }).toMatchSnapshot();
  });

  it('names its transitions as calls', () => {
    const search = createSearch(small(profile));
    const labels: unknown[] = [];
    search.expand((action, ...args) => labels.push(search.label(action, args)));
    expect(labels).toMatchSnapshot();
    expect(search.label(search.actions.indexOf('release-map'), [2])).toEqual({
      name: 'release-map',
      object: 2,
    });
  });
});

describe('the generated text', () => {
  it('is printed for audit', () => {
    const source = createSearch({ ...small('linux-6.18'), calls: ['BPF_OBJ_PIN'] }).source();
    const [driver = '', pack = '', unpack = ''] = source.split('\n\n');
    expect(driver).toMatchSnapshot();
    expect(pack).toMatch(
      /^\/\/ pack\ninto\[at \+ 0\] = \(Math\.imul\(state\[0\], \d+\) >>> 24\) << 0 \|/,
    );
    expect(unpack).toContain('const w0 = from[at + 0];\n');
  });
});
