// Builds dist/ from nothing: compiles the sources, copies the C files and the corpus, stamps
// the result.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const foldersOfC = [join('adapters', 'linux', 'agent'), join('cli', 'export', 'c')];

// A source that is edited while the compiler runs must count as newer than the result.
const started = new Date();
rmSync(dist, { recursive: true, force: true });

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const compiled = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (compiled.status !== 0) {
  process.exit(1);
}

for (const folder of foldersOfC) {
  if (!existsSync(join(root, folder))) continue;
  mkdirSync(join(dist, folder), { recursive: true });
  for (const name of readdirSync(join(root, folder))) {
    if (/\.[ch]$/.test(name)) {
      cpSync(join(root, folder, name), join(dist, folder, name));
    }
  }
}

// What `list profiles --differences` prints is read off these traces.
const corpus = join('traces', 'corpus');
cpSync(join(root, corpus), join(dist, corpus), { recursive: true });

const stamp = join(dist, '.built');
writeFileSync(stamp, '');
utimesSync(stamp, started, started);
