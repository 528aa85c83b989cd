import { asDeclared, isDeclared, whyNotAsked, type Declared } from './declared.ts';
import type { World } from '../model/index.ts';
import type { Call, CallName, Pid, Step } from '../model/vocabulary/index.ts';
import type { Choice, Choices } from '../properties/index.ts';
import { callInPlace } from './call-in-place.ts';
import { lotteries, wandering } from './call-weights.ts';
import { decodeCall } from './decode-call.ts';
import { cgroupsOf } from './host-cgroups.ts';
import { pick } from './path-choice.ts';
import { startedElsewhere } from './path-starts.ts';
import { createPlanner } from './plan.ts';
import type { PlannedStep } from './plan.ts';
import { createProspects } from './prospects.ts';
import type { Prospects } from './prospects.ts';
import { tally } from './tally.ts';

/** A decoded run. */
export interface Plan {
  readonly steps: readonly PlannedStep[];
  /** How many of the steps were chosen; those behind end the processes. */
  readonly chosen: number;
  /** How many calls were chosen that the adapter is not asked, by the reason. */
  readonly undeclared: ReadonlyMap<string, number>;
}

/**
 * Decodes a run against the model: every choice becomes a call that makes sense where it stands, or
 * nothing if the call is not declared or the model meets a bound. The run ends with every process
 * ended. Deterministic; leaves the world in the run's last state.
 */
export function decodeRun(world: World, choices: Choices, declared: Declared): Plan {
  const prospects = createProspects();
  const planner = createPlanner(world);
  const steps: PlannedStep[] = [];
  const undeclared = new Map<string, number>();
  const take = (step: Step): void => {
    const planned = planner.take(step);
    if (planned === null) return;
    steps.push(planned);
    prospects.note(step, planned.outcome);
  };

  // A number of the run that decides little else.
  const lottery = pick(lotteries, choices[0]?.[4] ?? 0);
  world.reset();
  planner.begin([]);
  for (const choice of choices) {
    const running = prospects.running();
    if (running.length === 0) break;
    const pid = pick(running, choice[0]);
    const drawn = pick(lottery, choice[1]);
    const name = chosenCall(drawn, choice, pid, prospects);
    const decoded = decodeCall(name, drawn, choice, pid, prospects, world);
    const started =
      lottery === wandering ? startedElsewhere(decoded, choice, pid, prospects) : decoded;
    const call = asDeclared(started, declared);
    const reason = whyNotAsked(call, declared);
    if (reason === null) take({ pid, call });
    else tally(undeclared, reason);
  }
  const chosen = steps.length;
  for (const step of farewell(prospects, world.host, declared)) take(step);
  return { steps, chosen, undeclared };
}

/** The call that was drawn, or what has to come first; one choice in eight insists on its call. */
function chosenCall(
  drawn: CallName,
  [, , , taste, detail]: Choice,
  pid: Pid,
  prospects: Prospects,
): CallName {
  const insists = Math.floor(taste / 8) % 8 === 7;
  return insists ? drawn : callInPlace(drawn, pid, detail, prospects);
}

/**
 * The steps that end a run: the first process that may removes what would keep programs after it, kills the
 * others and exits.
 */
export function farewell(
  prospects: Prospects,
  host: readonly string[],
  declared: Declared,
): readonly Step[] {
  const running = prospects.running();
  const first = prospects.capable()[0] ?? running[0];
  if (first === undefined) return [];
  const others = running.filter((pid) => pid !== first);
  const cgroups = prospects.hooked() ? cgroupsOf(host) : [];
  const calls: readonly Call[] = [
    ...cgroups.map((path): Call => ({ call: 'rmdir', path })),
    ...(prospects.classifying() ? [{ call: 'RTM_DELQDISC' } as const] : []),
    ...others.map((pid): Call => ({ call: 'kill', pid })),
    { call: 'exit_group' },
  ];
  return calls.filter((call) => isDeclared(call, declared)).map((call) => ({ pid: first, call }));
}
