import { describe, expect, it } from 'vitest';
import { differencesText, plain } from './index.ts';
import type { SwitchDifference } from './index.ts';

const told: SwitchDifference = {
  switch: 'colour',
  older: 'red',
  newer: 'green',
  trace: {
    file: 'colours/a.trace',
    conforms: 'new',
    line: 7,
    call: '1 fork()',
    answers: { new: '2', old: 'EPERM or 0' },
  },
  why: null,
};
const untold: SwitchDifference = {
  switch: 'size',
  older: 'small',
  newer: 'big',
  trace: null,
  why: 'Nobody looked.',
};

describe('the differences of profiles', () => {
  const text = (...switches: readonly SwitchDifference[]): readonly string[] =>
    differencesText([{ older: 'old', newer: 'new', switches }], plain)
      .split('\n')
      .slice(3);

  it('are a call each, with the older answer first, or a reason', () => {
    expect(text(told, untold)).toEqual([
      'old and new differ in 2 switches',
      '  colour: red, then green',
      '    colours/a.trace:7',
      '      1 fork()',
      '      old: EPERM or 0; new: 2',
      '  size: small, then big',
      '    no trace is known. Nobody looked.',
      '',
    ]);
  });

  it('count one switch as one', () => {
    expect(text(told)[0]).toBe('old and new differ in 1 switch');
  });
});
