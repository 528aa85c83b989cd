/**
 * The engine of a search: it packs, unpacks and expands the states of any world that consists of tables
 * and of calls written as rows. It knows nothing of bpf.
 */
import type { Bound, Clause } from '../calls/row.ts';
import type { Recollections } from '../recollections.types.ts';
import { runRows } from '../step.ts';
import { createAttempt, type Attempt } from './attempts.ts';
import { createCallers } from './callers.ts';
import { canonicalPack } from './canonical-form.ts';
import { copierOf, differOf } from './copying.ts';
import { createDriver, inTurn, type Ground, type Visit } from './drivers.ts';
import { succeeding } from './succeeding.ts';
import { engineSource } from './engine-source.ts';
import type { EnabledCall, Engine, EngineWorld } from './engine.types.ts';
import { generatedPacking, type Key } from './packing.ts';
import { twinsIn } from './twins.ts';

export function createEngine(world: EngineWorld): Engine {
  const { state, memory, groupOf, groups, events, symmetry } = world;
  const { words } = state;
  const key: Key = memory?.key ?? { words: new Uint32Array(0), masks: [] };
  const base = words.slice();
  world.reset();
  const packing = generatedPacking(state, base, key);
  const pack = world.reduction === 'none' ? packing.pack : canonicalPack(symmetry, state);
  const value = new Int32Array(1);
  const stopped: { row: Clause | undefined } = { row: undefined };
  let recollections: Recollections = [];
  let held: 'held' | 'moved' = 'moved';
  const calling = createCallers({
    ...world,
    isTwin:
      world.reduction === 'none' ? undefined : twinsIn(symmetry, world.callerTable, state.cells),
  });
  const perWord = 4 / state.cells.BYTES_PER_ELEMENT;
  const changing = [
    ...new Set(state.fields.flatMap(({ at, max }) => (max > 0 ? [Math.floor(at / perWord)] : []))),
  ];
  const restore = copierOf(base, words, changing);
  const isChanged = differOf(words, base, changing);
  const initial = new Uint32Array(packing.words);

  function reset(): void {
    world.reset();
    base.set(words);
    packing.pack(initial, 0);
    unpack(initial, 0);
  }

  /** The state is that of `base`: `reset` and `unpack` write both, and every visit restores it. */
  function hold(): void {
    stopped.row = undefined;
    if (held === 'held') return;
    held = 'held';
    recollections = memory?.recall() ?? [];
    calling.look();
  }

  function unpack(from: Uint32Array, at: number): void {
    held = 'moved';
    packing.unpack(from, at);
  }

  const perCall = groups + 1;
  /** Where what fails is recollected: behind what succeeds. */
  const failing = (1 + Math.max(0, ...world.calls.map(({ code }) => code))) * perCall;
  const listed: Ground['listed'] = (call, code, domains) => {
    const list = succeeding(call, domains);
    return (p) => {
      const at = code * perCall + groupOf(p);
      return (recollections[at] ??= list(p));
    };
  };
  const ground: Ground = { ...calling, restore, value, listed };
  const names = world.calls.map(({ call }) => call.call);
  /** Calls whose driver visits another's transitions too: that one needs no driver. */
  const twins = new Map(
    world.calls.flatMap(({ call: { twin }, code }) =>
      twin !== undefined && names.includes(twin) ? [[twin, code] as const] : [],
    ),
  );
  const driven = world.calls.filter(({ code }) => ![...twins.values()].includes(code));
  const driversBy = (looksAt: 'as declared' | 'anything') =>
    driven.map(({ call, code, domains }) => {
      const as = looksAt === 'anything' ? { ...call, looksAt } : call;
      return createDriver(as, code, domains, ground, twins.get(call.call));
    });
  let attempts: readonly { one: EnabledCall; attempt: Attempt }[] | undefined;
  let driveAll = inTurn(driversBy(memory === undefined ? 'anything' : 'as declared'));
  let listing: 'pays' | 'given-up' = 'pays';

  /** Asked in every state, so that it walks by index: an iterator would cost more than the rest. */
  function expandEvents(visit: Visit): void {
    for (let k = 0; k < events.length; k++) {
      const event = events[k];
      if (event?.isPending(event.row) !== true) continue;
      event.run(event.row);
      visit(event.action, event.row, 0, 0, 0, 0);
      restore();
    }
  }

  /** How many calls of one caller fail; where that depends on the file systems alone, it is recollected. */
  function failingOf({ call, code }: EnabledCall, attempt: Attempt, p: number): number {
    if (
      memory === undefined ||
      call.looksAt !== 'file-systems' ||
      call.running.when(p, 0, 0, 0, 0)
    ) {
      return attempt(p);
    }
    const at = failing + code * perCall + groupOf(p);
    return (recollections[at] ??= [attempt(p)])[0] ?? 0;
  }

  /** Runs every ground call by the loop; `seen` gets those that succeed, or those a clause fails. */
  function loopOver(
    seen: 'succeeding' | 'failing' | 'failing and changing',
    visit: Visit,
    calls = world.calls,
  ): number {
    let visits = 0;
    for (const { call, code, domains } of calls) {
      const [ps = [], as = [0], bs = [0], cs = [0], ds = [0]] = domains;
      for (const p of ps) {
        if (calling.asks[p] === 0) continue;
        for (const a of as)
          for (const b of bs)
            for (const c of cs)
              for (const d of ds) {
                const stop = runRows(call, p, a, b, c, d);
                if (isSkipped(stop.row, seen)) {
                  if (stop.row === undefined) restore();
                  continue;
                }
                visits++;
                if (seen === 'failing and changing' && !isChanged()) continue;
                stopped.row = stop.row?.kind === 'bound' ? undefined : stop.row;
                if (stop.row === undefined) value[0] = stop.value;
                visit(code, p, a, b, c, d);
                restore();
              }
      }
    }
    stopped.row = undefined;
    return visits;
  }

  reset();
  return {
    words: packing.words,
    bits: packing.bits,
    widths: packing.widths,
    reset,
    pack,
    packAsIs: packing.pack,
    unpack,
    expand(visit, repeat = visit) {
      hold();
      if (listing === 'pays' && memory?.crowded() === true) {
        listing = 'given-up';
        driveAll = inTurn(driversBy('anything'));
      }
      driveAll(visit, repeat);
      expandEvents(visit);
    },
    expandByLoop(visit) {
      hold();
      loopOver('succeeding', visit);
      expandEvents(visit);
    },
    attempt(visit, which = 'all') {
      hold();
      if (which === 'all') return loopOver('failing', visit);
      attempts ??= world.calls.map((one) => ({
        one,
        attempt: createAttempt(one.call, one.domains),
      }));
      let tried = 0;
      for (const { one, attempt } of attempts) {
        for (let k = 1; k <= (calling.asked[0] ?? 0); k++)
          tried += failingOf(one, attempt, calling.asked[k] ?? 0);
        if (!isChanged()) continue;
        restore();
        loopOver('failing and changing', visit, [one]);
      }
      return tried;
    },
    answer: () =>
      stopped.row === undefined ? { row: undefined, value: value[0] ?? 0 } : { row: stopped.row },
    source: () => engineSource(world, driven, twins),
  };
}

function isSkipped(
  row: Clause | Bound | undefined,
  seen: 'succeeding' | 'failing' | 'failing and changing',
): boolean {
  return row?.kind === 'bound' || (row === undefined) !== (seen === 'succeeding');
}
