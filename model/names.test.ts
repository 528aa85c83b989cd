import { expect, it } from 'vitest';
import { hostEntries } from './state/host.ts';
import { createNames, dot, dotDot, spelling } from './names.ts';

it('interns a path once, with its components and its trailing slash', () => {
  const names = createNames();
  const id = names.pathId('//a/../b.c/.//');
  expect(names.pathId('//a/../b.c/.//')).toBe(id);
  expect(names.path(id)).toEqual({
    text: '//a/../b.c/.//',
    spelling: spelling.fine,
    names: [names.nameId('a'), dotDot, names.nameId('b.c'), dot],
    trailing: 1,
    start: 'root',
    fd: undefined,
    openFd: -1,
  });
  expect(names.name(names.nameId('b.c'))).toBe('b.c');
  expect(names.path(names.pathId('/')).trailing).toBe(0);
});

it('keeps apart where a path starts', () => {
  const names = createNames();
  const [here, below, open] = [
    names.pathId('a/b'),
    names.pathId('a/b', 3),
    names.pathId('/proc/self/fd/12/b'),
  ];
  expect(names.pathId('a/b', 4)).not.toBe(below);
  expect(names.path(here)).toMatchObject({ start: 'here', fd: undefined, openFd: -1 });
  expect(names.path(below)).toMatchObject({ start: 'fd', fd: 3, openFd: -1 });
  expect(names.path(open)).toMatchObject({ start: 'open-file', openFd: 12 });
  expect(names.path(names.pathId('/a', 3))).toMatchObject({ start: 'root' });
});

it('takes NULL for path 0 and judges what cannot be walked', () => {
  const names = createNames();
  expect(names.pathId(null)).toBe(0);
  expect(names.path(0).spelling).toBe(spelling.fault);
  expect(names.path(names.pathId('')).spelling).toBe(spelling.empty);
  expect(names.path(names.pathId('/'.repeat(4095))).spelling).toBe(spelling.fine);
  expect(names.path(names.pathId('/'.repeat(4096))).spelling).toBe(spelling.tooLong);
});

it('counts bytes of names, not characters, and knows dots', () => {
  const names = createNames();
  expect(names.isTooLong(names.nameId('n'.repeat(255)))).toBe(false);
  expect(names.isTooLong(names.nameId('ü'.repeat(128)))).toBe(true);
  expect(names.isDotted(names.nameId('...'))).toBe(true);
  expect(names.isDotted(dot) || names.isDotted(dotDot)).toBe(false);
});

it('keeps words apart and gives 0 the id 0', () => {
  const names = createNames();
  expect(names.wordId(0)).toBe(0);
  expect(names.word(names.wordId(4_000_000_000))).toBe(4_000_000_000);
});

it('reads a host list and refuses one that hangs in the air', () => {
  expect(hostEntries(['/a/', '/a/f'])).toEqual([
    { parent: 0, name: '', kind: 'directory' },
    { parent: 0, name: 'a', kind: 'directory' },
    { parent: 1, name: 'f', kind: 'regular' },
  ]);
  for (const bad of [['/a/b/'], ['/'], ['a/'], ['/f', '/f/g']]) {
    expect(() => hostEntries(bad)).toThrow('has no directory before it to lie in');
  }
});
