/** `npm run bench -- NAME`: measures against a named peer, both in one run, and prints the ratio. */
import { benchLinux } from './linux.ts';
import { benchScale } from './scale.ts';
import { benchSpin } from './spin.ts';
import { benchStep } from './step.ts';
import { benchTraces } from './traces.ts';
import { benchXstate } from './xstate.ts';

const benches: Readonly<Record<string, (options: readonly string[]) => Promise<void>>> = {
  step: benchStep,
  spin: benchSpin,
  scale: benchScale,
  xstate: benchXstate,
  linux: benchLinux,
  traces: benchTraces,
};

const [name = '', ...options] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench === undefined) {
  console.error(
    `bench: ${name === '' ? 'name a benchmark' : `no benchmark ${name}`}; there is: ` +
      `${Object.keys(benches).join(', ')} (npm run bench -- step)`,
  );
  process.exitCode = 2;
} else {
  await bench(options);
}
