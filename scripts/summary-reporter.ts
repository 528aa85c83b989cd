/**
 * A vitest reporter: writes the counts of a run, and why each skipped test was skipped, to
 * coverage/summary.json, and fails a run in which no test was executed.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, SerializedError, TestModule, Vitest } from 'vitest/node';

/** What print-summary.js reads. */
interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly name: string; readonly note: string }[];
}

/** Counts tests; a file or a suite that could not be run and a stray error count as failed too. */
function summarise(
  modules: readonly TestModule[],
  strayErrors: readonly SerializedError[],
): Summary {
  let passed = 0;
  let failed = strayErrors.length;
  const skipped: { name: string; note: string }[] = [];
  for (const module of modules) {
    failed += module.errors().length;
    for (const suite of module.children.allSuites()) {
      failed += suite.errors().length;
    }
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === 'passed') {
        passed += 1;
      } else if (result.state === 'skipped') {
        const note = result.note ?? (test.options.mode === 'todo' ? 'todo' : 'no reason given');
        skipped.push({ name: `${module.relativeModuleId} > ${test.fullName}`, note });
      } else {
        failed += 1;
      }
    }
  }
  skipped.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { passed, failed, skipped };
}

export class SummaryReporter implements Reporter {
  private folder = 'coverage';

  onInit(vitest: Vitest): void {
    this.folder = join(vitest.config.root, 'coverage');
    rmSync(join(this.folder, 'summary.json'), { force: true });
  }

  onTestRunEnd(modules: readonly TestModule[], strayErrors: readonly SerializedError[]): void {
    const summary = summarise(modules, strayErrors);
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, 'summary.json'), `${JSON.stringify(summary, undefined, 2)}\n`);
    for (const { name, note } of summary.skipped) {
      console.log(`SKIPPED ${name}: ${note}`);
    }
    if (summary.passed + summary.failed === 0) {
      console.error('No test was executed.');
      process.exitCode = 1;
    }
  }
}
