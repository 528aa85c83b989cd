import { describe, expect, it } from 'vitest';
import { createSearch, profiles } from '../../model/index.ts';
import { runRows } from '../../model/step.ts';
import { scopeByName } from '../../properties/index.ts';
import { breadthFirst } from './breadth-first.ts';
import { differencesAt, stopFrom, type Asked } from './differences.ts';
import { flatCall, mutatedCall, type FlatCall } from './flat-call.ts';
import { groundCalls, type GroundCalls } from './ground-calls.ts';

interface Mutant {
  readonly name: string;
  readonly flat: FlatCall;
}

/** The mutations of a call, made. */
const mutantsOf = (flat: FlatCall): readonly Mutant[] =>
  [...flat.dropped, ...flat.swapped]
    .filter((name) => name !== undefined)
    .map((name) => ({ name, flat: flatCall(mutatedCall(flat, name)) }));

/** What mutations answer otherwise, found by running each. */
function byRunning(flat: FlatCall, mutants: readonly Mutant[], asked: Asked): readonly string[] {
  const sound = stopFrom(flat, 0, asked).answer;
  return mutants.flatMap((one) => {
    const { answer } = stopFrom(one.flat, 0, asked);
    return answer === sound ? [] : [`${one.name}: ${answer}`];
  });
}

function atOnce(flat: FlatCall, asked: Asked): readonly string[] {
  const told: string[] = [];
  const { at } = stopFrom(flat, 0, asked);
  const row = flat.rows[at];
  if (row?.kind !== 'clause') return told;
  differencesAt(flat, at, row, asked, ({ mutation, mutated }) => {
    told.push(`${mutation}: ${mutated}`);
  });
  return told;
}

/** What a call makes of a state, and answers. */
function after(ground: GroundCalls, from: Uint32Array, { own }: FlatCall, asked: Asked): string {
  const into = new Uint32Array(from.length);
  ground.unpack(from);
  const stop = runRows(own, ...asked);
  ground.pack(into);
  ground.unpack(from);
  return `${stop.row === undefined ? stop.value : stop.row.id} ${into.join()}`;
}

describe.each(['errors', 'tables', 'arguments', 'paths', 'unprivileged'])(
  'one look at the rows, in the first states of %s',
  (name) => {
    const scope = scopeByName(name);
    if (scope === undefined) throw new Error(`no scope ${name}`);
    const options = { ...scope, switches: profiles['linux-6.18'] };
    const ground = groundCalls(options);
    const mutants = new Map(ground.calls.map((flat) => [flat, mutantsOf(flat)]));

    /** Every call with every argument, in a dozen states. */
    function everywhere(see: (flat: FlatCall, asked: Asked, packed: Uint32Array) => void): void {
      breadthFirst(createSearch(options), 12, (packed) => {
        ground.unpack(packed);
        for (const flat of ground.calls) {
          ground.each(flat, (asked) => {
            see(flat, asked, packed);
          });
        }
        return 'go on';
      });
    }

    it('finds what running every mutation finds', () => {
      let differences = 0;
      everywhere((flat, asked) => {
        const found = [...atOnce(flat, asked)].sort();
        const expected = [...byRunning(flat, mutants.get(flat) ?? [], asked)].sort();
        if (found.join() !== expected.join()) expect(found).toEqual(expected);
        differences += found.length;
      });
      expect(differences).toBeGreaterThan(100);
    });

    it('need not look at calls that succeed: whatever the mutation, they do what they did', () => {
      let calls = 0;
      everywhere((flat, asked, packed) => {
        if (stopFrom(flat, 0, asked).answer !== 'ok') return;
        const sound = after(ground, packed, flat, asked);
        const others = (mutants.get(flat) ?? []).map((one) =>
          after(ground, packed, one.flat, asked),
        );
        if (others.some((one) => one !== sound)) expect(others).toEqual(others.map(() => sound));
        calls++;
      });
      expect(calls).toBeGreaterThan(10);
    });
  },
);
