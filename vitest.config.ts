import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SummaryReporter } from './scripts/summary-reporter.ts';

const rooms = [
  'model',
  'checker',
  'properties',
  'conformance',
  'traces',
  'adapters',
  'report',
  'cli',
];

// Anchored on the root, so that test/…/model/… is not taken for a source.
const root = import.meta.dirname.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
const sources = new RegExp(`^${root}/(?:${rooms.join('|')})/.*(?<!\\.test)(?<!\\.test-data)\\.ts$`);

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'coverage/**'],
    // Node loads the sources itself (through tsx): code that vitest transforms has no source map
    // that V8's coverage could be read with. Worker threads do not get the hooks of tsx.
    pool: 'forks',
    execArgv: ['--import', 'tsx'],
    server: { deps: { external: [sources] } },
    // A fork for each file costs a second; no source keeps mutable state in a module.
    isolate: false,
    // Left to itself, vitest leaves one of two processors idle.
    maxWorkers: availableParallelism(),
    setupFiles: ['test/setup/flush-coverage.ts'],
    reporters: ['default', new SummaryReporter()],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
