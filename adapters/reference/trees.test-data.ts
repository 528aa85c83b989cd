/** Runs with a small tree in a bpffs, and what tests of its names have in common. */
import type { StatShown } from '../../model/vocabulary/index.ts';
import { createReference } from './adapter.ts';
import type { KernelName } from './releases.ts';
import { startScenario } from './scenario.test-data.ts';
import type { Caller, Scenario } from './scenario.test-data.ts';

/** Kernels on which a bpffs has link and rename: names with a dot are refused last, or first. */
export const renamingKernels = ['linux-4.6', 'linux-4.7', 'linux-6.1', 'linux-6.18'] as const;

/** Kernels on which it has symbolic links, and flags of renameat2. */
export const symlinkKernels = ['linux-6.1', 'linux-6.18'] as const;

/** Kernels on which it has nothing of that. */
export const plainKernels = ['seed-2015', 'linux-4.4'] as const;

export const tooLong = 'n'.repeat(256);

export interface TreeRun {
  readonly run: Scenario;
  readonly caller: Caller;
}

/**
 * A bpffs on /a: /a/m and /a/o are pins of the maps behind 3 and 4; /a/d with the directory s and the
 * pin p of the first map; /a/e is empty. /b shows the same tree by a mount of its own.
 */
export function startTree(kernel: KernelName = 'linux-6.18'): TreeRun {
  const run = startScenario(createReference(kernel));
  const caller = run.by(1);
  caller.mount('/a');
  caller.create();
  caller.create();
  caller.pin('/a/m', 3);
  caller.pin('/a/o', 4);
  caller.mkdir('/a/d');
  caller.mkdir('/a/d/s');
  caller.pin('/a/d/p', 3);
  caller.mkdir('/a/e');
  caller.bind('/a', '/b');
  return { run, caller };
}

/** The object that a path shows, as its number. */
export function shownAt({ run }: TreeRun, path: string): number | undefined {
  return run.process(1)?.paths.find((each) => each.path === path)?.object;
}

/** What stat shows of a file, and of a directory, by its st_nlink. */
export const file = (nlink: number): StatShown => ({ kind: 'file', nlink });
export const directory = (nlink: number): StatShown => ({ kind: 'directory', nlink });
