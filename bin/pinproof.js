#!/usr/bin/env node
// Starts the built command line, or says in one sentence why it cannot.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
const stamp = join(root, 'dist', '.built');

/** The time of the last change to a source; zero in an installed package, which has none. */
function newestSource() {
  return ['model', 'checker', 'properties', 'conformance', 'traces', 'adapters', 'report', 'cli']
    .map((room) => join(root, room))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)))
    .filter((file) => /\.(ts|c|h|trace)$/.test(file) && !/\.test(-data)?\.ts$/.test(file))
    .reduce((newest, file) => Math.max(newest, statSync(file).mtimeMs), 0);
}

function obstacle() {
  if (!existsSync(stamp)) return 'not built';
  return newestSource() > statSync(stamp).mtimeMs ? 'built before the last change' : undefined;
}

const reason = obstacle();
if (reason === undefined) {
  await import('../dist/cli/main.js');
} else {
  process.stderr.write(`pinproof: ${reason}; run "npm run build" in ${root}\n`);
  process.exitCode = 3;
}
