/**
 * Writes V8's coverage at the end of every test file. vitest ends its forks with a signal, and V8
 * writes by itself only on a normal exit. A handler of that signal would race with the kill that
 * follows it; this does not.
 */
import { takeCoverage } from 'node:v8';
import { afterAll } from 'vitest';

if (process.env['NODE_V8_COVERAGE'] !== undefined) {
  afterAll(() => {
    takeCoverage();
  });
}
