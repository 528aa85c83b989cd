/**
 * Explores the step benchmark's scope once, in a process of its own so that nothing is warm, and
 * prints what it counted and the CPU time it took as JSON. Arguments: loop or drivers, profile.
 */
import { search } from '../checker/index.ts';
import { createSearch } from '../model/index.ts';
import { isSpinProfile, modelScope } from './step-scope.ts';

const [engine, profile = ''] = process.argv.slice(2);
if (!isSpinProfile(profile) || (engine !== 'loop' && engine !== 'drivers')) {
  throw new Error('usage: step-engine.ts loop|drivers PROFILE');
}

const before = process.cpuUsage();
const system = createSearch(modelScope(profile));
const result = search(
  engine === 'drivers'
    ? system
    : {
        ...system,
        expand: (visit) => {
          system.expandByLoop(visit);
        },
      },
  [],
  { states: 20_000_000, memory: 8 * 2 ** 30, stop: () => false },
);
const { user, system: kernel } = process.cpuUsage(before);
const { states, transitions, depth } = result;
const cpuSeconds = (user + kernel) / 1e6;
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ states, transitions, depth, cpuSeconds, megabytes }));
