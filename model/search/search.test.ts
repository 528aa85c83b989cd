import { describe, expect, it } from 'vitest';
import { profileNames, profiles, type CallName, type ProfileName } from '../index.ts';
import { bothWays, explore, failuresOf } from './explored.test-data.ts';
import type { SearchOptions } from './search-options.types.ts';
import { createSearch } from './search.ts';

/** The calls of the first release, in whose small world states were counted. */
const firstCalls = [
  'BPF_MAP_CREATE',
  'BPF_MAP_UPDATE_ELEM',
  'BPF_MAP_LOOKUP_ELEM',
  'BPF_PROG_LOAD',
  'BPF_OBJ_PIN',
  'BPF_OBJ_GET',
  'close',
  'dup',
  'fork',
  'exit_group',
  'kill',
  'mkdir',
  'rmdir',
  'unlink',
  'mount',
  'bind',
  'umount2',
  'unshare',
] as const satisfies readonly CallName[];

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
    calls: firstCalls,
  };
}

describe.each(profileNames)('a search under %s', (profile) => {
  it('sees by its drivers what it sees by the loop, on every transition', () => {
    const probe = createSearch(small(profile));
    let states = 0;
    explore(createSearch(small(profile)), (key) => {
      const { byDrivers, byLoop } = bothWays(probe, key);
      states++;
      if (byDrivers.join() !== byLoop.join()) expect(byDrivers).toEqual(byLoop);
    });
    expect(states).toBeGreaterThan(5_000);
  });

  it('leaves the state as it was after every attempt that fails', () => {
    const probe = createSearch(small(profile));
    const errors = new Set<string>();
    const seen = (key: string): void => {
      const failures = failuresOf(probe, key);
      if (failures.after.size > 1) expect([...failures.after]).toEqual([key]);
      for (const error of failures.errors) errors.add(error);
    };
    explore(createSearch(small(profile)), seen, 2_000);
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
