import { describe, expect, it } from 'vitest';
import { BadInput, CannotStart, messageOf, refusalOf, stackOf } from './bad-input.ts';

describe('failures', () => {
  it('are told in one line', () => {
    expect(messageOf(new CannotStart('no\n  root'))).toBe('no root');
    expect(messageOf('thrown as a text')).toBe('thrown as a text');
    expect(refusalOf(new BadInput("ENOENT: no such file, open '/x'"))).toBe('ENOENT: no such file');
  });

  it('know where they happened, if anything does', () => {
    expect(stackOf(new Error('here'))).toMatch(/^Error: here\n +at /);
    expect(stackOf('thrown as a text')).toBe('thrown as a text');
  });
});
