import { describe, expect, it } from 'vitest';
import { fail, listed, type Path } from '../../model/vocabulary/index.ts';
import { createReference } from './adapter.ts';
import { old, recent } from './scenario.test-data.ts';

const shape = { keySize: 4, valueSize: 4, maxEntries: 1 } as const;

describe.each([...old, ...recent])('readdir under %s', (kernel) => {
  function outcomeOf(path: Path, descriptors = 9) {
    const adapter = createReference(kernel);
    adapter.reset({ host: ['/a/', '/b/', '/f'], watch: [], descriptors });
    const steps = [
      { call: 'mount', target: '/a' },
      { call: 'BPF_MAP_CREATE', type: 'BPF_MAP_TYPE_HASH', ...shape },
      { call: 'BPF_OBJ_PIN', path: '/a/m', fd: 3 },
      { call: 'mkdir', path: '/a/d' },
      { call: 'mkdir', path: '/a/gone' },
      { call: 'bind', source: '/a/gone', target: '/b' },
      { call: 'rmdir', path: '/a/gone' },
      { call: 'readdir', path },
    ] as const;
    return adapter
      .play(
        steps.map((call) => ({ pid: 1, call })),
        'none',
      )
      .at(-1)?.outcome;
  }

  it('shows the names in a directory', () => {
    expect(outcomeOf('/a')).toEqual(listed(['d', 'm']));
    expect(outcomeOf('/a/d/')).toEqual(listed([]));
    expect(outcomeOf('/')).toEqual(listed(['a', 'b', 'f']));
  });

  it.each([
    ['/a/m', 'ENOTDIR'],
    ['/f', 'ENOTDIR'],
    ['/a/none', 'ENOENT'],
    ['/b', 'ENOENT'],
    [null, 'EFAULT'],
    ['', 'ENOENT'],
  ] as const)('of %j answers %s', (path, errno) => {
    expect(outcomeOf(path)).toEqual(fail(errno));
  });

  it('wants a descriptor before it walks, and the path before that', () => {
    expect(outcomeOf('/none', 4)).toEqual(fail('EMFILE'));
    expect(outcomeOf('', 4)).toEqual(fail('ENOENT'));
  });
});
