/**
 * Goes through one small graph of the kernel's model and prints what it counted and took. `xstate`: as a
 * machine whose context is the packed state, by xstate's graph search; `loop`: by the rows' loop; `engine`:
 * by generated drivers. All without symmetry.
 */
import { assign, setup } from 'xstate';
import { getAdjacencyMap } from 'xstate/graph';
import { search, type System } from '../checker/index.ts';
import { createSearch, createWorld, type InternalAction } from '../model/index.ts';
import type { Step } from '../model/vocabulary/index.ts';
import { judgedScope } from './spin/judged-scopes.ts';
import { searchOptions } from './spin/search-options.ts';

const options = searchOptions({ ...judgedScope('alone').scope, profile: 'linux-6.18' });
const made = createSearch(options);
const limits = { states: 1e6, memory: 1e9, stop: (): boolean => false };

type Snapshot = ReturnType<ReturnType<typeof createWorld>['save']>;

interface Counted {
  readonly states: number;
  readonly transitions: number;
}

/** Every label that some transition has: the events of the machine. */
function labelsOf(): readonly { readonly type: 'take'; readonly label: string }[] {
  const labels = new Map<string, string>();
  const noting: System = {
    ...made,
    expand(visit) {
      made.expand((action, ...args) => {
        labels.set([action, ...args].join(), JSON.stringify(made.label(action, args)));
        visit(action, ...args);
      });
    },
  };
  search(noting, [], limits);
  return [...labels.values()].map((label) => ({ type: 'take', label }));
}

/** An event is a transition's label; where it is not enabled, the machine stays where it is. */
function byXstate(events: ReturnType<typeof labelsOf>): Counted {
  const world = createWorld(options);
  let transitions = 0;
  const steps = new Map(
    events.map(({ label }) => [label, JSON.parse(label) as Step | InternalAction]),
  );
  function successor(from: Snapshot, label: string): Snapshot {
    const step = steps.get(label);
    world.load(from);
    if (step === undefined) return from;
    if ('name' in step) {
      if (
        !world.pending().some(({ name, object }) => name === step.name && object === step.object)
      ) {
        return from;
      }
      world.settle(step);
    } else {
      const result = world.step(step.pid, step.call);
      if (result.kind !== 'outcome' || !result.outcome.ok) return from;
    }
    transitions += 1;
    return world.save();
  }
  const machine = setup({
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- xstate reads the types from it
    types: {} as {
      context: { readonly state: Snapshot };
      events: { readonly type: 'take'; readonly label: string };
    },
  }).createMachine({
    context: { state: world.save() },
    on: {
      take: {
        actions: assign({ state: ({ context, event }) => successor(context.state, event.label) }),
      },
    },
  });
  const map = getAdjacencyMap(machine, {
    events,
    serializeState: ({ context }) => context.state.join(),
    limit: 1e9,
  });
  return { states: Object.keys(map).length, transitions };
}

const counters: Readonly<Record<string, () => Counted>> = {
  xstate: () => byXstate(events),
  loop: () => {
    const all = { ...made };
    return search(
      {
        ...all,
        expand(visit) {
          made.expandByLoop(visit);
        },
      },
      [],
      limits,
    );
  },
  engine: () => search(made, [], limits),
};

const events = process.argv[2] === 'xstate' ? labelsOf() : [];
const count = counters[process.argv[2] ?? ''];
if (count === undefined) throw new Error('usage: small-graph xstate|loop|engine');
const before = process.cpuUsage();
const { states, transitions } = count();
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ states, transitions, cpuSeconds: (user + system) / 1e6 }));
