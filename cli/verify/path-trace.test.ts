import { describe, expect, it } from 'vitest';
import type { Action } from '../../checker/index.ts';
import { createSearch } from '../../model/index.ts';
import type { Scope } from '../../properties/index.ts';
import { printStep, printTrace } from '../../traces/index.ts';
import { chooseProfile } from '../selection.ts';
import { pathTrace } from './path-trace.ts';

const one = { processes: 1, superblocks: 1, inodes: 1, dentries: 1, mounts: 1, namespaces: 1 };
const scope: Scope = {
  name: 'releases',
  title: 'A program and its map.',
  bounds: { ...one, descriptors: 2, descriptions: 2, objects: 2, elements: 0 },
  host: ['/a/'],
  paths: ['/a'],
  calls: ['BPF_MAP_CREATE', 'BPF_PROG_LOAD', 'close', 'exit_group'],
  properties: [],
  goals: [],
};
const profile = chooseProfile('linux-6.18', []);
const search = createSearch({ switches: profile.switches, ...scope });

/** The actions that are enabled one after the other, each named by the start of its text. */
function pathOf(starts: readonly string[]): readonly Action[] {
  const words = new Uint32Array(search.words);
  search.reset();
  return starts.map((start) => {
    let found: Action | undefined;
    search.expand((action, ...args) => {
      const label = search.label(action, args);
      const text = 'name' in label ? label.name : printStep(label);
      if (found !== undefined || !text.startsWith(start)) return;
      found = { action, args };
      search.pack(words, 0);
    });
    if (found === undefined) throw new Error(`${start} is not enabled`);
    search.unpack(words, 0);
    return found;
  });
}

const uses = '1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER, map_fd=3}';
const untilReleased = ['1 bpf(BPF_MAP_CREATE', uses, '1 close(3)', '1 close(4)', 'release-map'];

const textOf = (starts: readonly string[]): readonly string[] =>
  printTrace(pathTrace(search, pathOf(starts), { scope, profile, title: 'a title' }))
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/\{.*\}, /, ''));

describe('a path as a trace', () => {
  it('has the header and the outcomes that it takes to replay it', () => {
    expect(textOf(untilReleased.slice(0, 3))).toEqual([
      '#: title: a title',
      '#: profile: linux-6.18',
      '#: host: /a/',
      '#: descriptors: 5',
      '1 bpf(BPF_MAP_CREATE, 16) = 3',
      '1 bpf(BPF_PROG_LOAD, 48) = 4',
      '1 close(3) = 0',
    ]);
  });

  it('tells in what switches its profile was changed', () => {
    const changed = chooseProfile('linux-6.18', [{ name: 'pinPut', value: 'later' }]);
    const { header } = pathTrace(search, [], { scope, profile: changed, title: 'a title' });
    expect(header.map(({ key, value }) => `${key}: ${value}`)).toContain('switch: pinPut=later');
  });

  it('has an internal action as a comment above the call that follows, or at the end', () => {
    expect(textOf([...untilReleased, '1 exit_group']).slice(-3)).toEqual([
      '1 close(4) = 0',
      '# release-map of object 2',
      '1 exit_group(0) = ?',
    ]);
    expect(textOf(untilReleased).at(-1)).toBe('# release-map of object 2');
  });
});
