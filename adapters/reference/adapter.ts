/** The reference as an adapter. */
import {
  accessFlagNames,
  callNames,
  mapTypeNames,
  fail,
  listed,
  sightFields,
  succeed,
} from '../../model/vocabulary/index.ts';
import type { Call, CallName, Sight, Step } from '../../model/vocabulary/index.ts';
import { AdapterFailure } from '../contract/index.ts';
import type { Adapter, Answer, Hello, Setup, Sights } from '../contract/index.ts';
import { commands } from './attributes/layouts.ts';
import { boot, shutDown } from './machine.ts';
import type { Build } from './machine.ts';
import { liveObjects } from './object.ts';
import { soundOperations } from './operations.ts';
import type { Release } from './release.types.ts';
import { releases } from './releases.ts';
import type { KernelName } from './releases.ts';
import { takeSight } from './sight.ts';
import type { Kernel, Operations } from './structures.types.ts';
import { systemCall } from './syscalls/index.ts';
import { runDeferred } from './workqueue.ts';

/** When deferred effects happen: only in `settle`, or as soon as the call that caused them is over. */
export type Deferral = 'until-settled' | 'after-each-call';

/** An adapter that answers at once. */
export interface ReferenceAdapter extends Adapter {
  reset(setup: Setup): void;
  play(steps: readonly Step[], sights: Sights): readonly Answer[];
  settle(): Sight;
  alive(ids: readonly number[]): readonly number[];
  close(): void;
}

/** A kernel and what the run watches. */
interface Run {
  readonly kernel: Kernel;
  readonly watch: readonly string[];
}

/**
 * A kernel in memory that behaves like the named one.
 *
 * @param faults operations to put in the place of the sound ones
 * @param departures in what it differs from the release of that name
 */
export function createReference(
  name: KernelName,
  faults: Partial<Operations> = {},
  deferral: Deferral = 'until-settled',
  departures: Partial<Release> = {},
): ReferenceAdapter {
  const build: Build = {
    release: { ...releases[name], ...departures },
    operations: { ...soundOperations, ...faults },
  };
  const hello: Hello = {
    name: 'reference',
    version: name,
    calls: callNames,
    maps: mapTypeNames,
    flags: accessFlagNames,
    observes: sightFields,
    descriptors: 'lowest',
  };
  let run: Run | null = null;
  let lastId = 0;
  /** Objects that outlived their run, which sound operations never leave. */
  const leaked = new Set<number>();

  function end(): void {
    if (run === null) return;
    for (const id of shutDown(run.kernel)) leaked.add(id);
    lastId = run.kernel.lastId;
    run = null;
  }

  function current(): Run {
    if (run === null) throw new AdapterFailure('harness', 'No run: reset comes first.');
    return run;
  }

  return {
    hello,
    reset(setup) {
      end();
      run = { kernel: boot(build, setup, lastId + 1), watch: setup.watch };
    },
    play(steps, sights) {
      const playing = current();
      return steps.map((step, index) => {
        const answer = takeStep(playing.kernel, step, deferral);
        const isSeen = sights === 'each' || (sights === 'last' && index === steps.length - 1);
        return isSeen ? { ...answer, sight: takeSight(playing.kernel, playing.watch) } : answer;
      });
    },
    settle() {
      const { kernel, watch } = current();
      runDeferred(kernel);
      return takeSight(kernel, watch);
    },
    alive(ids) {
      const living = new Set(run === null ? [] : liveObjects(run.kernel).map(({ id }) => id));
      return ids.filter((id) => leaked.has(id) || living.has(id));
    },
    close: end,
  };
}

function takeStep(kernel: Kernel, { pid, call }: Step, deferral: Deferral): Answer {
  const task = kernel.tasks.get(pid);
  const result = task === undefined ? 'ESRCH' : systemCall(kernel, task, call);
  if (deferral === 'after-each-call') runDeferred(kernel);
  const alive = liveObjects(kernel).map((object) => object.id);
  if (typeof result === 'string') return { outcome: fail(result), alive };
  if (typeof result === 'object') return { outcome: listed(result), alive };
  const outcome = succeed(result);
  const object = opensDescriptor(call) ? task?.descriptors.get(result)?.object : null;
  return object ? { outcome, object: object.id, alive } : { outcome, alive };
}

const descriptorCalls: ReadonlySet<CallName> = new Set([
  'BPF_MAP_CREATE',
  'BPF_PROG_LOAD',
  'BPF_OBJ_GET',
  'BPF_MAP_GET_FD_BY_ID',
  'BPF_PROG_GET_FD_BY_ID',
  'BPF_LINK_CREATE',
  'BPF_LINK_GET_FD_BY_ID',
  'dup',
  'dup2',
  'dup3',
]);

/** The same of the raw form: its other commands succeed with a 0 that is no descriptor. */
const rawDescriptorCommands: ReadonlySet<number> = new Set([
  commands.mapCreate,
  commands.progLoad,
  commands.objGet,
]);

/** Whether what a call succeeds with is a descriptor that can lead to an object. */
function opensDescriptor(call: Call): boolean {
  if (call.call === 'bpf') return rawDescriptorCommands.has(call.command);
  if (call.call !== 'fcntl') return descriptorCalls.has(call.call);
  return call.command === 'F_DUPFD' || call.command === 'F_DUPFD_CLOEXEC';
}
