import type { World } from '../model/index.ts';
import { resultKind } from './call-facts.ts';
import { linkRun, relinkRun } from './linked-run.ts';
import type { LinkedStep, Relinked } from './linked-run.ts';
import type { PlannedStep } from './plan.ts';
import { pathsOf, simplerSteps, withPathReplaced } from './simpler-steps.ts';

/**
 * Plays a run and tells how many of its steps it takes to see the same deviation; null if it is not
 * seen any more.
 */
export type Reproduces = (run: readonly PlannedStep[]) => Promise<number | null>;

/**
 * Shrinks a run to one that still shows the deviation and from which no step can be removed: big
 * pieces first, then single steps and simpler arguments, until nothing changes. Numbers follow the
 * steps that make them.
 * @param world is used to number steps anew, and left in any state.
 * @param attempts how many runs may be played; when they are used up the run is as small as it got.
 */
export async function shrinkRun(
  world: World,
  run: readonly PlannedStep[],
  reproduces: Reproduces,
  attempts: number,
): Promise<readonly PlannedStep[]> {
  let left = attempts;
  let best: Relinked = { linked: linkRun(run), run };

  async function attempt(steps: readonly LinkedStep[]): Promise<boolean> {
    if (left <= 0) return false;
    const candidate = relinkRun(world, steps);
    if (cost(candidate) >= cost(best)) return false;
    left--;
    const needed = await reproduces(candidate.run);
    if (needed === null) return false;
    best = {
      linked: candidate.linked.slice(0, needed),
      run: candidate.run.slice(0, needed),
    };
    return true;
  }

  async function removePieces(size: number): Promise<boolean> {
    let removed = false;
    // From the end: what comes late is most likely not needed by what comes before it.
    for (let end = best.linked.length; end > 0; end -= size) {
      const { linked } = best;
      const kept = [...linked.slice(0, Math.max(0, end - size)), ...linked.slice(end)];
      removed = (await attempt(kept)) || removed;
    }
    return removed;
  }

  async function simplify(): Promise<boolean> {
    let simplified = false;
    for (let at = 0; at < best.linked.length; at++) {
      const step = best.linked[at];
      if (step === undefined) break;
      for (const simpler of simplerSteps(step, pathsOf(best.linked))) {
        const { linked } = best;
        if (await attempt([...linked.slice(0, at), simpler, ...linked.slice(at + 1)])) {
          simplified = true;
          break;
        }
      }
    }
    return simplified;
  }

  async function unifyPaths(): Promise<boolean> {
    let unified = false;
    const paths = pathsOf(best.linked);
    for (const from of [...paths].reverse()) {
      for (const to of paths) {
        if (to === from) continue;
        if (await attempt(withPathReplaced(best.linked, from, to))) {
          unified = true;
          break;
        }
      }
    }
    return unified;
  }

  /** Lets the parent do what a child does, but for ending the parent. */
  async function unifyProcesses(): Promise<boolean> {
    let unified = false;
    for (const { place, step, callerFrom } of best.linked) {
      if (resultKind(step.call) !== 'process') continue;
      const moved = best.linked
        .filter((linked) => linked.place !== place && !endsParent(linked, place, callerFrom))
        .map((linked) =>
          linked.callerFrom === place ? calledBy(linked, step.pid, callerFrom) : linked,
        );
      unified = (await attempt(moved)) || unified;
    }
    return unified;
  }

  for (let size = Math.ceil(run.length / 2); size > 1; size = Math.ceil(size / 2)) {
    await removePieces(size);
  }
  while (
    (await removePieces(1)) ||
    (await unifyProcesses()) ||
    (await unifyPaths()) ||
    (await simplify())
  );
  return best.run;
}

function calledBy(linked: LinkedStep, pid: number, callerFrom: number | null): LinkedStep {
  return { ...linked, callerFrom, step: { pid, call: linked.step.call } };
}

/** True for a child, made by the step at `place`, that kills its parent. */
function endsParent(linked: LinkedStep, place: number, parentFrom: number | null): boolean {
  const { step, victimFrom } = linked;
  const kills = step.call.call === 'kill' && victimFrom === parentFrom;
  return linked.callerFrom === place && kills;
}

/** Fewer steps first, then fewer characters and smaller numbers. */
function cost({ run }: Relinked): number {
  const detail = run.reduce((sum, { step }) => {
    const fd = 'fd' in step.call ? Math.abs(step.call.fd) : 0;
    const entries = 'maxEntries' in step.call ? step.call.maxEntries : 0;
    // A NULL is simpler than anything that could stand there.
    const text = JSON.stringify(step.call, (_, value: unknown) => value ?? undefined);
    return sum + text.length + step.pid + (fd + entries) / 10_000;
  }, 0);
  return run.length * 1_000_000 + detail;
}
