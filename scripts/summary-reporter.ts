/**
 * A vitest reporter: writes the counts of a run, what failed, and why each skipped test was
 * skipped, to coverage/summary.json, and fails a run in which no test was executed.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, SerializedError, TestModule, Vitest } from 'vitest/node';

/** What print-summary.js reads. */
interface Summary {
  readonly passed: number;
  readonly failed: number;
  /** Where each failure was met and the first line of what it said. */
  readonly failures: readonly Noted[];
  readonly skipped: readonly Noted[];
}

interface Noted {
  readonly name: string;
  readonly note: string;
}

const firstLine = (error: { readonly message: string } | undefined): string =>
  error?.message.split('\n')[0] ?? 'no message';

/** Counts tests; a file or a suite that could not be run and a stray error count as failed too. */
function summarise(
  modules: readonly TestModule[],
  strayErrors: readonly SerializedError[],
): Summary {
  let passed = 0;
  const failures: Noted[] = strayErrors.map((error) => ({
    name: 'outside any test',
    note: firstLine(error),
  }));
  const skipped: Noted[] = [];
  for (const module of modules) {
    const file = module.relativeModuleId;
    for (const error of module.errors()) {
      failures.push({ name: file, note: firstLine(error) });
    }
    for (const suite of module.children.allSuites()) {
      for (const error of suite.errors()) {
        failures.push({ name: `${file} > ${suite.fullName}`, note: firstLine(error) });
      }
    }
    for (const test of module.children.allTests()) {
      const name = `${file} > ${test.fullName}`;
      const result = test.result();
      if (result.state === 'passed') {
        passed += 1;
      } else if (result.state === 'skipped') {
        const note = result.note ?? (test.options.mode === 'todo' ? 'todo' : 'no reason given');
        skipped.push({ name, note });
      } else {
        failures.push({ name, note: firstLine(result.errors?.[0]) });
      }
    }
  }
  skipped.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { passed, failed: failures.length, failures, skipped };
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
