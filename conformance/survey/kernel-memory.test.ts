import { describe, expect, it } from 'vitest';
import { profiles, withSwitch } from '../../model/index.ts';
import type { Switches } from '../../model/index.ts';
import { createKernelMemory } from './kernel-memory.ts';

const kernel = profiles['linux-6.18'];
const otherPut = withSwitch(kernel, 'pinPut', 'later');
const otherFd = withSwitch(kernel, 'pinBadFd', 'EBADF');

describe('what is remembered of kernels', () => {
  it('holds for all that agree in the switches that were read', () => {
    const memory = createKernelMemory<string>();
    let asked = 0;
    const put = (is: Switches): string => `${is.pinPut}, asked ${++asked} times`;
    const answers = [kernel, otherFd, otherPut, kernel, otherPut].map((is) =>
      memory('put', put, is),
    );
    const [first, second] = ['at-once, asked 1 times', 'later, asked 2 times'];
    expect(answers).toEqual([first, first, second, first, second]);
  });

  it('is of one thing', () => {
    const memory = createKernelMemory<string>();
    expect(memory('put', (is) => is.pinPut, kernel)).toBe('at-once');
    expect(memory('bad descriptor', (is) => is.pinBadFd, kernel)).toBe('EINVAL');
  });

  it('tells two kernels apart, and which of them is which', () => {
    const memory = createKernelMemory<string>();
    const both = (one: Switches, two: Switches): string => `${one.pinPut} ${two.pinBadFd}`;
    const pairs = [
      [kernel, kernel],
      [otherPut, kernel],
      [kernel, otherPut],
      [kernel, otherFd],
    ] as const;
    expect(pairs.map(([one, two]) => memory('both', both, one, two))).toEqual([
      'at-once EINVAL',
      'later EINVAL',
      'at-once EINVAL',
      'at-once EBADF',
    ]);
  });
});
