// Closes .ci/run: adds its steps (arguments NAME=passed or NAME=failed) to the suite's counts in
// coverage/summary.json, lists what failed and what was skipped, and ends with the counts.
import { readFileSync } from 'node:fs';

/** The suite's counts, or undefined when the suite wrote none. */
function readSuite() {
  try {
    return JSON.parse(readFileSync(new URL('../coverage/summary.json', import.meta.url), 'utf8'));
  } catch {
    return undefined;
  }
}

const suite = readSuite() ?? { passed: 0, failed: 0, failures: [], skipped: [] };
const executed = suite.passed + suite.failed > 0;

let { passed, failed } = suite;
for (const argument of process.argv.slice(2)) {
  const [name, result] = argument.split('=');
  if (result === 'passed') {
    passed += 1;
  } else if (name !== 'suite' || suite.failed === 0) {
    // A suite whose tests failed is counted by them; one that failed without is a failure of its own.
    failed += 1;
    const why = name === 'suite' ? ': coverage below its bounds, or the suite did not start' : '';
    console.log(`FAILED ${name}${why}`);
  }
}
// By name, and last: whoever sees the end of this output only has to know what to look for.
for (const { name, note } of suite.failures) {
  console.log(`FAILED ${name}: ${note}`);
}
if (!executed) {
  console.log('FAILED no test was executed');
  failed = Math.max(failed, 1);
}
for (const { name, note } of suite.skipped) {
  console.log(`SKIPPED ${name}: ${note}`);
}

const skips = suite.skipped.length > 0 ? `, ${suite.skipped.length} skipped` : '';
console.log(`${passed} passed, ${failed} failed${skips}`);
process.exitCode = failed > 0 ? 1 : 0;
