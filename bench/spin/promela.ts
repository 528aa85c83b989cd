import type { GroundCall } from './ground-call.types.ts';
import { declareHolders } from './holders.ts';
import { bind, mount, umount } from './mount-calls.ts';
import { mkdir, objPin, rmdir, unlink } from './name-calls.ts';
import { close, dup, mapCreate, objGet, progLoad, releases } from './object-calls.ts';
import { placesOf } from './places.ts';
import { declareCopies, exitGroup, fork, kill, unshare } from './process-calls.ts';
import { declareRecount } from './recount.ts';
import { upTo } from './rows.ts';
import type { Asserts, SpinCall, SpinScope } from './scope.types.ts';
import { declareTables, type World } from './tables.ts';
import { declareTrees } from './trees.ts';

const groundCalls: Readonly<Record<SpinCall, (world: World, p: number) => GroundCall[]>> = {
  BPF_MAP_CREATE: mapCreate,
  BPF_PROG_LOAD: progLoad,
  BPF_OBJ_PIN: objPin,
  BPF_OBJ_GET: objGet,
  close,
  dup,
  fork,
  exit_group: exitGroup,
  kill,
  mkdir,
  rmdir,
  unlink,
  mount,
  bind,
  umount2: umount,
  unshare,
};

function option({ title, guards, effects }: GroundCall, asserts: Asserts): string {
  const steps = asserts === 'without-asserts' ? effects : [...effects, 'recount()'];
  return `/* ${title} */\n:: d_step {\n${guards.join(' &&\n')} ->\n${steps.join(';\n')}\n}`;
}

/**
 * The Promela text that judges a scope: one process whose options are the calls with all their
 * arguments, each one atomic step, and the deferred releases of maps by programs.
 *
 * @throws RangeError for bounds or paths that the judge cannot express.
 */
export function promelaOf(scope: SpinScope, asserts: Asserts = 'without-asserts'): string {
  const world = { scope, places: placesOf(scope) };
  const calls = [...new Set(scope.calls)].flatMap((name) =>
    upTo(scope.processes).flatMap((p) => groundCalls[name](world, p)),
  );
  return [
    declareTables(world),
    declareCopies(world),
    declareHolders(scope),
    declareTrees(world),
    declareRecount(world, asserts),
    'active proctype world() {',
    // Every state may be a last one: when all processes have ended, nothing is left to do.
    'end: do',
    ...[...calls, ...releases(world)].map((call) => option(call, asserts)),
    'od }',
    '',
  ].join('\n');
}
