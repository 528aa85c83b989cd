/** In which states of a named scope a mutation of a call's rows answers otherwise. */
import { createSearch, profiles, type ProfileName } from '../../model/index.ts';
import type { Scope } from '../../properties/index.ts';
import type { Step } from '../../model/vocabulary/index.ts';
import { breadthFirst, type Path, type Walked } from './breadth-first.ts';
import { differencesAt, stopFrom, type Asked, type Difference } from './differences.ts';
import type { FlatCall } from './flat-call.ts';
import { groundCalls } from './ground-calls.ts';

/** A shortest way to tell a mutation from the specification. */
export interface Shown extends Difference {
  readonly profile: ProfileName;
  readonly scope: string;
  readonly path: Path;
  readonly step: Step;
}

export interface ScopeCompared extends Walked {
  /** The mutations of calls that the scope enables. */
  readonly asked: readonly string[];
  /** By mutation: the first difference, and the first that lets a call succeed. */
  readonly differs: ReadonlyMap<string, Shown>;
  readonly succeeds: ReadonlyMap<string, Shown>;
}

/** The mutations of a call that are asked about. */
const mutationsOf = (
  { dropped, swapped }: FlatCall,
  pending: ReadonlySet<string>,
): readonly string[] =>
  [...dropped, ...swapped].flatMap((name) =>
    name !== undefined && pending.has(name) ? [name] : [],
  );

/** Compares every call of the scope that has one of the mutations, in up to `most` states. */
export function compareIn(
  scope: Scope,
  profile: ProfileName,
  pending: ReadonlySet<string>,
  most: number,
): ScopeCompared {
  const options = { ...scope, switches: profiles[profile] };
  const ground = groundCalls(options);
  const calls = ground.calls.filter((call) => mutationsOf(call, pending).length > 0);
  const asked = [...new Set(calls.flatMap((call) => mutationsOf(call, pending)))];
  const differs = new Map<string, Shown>();
  const succeeds = new Map<string, Shown>();
  if (calls.length === 0) return { states: 0, ended: 'complete', asked, differs, succeeds };
  const walked = breadthFirst(createSearch(options), most, (packed, path) => {
    ground.unpack(packed);
    for (const call of calls) {
      ground.each(call, (by) => {
        compareAt(call, by, (difference) => {
          const { mutation, mutated } = difference;
          if (!pending.has(mutation)) return;
          const shown = (): Shown => ({
            ...difference,
            profile,
            scope: scope.name,
            path: path(),
            step: ground.step(call, by),
          });
          if (!differs.has(mutation)) differs.set(mutation, shown());
          const isSuccess = mutated === 'ok' || mutated === 'throws';
          if (isSuccess && !succeeds.has(mutation)) succeeds.set(mutation, shown());
        });
      });
    }
    return 'go on';
  });
  return { ...walked, asked, differs, succeeds };
}

function compareAt(call: FlatCall, asked: Asked, tell: (difference: Difference) => void): void {
  const { at } = stopFrom(call, 0, asked);
  const row = call.rows[at];
  if (row?.kind === 'clause') differencesAt(call, at, row, asked, tell);
}
