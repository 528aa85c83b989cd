/** The targets of a replay, each started once. */
import type { ReplayTarget } from '../../conformance/index.ts';
import { CannotStart } from '../bad-input.ts';
import { responsive } from '../check/responsive.ts';
import { openTarget } from '../check/targets.ts';
import type { Target } from '../check/targets.ts';
import type { ChosenProfile } from '../selection.ts';

export interface StartedTargets {
  /** The targets; a reference is one that is built as the profile says. */
  under(profile: ChosenProfile): Promise<readonly ReplayTarget[]>;
  /** Closes all of them. @throws the first failure, once all were asked to close. */
  close(): Promise<void>;
}

/** Every run starts in a system of its own, so that one start of a target does for all traces. */
export function startedTargets(on: readonly Target[]): StartedTargets {
  const started = new Map<string, ReplayTarget>();

  async function start(target: Target, profile: ChosenProfile): Promise<ReplayTarget> {
    const opened = await openTarget(target, profile);
    if ('missing' in opened) throw new CannotStart(opened.missing);
    return { name: target.name, adapter: responsive(opened.adapter) };
  }

  return {
    async under(profile) {
      const targets: ReplayTarget[] = [];
      for (const [place, target] of on.entries()) {
        const built = target.kind === 'reference' ? profile.label : '';
        const key = `${place} ${built}`;
        const one = started.get(key) ?? (await start(target, profile));
        started.set(key, one);
        targets.push(one);
      }
      return targets;
    },
    async close() {
      const failures: unknown[] = [];
      for (const { adapter } of started.values()) {
        try {
          await adapter.close();
        } catch (failure) {
          failures.push(failure);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
