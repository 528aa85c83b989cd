/**
 * How long what a run lets go stays until it is seen to be gone. It is measured: nothing is judged by it, and no
 * result has it.
 */
import type { Answer } from '../adapters/contract/index.ts';
import type { CallName, ObjectSight, Step } from '../model/vocabulary/index.ts';
import { createsObject } from './call-facts.ts';
import type { IdentityMap } from './identity.ts';
import type { Oracle } from './oracle.types.ts';
import { plainOf } from './raw-calls.ts';

export type ReleasedKind = ObjectSight['kind'];

/** An object that was still there when the call that let it go had returned. */
export interface Release {
  readonly object: ReleasedKind;
  /** The call that let it go, or asked for what did. */
  readonly call: CallName;
  /** From the return of that call on. */
  readonly microseconds: number;
}

/** One that is still there. */
export interface Awaited extends Omit<Release, 'microseconds'> {
  readonly id: number;
  /** When the call had returned, as the answer has it. */
  readonly since: number;
}

/** Follows the releases of a run that take longer than the call that asks for them. */
export interface Releases {
  /** Begins a run. */
  reset(): void;
  /** Takes note of a step that was answered as the specification allows. */
  note(step: Step, answer: Answer): void;
  /** Those that have been seen to be over. */
  over(): readonly Release[];
  awaited(): readonly Awaited[];
}

const kindsMade: Partial<Record<CallName, ReleasedKind>> = {
  BPF_MAP_CREATE: 'map',
  BPF_PROG_LOAD: 'program',
  BPF_LINK_CREATE: 'link',
};

export const releaseOf = ({ object, call, since }: Awaited, goneAt: number): Release => ({
  object,
  call,
  microseconds: goneAt - since,
});

export function createReleases(oracle: Oracle, identity: IdentityMap): Releases {
  const kinds = new Map<number, ReleasedKind>();
  const waiting = new Map<number, Awaited>();
  let over: Release[] = [];

  function noteMade({ call }: Step, { object, outcome }: Answer): void {
    if (object === undefined || !outcome.ok || !createsObject(call)) return;
    const kind = kindsMade[plainOf(call).call];
    if (kind !== undefined) kinds.set(object, kind);
  }

  /** Objects of the run that are let go: they will be gone once nothing is outstanding any more. */
  const letGo = (listed: readonly number[]): readonly number[] =>
    oracle.eventually(() =>
      listed.filter((id) => {
        const ours = identity.ours(id);
        return ours !== 0 && !oracle.world.isAlive(ours);
      }),
    );

  return {
    reset() {
      kinds.clear();
      waiting.clear();
      over = [];
    },
    note(step, answer) {
      const { alive: listed, returnedAt } = answer;
      if (listed === undefined || returnedAt === undefined) return;
      noteMade(step, answer);
      for (const one of waiting.values()) {
        if (listed.includes(one.id)) continue;
        over.push(releaseOf(one, returnedAt));
        waiting.delete(one.id);
      }
      if (listed.length === 0) return;
      const ids = letGo(listed);
      // Somebody may have got hold of it again.
      for (const id of waiting.keys()) if (!ids.includes(id)) waiting.delete(id);
      for (const id of ids) {
        const object = kinds.get(id);
        if (object === undefined || waiting.has(id)) continue;
        waiting.set(id, { id, object, call: plainOf(step.call).call, since: returnedAt });
      }
    },
    over: () => over,
    awaited: () => [...waiting.values()],
  };
}
