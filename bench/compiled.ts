/**
 * A benchmark's script as plain modules. Under tsx every import is read through a getter, and a
 * search is slower by it; what users run is compiled, so what is measured is, too.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Compiled {
  /** The compiled script. */
  readonly script: string;
  readonly remove: () => void;
}

/** Compiles `bench/NAME` and what it imports into a temporary folder. @throws if that fails. */
export function compileBench(name: string): Compiled {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'pinproof-bench-'));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  const project = join(folder, 'tsconfig.json');
  const config = {
    extends: join(root, 'tsconfig.build.json'),
    compilerOptions: { rootDir: root, outDir: folder, declaration: false, noCheck: true },
    ...{ files: [join(root, 'bench', name)], include: [], exclude: [] },
  };
  writeFileSync(project, JSON.stringify(config));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const run = spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8', cwd: root });
  if (run.status !== 0) {
    remove();
    throw new Error(`bench/${name} could not be compiled: ${run.stdout}`);
  }
  return { script: join(folder, 'bench', name.replace(/\.ts$/, '.js')), remove };
}
