import type { BoundedScope } from '../../bounded/scope.types.ts';
import type { GroundCall } from '../ground-call.types.ts';
import { upTo } from '../rows.ts';
import type { Asserts } from '../scope.types.ts';
import { declareCheck } from './check.ts';
import { declareDrops } from './effects.ts';
import { objectCalls } from './object-calls.ts';
import { processCalls } from './process-calls.ts';
import { declareBounded } from './tables.ts';

/**
 * The Promela text of the bounded model, written from its definition (README.md): one process whose
 * options are the calls with all their arguments, each one atomic step. With asserts, every step
 * checks the invariants of the state that it leads to.
 */
export function boundedPromela(scope: BoundedScope, asserts: Asserts = 'with-asserts'): string {
  const ground = upTo(scope.processes).flatMap((p) =>
    [...objectCalls, ...processCalls].flatMap((call) => call(scope, p)),
  );
  const option = ({ title, guards, effects }: GroundCall): string => {
    const steps = asserts === 'without-asserts' ? effects : [...effects, 'check()'];
    return `/* ${title} */\n:: d_step {\n${guards.join(' &&\n')} ->\n${steps.join(';\n')}\n}`;
  };
  return [
    declareBounded(scope),
    declareDrops(scope),
    asserts === 'without-asserts' ? '' : declareCheck(scope),
    'active proctype world() {',
    // When all processes have ended, nothing is left to do.
    'end: do',
    ...ground.map(option),
    'od }',
    '',
  ].join('\n');
}
