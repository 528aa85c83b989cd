/**
 * Searches a scope once, in a process of its own so that nothing is warm, checks the invariants in
 * every state and prints what it counted and the CPU time it took as JSON. Arguments: bounded SCOPE
 * REDUCTION, or kernel SCOPE REDUCTION PROFILE.
 */
import { search, type CheckedProperty, type System } from '../checker/index.ts';
import { checkedProperty } from '../cli/verify/claims.ts';
import { createCurrentState } from '../cli/verify/current-state.ts';
import { compileBriefly } from '../cli/verify/machine-flags.ts';
import { createSearch } from '../model/index.ts';
import { properties, watchPaths } from '../properties/index.ts';
import { countedScope } from './bounded/scopes.ts';
import { createBounded } from './bounded/system.ts';
import { judgedScope } from './spin/judged-scopes.ts';
import { searchOptions } from './spin/search-options.ts';
import { isSpinProfile } from './step-scope.ts';

type Reduction = 'none' | 'symmetry';

interface Question {
  readonly system: System;
  readonly invariants: readonly CheckedProperty[];
}

function bounded(name: string, reduction: Reduction): Question {
  const system = createBounded(countedScope(name).scope, reduction);
  return { system, invariants: system.invariants };
}

/** The invariants that the judge's asserts on objects amount to, judged as `pinproof verify` does. */
function kernel(name: string, reduction: Reduction, profile: string): Question {
  if (!isSpinProfile(profile)) throw new Error(`the judge knows no profile ${profile}`);
  const options = searchOptions({ ...judgedScope(name).scope, profile });
  const state = createCurrentState(
    createSearch(options, reduction),
    watchPaths(options.paths),
    'drivers',
  );
  const invariants = properties
    .filter(({ id }) => ['refcount-equals-holders', 'alive-iff-held'].includes(id))
    .map((property) => checkedProperty(property, state));
  return { system: state.system, invariants };
}

const [model, scope = '', reduction, profile = ''] = process.argv.slice(2);
if (
  (model !== 'bounded' && model !== 'kernel') ||
  !(reduction === 'none' || reduction === 'symmetry')
) {
  throw new Error('usage: search-once bounded|kernel SCOPE none|symmetry [PROFILE]');
}

const seconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;

if (reduction === 'symmetry') compileBriefly();
const before = process.cpuUsage();
const { system, invariants } =
  model === 'bounded' ? bounded(scope, reduction) : kernel(scope, reduction, profile);
const limits = { states: 5e7, memory: 8 * 2 ** 30, stop: (): boolean => false };
const { verdict, states, transitions, depth } = search(system, invariants, limits);
const cpuSeconds = seconds(process.cpuUsage(before));
const processSeconds = seconds(process.cpuUsage());
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(
  JSON.stringify({ verdict, states, transitions, depth, cpuSeconds, processSeconds, megabytes }),
);
