/**
 * `npm run mutate`: the specification is broken on purpose, one check or one transition at a time, and
 * the project's own judges are asked whether they notice. A check that nobody misses is either no check
 * or not tested.
 *
 * May import the model, the checker, properties, traces, conformance, what the command line reads
 * traces and profiles with, tables of text, and the data of tests. No adapter: what is judged here are
 * the judges.
 */
import { listed } from './listed.ts';
import { run } from './run.ts';

const { text, code } = run(process.argv.slice(2), listed, (now) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${now}`);
});
if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
if (code === 2) process.stderr.write(text);
else process.stdout.write(text);
process.exitCode = code;
