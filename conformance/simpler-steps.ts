import type { Call, Path } from '../model/vocabulary/index.ts';
import { pathsIn, withPaths } from './call-paths.ts';
import type { LinkedStep } from './linked-run.ts';
import { plainerCalls } from './simpler-calls.ts';

/**
 * Variants of a step that a reader would find simpler, or at least not worse: called by the first
 * process, with paths that the run names elsewhere, without flags.
 */
export function simplerSteps(linked: LinkedStep, paths: readonly string[]): readonly LinkedStep[] {
  const { step } = linked;
  const withCall = (call: Call): LinkedStep => ({ ...linked, step: { ...step, call } });
  const calledByFirst =
    linked.callerFrom === null
      ? []
      : [{ ...linked, callerFrom: null, step: { pid: 1, call: step.call } }];
  return [...calledByFirst, ...simplerCalls(step.call, paths).map(withCall)];
}

function simplerCalls(call: Call, paths: readonly string[]): readonly Call[] {
  const renamed = pathsIn(call).flatMap((path, at) =>
    paths
      .filter((other) => other !== path)
      .map((other) => withPaths(call, (kept, which) => (which === at ? other : kept))),
  );
  return [...plainerCalls(call), ...renamed];
}

/**
 * The same steps with one path replaced by another wherever it stands, also at the beginning of
 * longer ones: what has to agree in several steps cannot be made simpler in one of them.
 */
export function withPathReplaced(
  steps: readonly LinkedStep[],
  from: string,
  to: string,
): readonly LinkedStep[] {
  const replaced = (path: string): string => {
    if (path === from) return to;
    return path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;
  };
  return steps.map((linked) => {
    const { pid, call } = linked.step;
    return { ...linked, step: { pid, call: withPaths(call, replaced) } };
  });
}

/**
 * The paths that a run names, shortest first. What a symbolic link holds that begins in the link's own
 * directory would name something else in another call.
 */
export function pathsOf(steps: readonly LinkedStep[]): readonly string[] {
  const named = steps.flatMap(({ step: { call } }) =>
    call.call === 'symlink' && !isAbsolute(call.target)
      ? pathsIn({ ...call, target: null })
      : pathsIn(call),
  );
  return [...new Set(named)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

const isAbsolute = (path: Path): boolean => path?.startsWith('/') ?? false;
