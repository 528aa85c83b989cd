import { describe, expect, it } from 'vitest';
import type { Path } from '../../model/vocabulary/index.ts';
import { createReference } from './adapter.ts';
import { old, recent, startScenario } from './scenario.test-data.ts';

describe.each([...old, ...recent])('under %s', (kernel) => {
  function prepare() {
    const caller = startScenario(createReference(kernel)).by(1);
    caller.mount('/a');
    caller.create();
    caller.pin('/a/m', 3);
    return caller;
  }

  it.each<[Path, number, 0 | string]>([
    ['/a/m', 0, 0],
    ['/a/m', 4096, 0],
    ['/a', 0, 'EISDIR'],
    ['/a/x', 0, 'ENOENT'],
    ['/a/m/', 0, 'ENOTDIR'],
    [null, 0, 'EFAULT'],
    [null, -1, 'EINVAL'],
  ])('truncate of %j to %i answers %s', (path, length, result) => {
    expect(prepare().call({ call: 'truncate', path, length })).toBe(result);
  });

  it.each<[Path, 0 | string, 0 | string]>([
    ['/a/m', 0, 'EOPNOTSUPP'],
    ['/a', 0, 'EOPNOTSUPP'],
    ['/', 0, 0],
    ['/a/x', 'ENOENT', 'ENOENT'],
    ['/a/m/', 'ENOTDIR', 'ENOTDIR'],
    ['', 'ENOENT', 'ENOENT'],
  ])('utimensat and setxattr of %j answer %s and %s', (path, touched, marked) => {
    const caller = prepare();
    expect(caller.call({ call: 'utimensat', path })).toBe(touched);
    expect(caller.call({ call: 'setxattr', path, name: 'user.a' })).toBe(marked);
  });
});
