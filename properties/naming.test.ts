import { describe, expect, it } from 'vitest';
import type { Call } from '../model/index.ts';
import { namesLeadOn } from './naming.ts';
import { directory, done, observe, pinned, refused } from './observation.test-data.ts';
import type { Shown } from './observation.test-data.ts';

type Sees = Readonly<Record<string, Shown>>;

const base: Sees = { '/a': directory(1), '/b': directory(2) };
const [one, two] = [pinned(1, 1), pinned(2, 1)];
const both = { from: '/a/x', to: '/a/y' } as const;
const link: Call = { call: 'link', ...both };
const rename = { call: 'rename', ...both } as const;
const replace: Call = { call: 'renameat2', ...both, flag: 'RENAME_NOREPLACE' };
const exchange = { call: 'renameat2', ...both, flag: 'RENAME_EXCHANGE' } as const;

const scene = (sees: Sees) => observe({ processes: { 1: { sees: { ...base, ...sees } } } });

/** Judges a call of process 1 by what it sees before and after it. */
const judge = (call: Call, from: Sees, to: Sees): boolean =>
  namesLeadOn.holds(scene(from), done(1, call), scene(to));

describe('names-lead-on, of a link', () => {
  it('holds when both names lead to what the old one led to', () => {
    expect(judge(link, { '/a/x': one }, { '/a/x': one, '/a/y': one })).toBe(true);
  });

  it('breaks when either leads elsewhere, or to nothing', () => {
    expect(judge(link, { '/a/x': one }, { '/a/x': one })).toBe(false);
    expect(judge(link, { '/a/x': one }, { '/a/y': one })).toBe(false);
    expect(judge(link, { '/a/x': one }, { '/a/x': one, '/a/y': two })).toBe(false);
    expect(judge(link, { '/a/x': one }, { '/a/x': two, '/a/y': one })).toBe(false);
  });
});

describe('names-lead-on, of a rename', () => {
  it('holds when the new name leads to it and the old one to nothing', () => {
    for (const call of [rename, replace]) {
      expect(judge(call, { '/a/x': one }, { '/a/y': one })).toBe(true);
    }
    expect(judge(rename, { '/a/x': one, '/a/y': two }, { '/a/y': one })).toBe(true);
  });

  it('breaks when the old name stays, or the new one leads elsewhere', () => {
    for (const call of [rename, replace]) {
      expect(judge(call, { '/a/x': one }, { '/a/x': one, '/a/y': one })).toBe(false);
      expect(judge(call, { '/a/x': one }, {})).toBe(false);
      expect(judge(call, { '/a/x': one }, { '/a/y': two })).toBe(false);
    }
    expect(judge(rename, { '/a/x': one, '/a/y': two }, { '/a/x': two, '/a/y': one })).toBe(false);
  });

  it('lets two names of what may be one inode both stay', () => {
    const names = { '/a/x': one, '/a/y': one };
    expect(judge(rename, names, names)).toBe(true);
    expect(judge(rename, names, { '/a/y': one })).toBe(true);
    expect(judge(rename, names, { '/a/x': one })).toBe(false);
  });

  it('lets the old name lead to where it led, if a mount covers the new one', () => {
    expect(judge(rename, { '/a/x': one }, { '/a/x': one })).toBe(true);
    expect(judge(rename, { '/a/x': one }, { '/a/x': two })).toBe(false);
    expect(judge(rename, { '/a/x': one }, {})).toBe(false);
  });
});

describe('names-lead-on, of an exchange', () => {
  it('holds when each name leads to where the other led', () => {
    expect(judge(exchange, { '/a/x': one, '/a/y': two }, { '/a/x': two, '/a/y': one })).toBe(true);
  });

  it('breaks when one of them does not', () => {
    const before = { '/a/x': one, '/a/y': two };
    expect(judge(exchange, before, before)).toBe(false);
    expect(judge(exchange, before, { '/a/y': one })).toBe(false);
    expect(judge(exchange, before, { '/a/x': one, '/a/y': one })).toBe(false);
    expect(judge(exchange, before, { '/a/x': two })).toBe(false);
  });

  it('asks of a directory at the other name only where the pin went', () => {
    const before = { '/a/x': one, '/a/y': directory(1) };
    expect(judge(exchange, before, { '/a/x': directory(1), '/a/y': one })).toBe(true);
    expect(judge(exchange, before, { '/a/x': directory(1) })).toBe(false);
  });
});

describe('names-lead-on', () => {
  const gone: Sees = {};

  it('asks of a name that is moved to itself that it stays', () => {
    for (const call of [rename, exchange]) {
      const same: Call = { ...call, from: '/a/x', to: '/a/x' };
      expect(judge(same, { '/a/x': one }, { '/a/x': one })).toBe(true);
      expect(judge(same, { '/a/x': one }, gone)).toBe(false);
      expect(judge(same, { '/a/x': one }, { '/a/x': two })).toBe(false);
    }
  });

  it('says nothing of failures and of other calls', () => {
    const before = scene({ '/a/x': one });
    expect(namesLeadOn.holds(before, refused(1, rename), scene(gone))).toBe(true);
    expect(judge({ call: 'unlink', path: '/a/x' }, { '/a/x': one }, gone)).toBe(true);
  });

  it('says nothing where it is not known what the old name led to', () => {
    for (const shown of [directory(1), { ...one, way: 'along-a-link' } as const]) {
      expect(judge(link, { '/a/x': shown }, gone)).toBe(true);
    }
    expect(judge(link, {}, { '/a/y': one })).toBe(true);
    expect(judge({ call: 'link', from: '/a/z', to: '/a/y' }, {}, { '/a/y': one })).toBe(true);
  });

  it('asks nothing of a name that is not watched, or along a symbolic link', () => {
    const away: Call = { call: 'rename', from: '/a/x', to: '/c/y' };
    expect(judge(away, { '/a/x': one }, gone)).toBe(true);
    // The other name may be one of the same inode, and then both stay.
    expect(judge(away, { '/a/x': one }, { '/a/x': one })).toBe(true);
    const along = { ...two, way: 'along-a-link' } as const;
    expect(judge(link, { '/a/x': one }, { '/a/x': one, '/a/y': along })).toBe(true);
    expect(judge(link, { '/a/x': one }, { '/a/x': along, '/a/y': one })).toBe(true);
    expect(judge(exchange, { '/a/x': one, '/a/y': along }, { '/a/x': one, '/a/y': one })).toBe(
      true,
    );
  });
});
