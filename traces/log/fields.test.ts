import { describe, expect, it } from 'vitest';
import { fieldOf, fieldsBehind, fieldsOf } from './fields.ts';

const pairs = (text: string): readonly string[] =>
  fieldsOf(text).map(({ name, value }) => `${name}: ${value}`);

describe('the fields of a call', () => {
  it('are found at any depth, the outer one in front of what it holds', () => {
    expect(pairs('3, {a=1, b={c=[2, 3], d=f(4, e=5)}}, g=6')).toEqual([
      'a: 1',
      'b: {c=[2, 3], d=f(4, e=5)}',
      'c: [2, 3]',
      'd: f(4, e=5)',
      'e: 5',
      'g: 6',
    ]);
  });

  it.each([
    ['in quotes', '{a="x, b=1, {c=2", d=3}', ['a: "x, b=1, {c=2"', 'd: 3']],
    ['behind an escaped quote', '{a="x\\", b=1", d=3}', ['a: "x\\", b=1"', 'd: 3']],
    ['in what -y shows', '{a=4</tmp/x, b=1[{>, d=3}', ['a: 4</tmp/x, b=1[{>', 'd: 3']],
    ['in what -yy shows', '{a=4<UNIX:[1->2, b=1]>, d=3}', ['a: 4<UNIX:[1->2, b=1]>', 'd: 3']],
    ['in a remark', '{a=0x4 /* b=1 */, d=3}', ['a: 0x4 /* b=1 */', 'd: 3']],
  ])('are none %s', (_, text, found) => {
    expect(pairs(text)).toEqual(found);
  });

  it.each([
    ['{a=1, b={c=2', ['a: 1', 'b: {c=2', 'c: 2']],
    ['{a="1, b=2}', ['a: "1, b=2}']],
    ['{a=4</tmp, b=2}', ['a: 4</tmp, b=2}']],
    ['a=1}, b=2', ['a: 1', 'b: 2']],
    ['{a=1, b=', ['a: 1', 'b: ']],
    ['', []],
  ])('go on to the end of what was cut: %s', (text, found) => {
    expect(pairs(text)).toEqual(found);
  });

  it('are read in one pass, however deep and however many they are', () => {
    const deep = fieldsOf('{a='.repeat(100_000));
    expect([deep.length, deep[0]?.value.length]).toEqual([100_000, 299_997]);
    expect(fieldsOf(`{${'b=4<, '.repeat(100_000)}`)).toHaveLength(1);
    expect(fieldsOf(`{${'b=", '.repeat(100_000)}`)).toHaveLength(50_000);
  });
});

describe('a field', () => {
  it('is the first of its name', () => {
    const fields = fieldsOf('{a=1, b={a=2}}');
    expect([fieldOf(fields, 'a'), fieldOf(fields, 'c')]).toEqual(['1', undefined]);
  });

  it('belongs to the one it stands behind, up to the next of that name', () => {
    const fields = fieldsOf('[{t=X, d=1}, {t=Y, d=2}, {t=X}, {t=X, e=3, d=4, d=5}]');
    expect(fieldsBehind(fields, { name: 't', value: 'X' }, 'd')).toEqual(['1', '4']);
  });
});
