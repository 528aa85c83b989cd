/**
 * Searches the kernel's model with symmetry under bounds given as JSON, and prints what it counted and
 * took. A process of its own for each, so that nothing is warm.
 */
import { search } from '../checker/index.ts';
import { createSearch, profiles, type Bounds } from '../model/index.ts';
import { survivalCalls } from './scale-bounds.ts';

const bounds = JSON.parse(process.argv[2] ?? '') as Bounds;
const most = Number(process.argv[3]);
const before = process.cpuUsage();
const system = createSearch(
  {
    ...{ switches: profiles['linux-6.18'], bounds, calls: survivalCalls },
    ...{ host: ['/b/'], paths: ['/b', '/b/x', '/b/y'] },
  },
  'symmetry',
);
const limits = { states: most, memory: 8 * 2 ** 30, stop: (): boolean => false };
const { verdict, states, transitions, bytes, depth } = search(system, [], limits);
const { user, system: kernel } = process.cpuUsage(before);
const cpuSeconds = (user + kernel) / 1e6;
console.log(
  JSON.stringify({ verdict, states, transitions, depth, cpuSeconds, bytes, bits: system.bits }),
);
