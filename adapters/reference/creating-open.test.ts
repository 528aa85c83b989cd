import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { old, recent, startScenario, type Caller } from './scenario.test-data.ts';

const [make, makeNew] = ['O_RDWR|O_CREAT', 'O_RDWR|O_CREAT|O_EXCL'] as const;

function prepare(kernel: (typeof old | typeof recent)[number]): Caller {
  const caller = startScenario(createReference(kernel)).by(1);
  caller.mount('/a');
  caller.create();
  caller.pin('/a/m', 3);
  caller.mkdir('/a/d');
  return caller;
}

describe.each([...old, ...recent])('open that may make a file, under %s', (kernel) => {
  it.each([
    ['/a/x', 'EACCES', 'EACCES'],
    ['/a/x/', 'EISDIR', 'EISDIR'],
    ['/a/m/', 'EISDIR', 'EISDIR'],
    ['/a/d', 'EISDIR', 'EEXIST'],
    ['/a', 'EISDIR', 'EEXIST'],
    ['/a/m/x', 'ENOTDIR', 'ENOTDIR'],
    ['/a/y/x', 'ENOENT', 'ENOENT'],
    [`/a/${'n'.repeat(256)}`, 'ENAMETOOLONG', 'ENAMETOOLONG'],
    ['/dev/null', 4, 'EEXIST'],
    [null, 'EFAULT', 'EFAULT'],
  ])('answers %j with %s, and with %s if it has to be new', (path, plain, exclusive) => {
    expect(prepare(kernel).open(path, make)).toBe(plain);
    expect(prepare(kernel).open(path, makeNew)).toBe(exclusive);
  });

  it('makes one where files are', () => {
    const caller = prepare(kernel);
    expect(caller.open('/new', makeNew)).toBe(4);
    expect(caller.open('/new', makeNew)).toBe('EEXIST');
    expect(caller.open('/new', make)).toBe(5);
  });
});

describe.each(old)('under %s', (kernel) => {
  it('a pin is found, and what has no name is no new name', () => {
    const caller = prepare(kernel);
    expect([caller.open('/a/m', make), caller.open('/a/m', makeNew)]).toEqual(['ENXIO', 'EEXIST']);
    expect([caller.open('/a/.', makeNew), caller.open('/', makeNew)]).toEqual(['EISDIR', 'EISDIR']);
  });
});

describe.each(recent)('under %s', (kernel) => {
  it('a pin is found, and what has no name exists', () => {
    const caller = prepare(kernel);
    expect([caller.open('/a/m', make), caller.open('/a/m', makeNew)]).toEqual(['EIO', 'EEXIST']);
    expect([caller.open('/a/d/..', makeNew), caller.open('/', makeNew)]).toEqual([
      'EEXIST',
      'EEXIST',
    ]);
    expect(caller.open('/a/x.y', make)).toBe('EPERM');
  });

  it('links are followed to where the file would be, but not if it has to be new', () => {
    const caller = prepare(kernel);
    caller.symlink('x', '/a/l');
    caller.symlink('/a/l', '/a/k');
    caller.symlink('x/', '/a/s');
    caller.symlink('loop', '/a/loop');
    caller.symlink('/f/../new', '/a/out');
    expect(['/a/l', '/a/k'].map((path) => caller.open(path, make))).toEqual(['EACCES', 'EACCES']);
    expect(['/a/s', '/a/loop'].map((path) => caller.open(path, make))).toEqual(['EISDIR', 'ELOOP']);
    expect(['/a/l', '/a/loop'].map((path) => caller.open(path, makeNew))).toEqual([
      'EEXIST',
      'EEXIST',
    ]);
  });
});
