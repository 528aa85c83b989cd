import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/run-pinproof.ts';
import type { TraceFile } from '../replay/read-trace.ts';
import { chooseProfile } from '../selection.ts';
import { groupsOf, isOf, readCorpus } from './corpus.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const fork = '1 fork() = 2\n';
const write = (name: string, text: string): void => {
  const file = join(folder.path, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
};

write('b/2.trace', `#: profile: linux-6.18\n#: host: /a/\n${fork}`);
write('b/10.trace', `#: profile: linux-4.4, linux-4.6\n#: host: /a/\n#: descriptors: 5\n${fork}`);
write('a.trace', `#: profile: linux-6.18\n#: switch: pinPut=later\n#: host: /a/\n${fork}${fork}`);
write('c.trace', `#: unprivileged-bpf-disabled: 0\n#: host: /a/\n${fork}`);
write('notes.txt', 'no trace');
mkdirSync(join(folder.path, 'empty.trace'));

const corpus = readCorpus(folder.path);
const names = (traces: readonly TraceFile[]): readonly string[] =>
  traces.map(({ file }) => file.slice(folder.path.length + 1));

describe('a corpus', () => {
  it('is all traces in a folder and below, in the order of their names', () => {
    expect(names(corpus)).toEqual(['a.trace', 'b/10.trace', 'b/2.trace', 'c.trace']);
  });

  it('is bad input if there are none, or no such folder', () => {
    const none = join(folder.path, 'empty.trace');
    expect(() => readCorpus(none)).toThrow(
      `there is no trace in ${none}; give a folder of .trace files to --corpus.`,
    );
    const nowhere = join(folder.path, 'nowhere');
    expect(() => readCorpus(nowhere)).toThrow(
      `the traces in ${nowhere} cannot be read (ENOENT: no such file or directory); choose another folder with --corpus.`,
    );
    expect(() => readCorpus(join(folder.path, 'a.trace'))).toThrow('ENOTDIR');
  });

  it('tells of a profile by those traces that name it, with its switches, or none', () => {
    const of = (...given: Parameters<typeof chooseProfile>): readonly string[] =>
      names(corpus.filter((trace) => isOf(chooseProfile(...given), trace)));
    expect(of('linux-6.18', [])).toEqual(['b/2.trace', 'c.trace']);
    expect(of('linux-4.6', [])).toEqual(['b/10.trace', 'c.trace']);
    expect(of('linux-6.18', [{ name: 'pinPut', value: 'later' }])).toEqual(['a.trace']);
  });
});

describe('groups of traces', () => {
  it('begin in the same world: host tree, limit of descriptors, and setting', () => {
    const groups = groupsOf(corpus);
    expect(groups.map(({ traces }) => names(traces))).toEqual([
      ['a.trace', 'b/2.trace'],
      ['b/10.trace'],
      ['c.trace'],
    ]);
    expect(groups.map(({ start }) => start)).toEqual([
      { host: ['/a/'], descriptors: null },
      { host: ['/a/'], descriptors: 5 },
      { host: ['/a/'], descriptors: null, unprivilegedBpf: 'allowed' },
    ]);
  });

  it('have bounds with room for each trace', () => {
    const own = corpus.flatMap((trace) => groupsOf([trace]));
    const [first, second] = groupsOf(corpus);
    const [a, b, c] = own;
    expect(first?.bounds).toEqual(a?.bounds);
    expect(first?.bounds.processes).toBeGreaterThan(c?.bounds.processes ?? Infinity);
    expect(second?.bounds).toEqual(b?.bounds);
    // In whichever order they come.
    expect(groupsOf([...corpus].reverse())[1]?.bounds).toEqual(first?.bounds);
  });
});
