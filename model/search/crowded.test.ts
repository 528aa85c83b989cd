import { describe, expect, it } from 'vitest';
import { callNames, profileNames, profiles, type ProfileName } from '../index.ts';
import { bothWays, explore, failuresOf } from './explored.test-data.ts';
import type { SearchOptions } from './search-options.types.ts';
import { createSearch } from './search.ts';

type World = Omit<SearchOptions, 'switches' | 'host' | 'paths'>;

const bare = {
  processes: 1,
  descriptors: 2,
  descriptions: 2,
  objects: 1,
  elements: 1,
  superblocks: 1,
  inodes: 1,
  dentries: 1,
  mounts: 1,
  namespaces: 1,
};

/** Small worlds that are searched to their end. */
const worlds: Readonly<Record<string, World>> = {
  sockets: {
    bounds: { ...bare, descriptions: 3, sockets: 2, messages: 1, attachments: 1 },
    calls: [
      'BPF_PROG_LOAD',
      'close',
      'dup',
      'execve',
      'socketpair',
      'sendmsg',
      'recvmsg',
      'SO_ATTACH_BPF',
      'SO_DETACH_FILTER',
    ],
  },
  slots: {
    bounds: { ...bare, objects: 3, slots: 2 },
    calls: [
      'BPF_MAP_CREATE',
      'BPF_MAP_UPDATE_ELEM',
      'BPF_MAP_LOOKUP_ELEM',
      'BPF_MAP_DELETE_ELEM',
      'BPF_MAP_GET_NEXT_KEY',
      'BPF_PROG_LOAD',
      'BPF_PROG_TEST_RUN',
      'close',
      'dup',
    ],
    maps: [
      'BPF_MAP_TYPE_PROG_ARRAY',
      'BPF_MAP_TYPE_ARRAY',
      'BPF_MAP_TYPE_ARRAY_OF_MAPS',
      'BPF_MAP_TYPE_HASH_OF_MAPS',
    ],
    values: [3, 4],
  },
  tables: {
    bounds: { ...bare, processes: 2, plainFiles: 1, sharedTables: 1 },
    calls: ['close', 'dup2', 'dup3', 'open', 'pipe2', 'clone', 'execve', 'kill'],
  },
};

/** All of it in one world, which is too large to be searched to its end here. */
const everything: World = {
  bounds: {
    ...bare,
    processes: 2,
    objects: 2,
    inodes: 2,
    dentries: 2,
    slots: 1,
    sockets: 2,
    messages: 1,
    attachments: 1,
    plainFiles: 1,
    sharedTables: 1,
  },
  calls: callNames,
  maps: ['BPF_MAP_TYPE_PROG_ARRAY', 'BPF_MAP_TYPE_ARRAY', 'BPF_MAP_TYPE_ARRAY_OF_MAPS'],
  values: [3, 4],
};
const someStates = 1_500;

function scopeOf(profile: ProfileName, world: World): SearchOptions {
  return {
    switches: profiles[profile],
    host: ['/b/'],
    paths: ['/dev/null', '/b', '/b/x'],
    ...world,
  };
}

const cases = [
  ...Object.entries(worlds).map(([name, world]) => ({ name, world, most: undefined })),
  { name: 'some of everything', world: everything, most: someStates },
].flatMap((one) => profileNames.map((profile) => ({ ...one, profile })));

describe.each(cases)('a search of $name under $profile', ({ profile, world, most }) => {
  const scope = scopeOf(profile, world);

  it('sees by its drivers what it sees by the loop, and leaves no trace of what fails', () => {
    const probe = createSearch(scope);
    const errors = new Set<string>();
    let states = 0;
    const seen = (key: string): void => {
      states++;
      const { byDrivers, byLoop } = bothWays(probe, key);
      if (byDrivers.join() !== byLoop.join()) expect(byDrivers).toEqual(byLoop);
      const failures = failuresOf(probe, key);
      if (failures.after.size > 1) expect([...failures.after]).toEqual([key]);
      for (const error of failures.errors) errors.add(error);
    };
    const transitions = explore(createSearch(scope), seen, most);
    expect({ states, transitions, errors: [...errors].sort().join(' ') }).toMatchSnapshot();
  });
});

describe('the effects of a search', () => {
  it('are those that its bounds and its kernel have room for', () => {
    const { tables = everything, sockets = everything, slots = everything } = worlds;
    const effects = (profile: ProfileName, world: World): readonly string[] =>
      createSearch(scopeOf(profile, world)).effects;
    expect(effects('linux-4.4', tables)).toEqual(['release-map']);
    expect(effects('linux-4.4', sockets)).toEqual([
      'release-map',
      'release-filter',
      'collect-sockets',
    ]);
    expect(effects('linux-6.1', slots)).toEqual(['release-map', 'clear-slots', 'release-inode']);
  });

  it('are named with the row they are about', () => {
    const search = createSearch(scopeOf('linux-6.18', everything));
    for (const name of search.effects) {
      const label = search.label(search.actions.indexOf(name), [1]);
      expect(label).toEqual({ name, object: 1 });
    }
  });
});
