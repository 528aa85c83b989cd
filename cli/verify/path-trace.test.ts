import { describe, expect, it } from 'vitest';
import type { Action } from '../../checker/index.ts';
import { createSearch } from '../../model/index.ts';
import type { Scope } from '../../properties/index.ts';
import { printStep, printTrace } from '../../traces/index.ts';
import { chooseProfile } from '../selection.ts';
import { createPathTracer, pathTrace } from './path-trace.ts';

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
const ofReleases = createSearch({ switches: profile.switches, ...scope });

/** The actions that are enabled one after the other, each named by the start of its text. */
function pathOf(starts: readonly string[], search = ofReleases): readonly Action[] {
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
  printTrace(pathTrace(ofReleases, pathOf(starts), { scope, profile, title: 'a title' }))
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
    const { header } = pathTrace(ofReleases, [], { scope, profile: changed, title: 'a title' });
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

  it('has the outcomes that calls have once an internal action has made room', () => {
    const older = chooseProfile('linux-6.1', []);
    const pins: Scope = {
      ...scope,
      bounds: { ...scope.bounds, inodes: 2, dentries: 2 },
      paths: ['/a', '/a/x'],
      calls: ['BPF_MAP_CREATE', 'BPF_OBJ_PIN', 'unlink', 'mount'],
    };
    const pinning = createSearch({ switches: older.switches, ...pins });
    const pin = '1 bpf(BPF_OBJ_PIN';
    const starts = ['1 mount', '1 bpf(BPF_MAP_CREATE', pin, '1 unlink', 'release-inode', pin];
    const path = pathOf(starts, pinning);
    const { events } = pathTrace(pinning, path, { scope: pins, profile: older, title: 'a title' });
    expect(events.at(-1)).toMatchObject({
      comments: [expect.stringMatching(/^release-inode /)],
      outcome: { ok: true, value: 0 },
    });
  });

  it('begins anew where traces are made one after the other', () => {
    const tracer = createPathTracer(ofReleases, { scope, profile });
    const path = pathOf(untilReleased);
    expect(printTrace(tracer(path, 'a title'))).toBe(printTrace(tracer(path, 'a title')));
  });

  it('says in its header where users without capabilities may use bpf', () => {
    const allowed = { ...scope, bounds: { ...scope.bounds, unprivilegedBpf: 1 as const } };
    const { header } = pathTrace(ofReleases, [], { scope: allowed, profile, title: 'a title' });
    expect(header).toContainEqual({ line: 0, key: 'unprivileged-bpf-disabled', value: '0' });
  });
});
