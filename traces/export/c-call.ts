/** How the exported program makes a call of a trace, or why it does not. */
import type { Call } from '../../model/vocabulary/index.ts';
import { cFunctionCall, plain } from './c-function-call.ts';
import type { CPart, Statement } from './c-function-call.ts';
import { cMountCall } from './c-mount-call.ts';
import { cSystemCall } from './c-system-call.ts';
import type { CArguments } from './c-system-call.ts';
import { isBy, isRefusal, refusals, wayOf } from './ways-of-calls.ts';
import type { ProcessKind } from './ways-of-calls.ts';

/** What the driver of the program has to know of a step. */
export type CKind = 'CALL' | ProcessKind;

export type CCall =
  | {
      readonly kind: CKind;
      /** Makes the call and notes the answer in words; null for what processes do by themselves. */
      readonly statement: string | null;
      readonly needs: readonly CPart[];
      /** KILL: whom; else 0. */
      readonly victim: number;
    }
  | { readonly refused: string };

export function cCall(call: Call): CCall {
  if (isBy(call, 'function')) return made(cFunctionCall(call));
  if (isBy(call, 'system-call')) return made(system(cSystemCall(call)));
  if (isBy(call, 'mount-call')) return made(system(cMountCall(call)));
  const way = wayOf(call);
  if (isRefusal(way)) return { refused: refusals[way] };
  return { kind: way, statement: null, needs: [], victim: call.call === 'kill' ? call.pid : 0 };
}

const system = (given: CArguments): Statement => [plain(`syscall(${given.join(', ')})`)];

function made([statement, ...needs]: Statement): CCall {
  return statement.includes('"/proc/')
    ? { refused: refusals['no-proc'] }
    : { kind: 'CALL', statement, needs, victim: 0 };
}
