/**
 * Prints the judge's counts and Spin's cost for every scope, or for those named on the command
 * line; `--asserts` recounts the counters after every step.
 */
import { judgedScopes } from './judged-scopes.ts';
import { runSpin } from './run-spin.ts';

const words = process.argv.slice(2);
const names = words.filter((word) => !word.startsWith('--'));
const asserts = words.includes('--asserts') ? 'with-asserts' : 'without-asserts';

console.log('| scope | profile | states | transitions | CPU s | M transitions/CPU s | MB |');
console.log('|---|---|---:|---:|---:|---:|---:|');
for (const { name, scope, tableBits } of judgedScopes) {
  if (names.length > 0 && !names.includes(name)) continue;
  for (const profile of ['linux-6.18', 'linux-4.4'] as const) {
    const run = await runSpin({ ...scope, profile }, { tableBits, asserts });
    const rate = run.transitions / 1e6 / run.cpuSeconds;
    const cells = [
      ...[name, profile, run.states, run.transitions],
      ...[run.cpuSeconds.toFixed(2), rate.toFixed(1), run.memoryMegabytes.toFixed(0)],
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
