import { describe, expect, it } from 'vitest';
import { fail, succeed } from '../model/vocabulary/index.ts';
import { createSharedTables } from './shared-tables.ts';

describe('the tables of processes', () => {
  it('are shared from a clone on until one of them execs', () => {
    const tables = createSharedTables();
    tables.note({ pid: 1, call: { call: 'fork' } }, succeed(2));
    tables.note({ pid: 2, call: { call: 'clone' } }, succeed(3));
    expect(tables.of(2)).toBe(tables.of(3));
    expect(tables.of(1)).not.toBe(tables.of(2));
    tables.note({ pid: 2, call: { call: 'execve' } }, fail('ESRCH'));
    expect(tables.of(2)).toBe(tables.of(3));
    tables.note({ pid: 2, call: { call: 'execve' } }, succeed(0));
    expect(tables.of(2)).not.toBe(tables.of(3));
  });

  it('are every process’s own again in the next run', () => {
    const tables = createSharedTables();
    tables.note({ pid: 1, call: { call: 'clone' } }, succeed(2));
    tables.reset();
    expect(tables.of(1)).not.toBe(tables.of(2));
  });
});
