/**
 * Searches a judged scope with symmetry, with bounds that are given as JSON, and prints what it counted and
 * took. A process of its own for each, so that nothing is warm. Arguments: SCOPE BOUNDS MOST_STATES.
 */
import { search } from '../checker/index.ts';
import { createSearch } from '../model/index.ts';
import { judgedScope } from './spin/judged-scopes.ts';
import type { SpinBounds } from './spin/scope.types.ts';
import { searchOptions } from './spin/search-options.ts';

const [name = '', bounds = '', most] = process.argv.slice(2);
const scope = { ...judgedScope(name).scope, ...(JSON.parse(bounds) as Partial<SpinBounds>) };
const before = process.cpuUsage();
const system = createSearch(searchOptions({ ...scope, profile: 'linux-6.18' }), 'symmetry');
const limits = { states: Number(most), memory: 8 * 2 ** 30, stop: (): boolean => false };
const { verdict, states, transitions, bytes, depth } = search(system, [], limits);
const { user, system: kernel } = process.cpuUsage(before);
const cpuSeconds = (user + kernel) / 1e6;
console.log(
  JSON.stringify({ verdict, states, transitions, depth, cpuSeconds, bytes, bits: system.bits }),
);
