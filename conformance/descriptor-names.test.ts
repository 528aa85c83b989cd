import { describe, expect, it } from 'vitest';
import { createDescriptorNames } from './descriptor-names.ts';

const load = { call: 'BPF_PROG_LOAD', mapFd: null } as const;

describe('the names of descriptors', () => {
  it('replaces the model’s numbers by the adapter’s, and back', () => {
    const names = createDescriptorNames();
    expect(names.note(1, load, 3, 77)).toBe('noted');
    expect(names.toTheirs(1, { call: 'close', fd: 3 })).toEqual({ call: 'close', fd: 77 });
    expect(names.toTheirs(1, { call: 'BPF_PROG_LOAD', mapFd: 3 })).toMatchObject({ mapFd: 77 });
    expect([names.toOurs(1, 77), names.toOurs(2, 77)]).toEqual([3, undefined]);
  });

  it('leaves calls without a descriptor and standard descriptors alone', () => {
    const names = createDescriptorNames();
    expect(names.toTheirs(1, { call: 'fork' })).toEqual({ call: 'fork' });
    expect(names.toTheirs(1, { call: 'close', fd: 0 })).toEqual({ call: 'close', fd: 0 });
    expect(names.toOurs(1, 2)).toBe(2);
  });

  it('gives a descriptor that is not open a number that is none', () => {
    const names = createDescriptorNames();
    names.note(1, load, 3, 4);
    names.note(1, { call: 'close', fd: 3 }, 0, 0);
    expect(names.toTheirs(1, { call: 'close', fd: 3 })).toEqual({ call: 'close', fd: 1_000_003 });
  });

  it('copies the names of a parent to its child', () => {
    const names = createDescriptorNames();
    names.note(1, load, 3, 77);
    names.note(1, { call: 'fork' }, 2, 2);
    names.note(1, { call: 'close', fd: 3 }, 0, 0);
    expect([names.toOurs(1, 77), names.toOurs(2, 77)]).toEqual([undefined, 3]);
  });

  it('notices a number that is given twice', () => {
    const names = createDescriptorNames();
    names.note(1, load, 3, 77);
    expect(names.note(1, load, 4, 77)).toBe('taken');
  });
});
