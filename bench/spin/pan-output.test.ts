import { describe, expect, it } from 'vitest';
import { readPan, readTimes } from './pan-output.ts';

const report = `
State-vector 44 byte, depth reached 3956, errors: 0
  4035944 states, stored
 42577961 states, matched
 46613905 transitions (= stored+matched)
  649.757	memory usage (Mbyte)
`;

describe("pan's report", () => {
  it('is read with the initial state taken off the transitions', () => {
    expect(readPan(report)).toEqual({
      complete: true,
      counts: {
        states: 4_035_944,
        transitions: 46_613_904,
        depth: 3956,
        vectorBytes: 44,
        memoryMegabytes: 649.757,
      },
    });
  });

  it.each([
    ['error: max search depth too small', 'the search depth was too small'],
    ['pan: reached -DMEMLIM bound', 'the memory limit was reached'],
    ['Warning: Search not completed', 'the search was not completed'],
    [
      'pan:1: assertion violated (now.x==1) (at depth 7)',
      'assertion violated (now.x==1) (at depth 7)',
    ],
  ])('is no answer with "%s"', (line, why) => {
    expect(readPan(line + report)).toEqual({ complete: false, why });
  });

  it('is no answer when it breaks off or tells of errors', () => {
    expect(readPan('').complete).toBe(false);
    expect(readPan(report.replace('errors: 0', 'errors: 1')).complete).toBe(false);
  });
});

describe("the shell's times", () => {
  it('are those of its children, user and system', () => {
    expect(readTimes('0m0.01s 0m0.02s\n1m2.50s 0m0.25s\n')).toBe(62.75);
  });
});
