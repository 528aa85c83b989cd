import { describe, expect, it } from 'vitest';
import { search as searchStates } from '../../checker/index.ts';
import { createSearch, profiles } from '../../model/index.ts';
import type { Search } from '../../model/index.ts';
import type { Property } from '../../properties/index.ts';
import { watchPaths } from '../../properties/index.ts';
import { checkedProperty } from './claims.ts';
import { createCurrentState } from './current-state.ts';

const one = { processes: 1, superblocks: 1, inodes: 1, dentries: 1, mounts: 1, namespaces: 1 };
const paths = ['/a'];

const sound = createSearch({
  switches: profiles['linux-6.18'],
  bounds: { ...one, descriptors: 2, descriptions: 2, objects: 2, elements: 0 },
  host: ['/a/'],
  paths,
  calls: ['BPF_MAP_CREATE', 'close'],
});

/** The same world, but a failing close leaves a new map behind. */
function leaky(): Search {
  const other = new Uint32Array(sound.words);
  sound.reset();
  sound.expand((action) => {
    if (sound.actions[action] === 'BPF_MAP_CREATE') sound.pack(other, 0);
  });
  return {
    ...sound,
    attempt: (visit) =>
      sound.attempt((...label) => {
        sound.unpack(other, 0);
        visit(...label);
      }),
  };
}

/** Content with anything. */
const indifferent: Property = {
  kind: 'step',
  id: 'indifferent',
  title: 'Nothing is claimed.',
  needs: [],
  source: 'a test',
  failing: 'judged',
  holds: () => true,
};

function violations(search: Search, property: Property): readonly string[] {
  const state = createCurrentState(search, watchPaths(paths), 'drivers');
  const limits = { states: 1000, memory: 1e8, stop: () => false };
  const result = searchStates(state.system, [checkedProperty(property, state)], limits);
  return result.violations.map((violation) => violation.property);
}

describe('a property that judges failing calls', () => {
  it('breaks when a failing call leaves a trace, whatever its predicate says', () => {
    expect(violations(sound, indifferent)).toEqual([]);
    expect(violations(leaky(), indifferent)).toEqual(['indifferent']);
  });

  it('sees the state that a failing call left as it found it', () => {
    const sameState: Property = {
      ...indifferent,
      holds: (before, { outcome }, after) => outcome.ok || before === after,
    };
    expect(violations(sound, sameState)).toEqual([]);
  });
});

describe('a property that judges calls that succeed', () => {
  it('sees what was and what is', () => {
    const counts: string[] = [];
    const seen: Property = {
      ...indifferent,
      failing: 'skipped',
      holds: (before, { call, outcome }, after) => {
        const fd = outcome.ok ? String(outcome.value) : outcome.errno;
        counts.push(`${call.call} ${fd} ${before.alive.join('')} ${after.alive.join('')}`);
        return true;
      },
    };
    expect(violations(sound, seen)).toEqual([]);
    expect(counts[0]).toBe('BPF_MAP_CREATE 3 000 010');
    expect(counts).toContain('close 0 010 000');
    expect(counts).toContain('BPF_MAP_CREATE 4 010 011');
  });
});
