import type { Call, Path } from '../model/vocabulary/index.ts';
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
  if ('path' in call) return others(call.path, paths).map((path) => ({ ...call, path }));
  if (!('target' in call)) return plainerCalls(call);
  return [
    ...(call.call === 'umount2' && call.flag !== 'none'
      ? [{ ...call, flag: 'none' } as const]
      : []),
    ...(call.call === 'bind'
      ? others(call.source, paths).map((source) => ({ ...call, source }))
      : []),
    ...others(call.target, paths).map((target) => ({ ...call, target })),
  ];
}

function others(path: Path, paths: readonly string[]): readonly string[] {
  return paths.filter((other) => other !== path);
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
  const replaced = (path: Path): Path => {
    if (path === null) return null;
    if (path === from) return to;
    return path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;
  };
  return steps.map((linked) => {
    const { pid, call } = linked.step;
    return { ...linked, step: { pid, call: withPaths(call, replaced) } };
  });
}

function withPaths(call: Call, replaced: (path: Path) => Path): Call {
  if ('path' in call) return { ...call, path: replaced(call.path) };
  if ('source' in call) {
    return { ...call, source: replaced(call.source), target: replaced(call.target) };
  }
  return 'target' in call ? { ...call, target: replaced(call.target) } : call;
}

/** The paths that a run names, shortest first. */
export function pathsOf(steps: readonly LinkedStep[]): readonly string[] {
  const paths = steps.flatMap(({ step: { call } }) => [
    'path' in call ? call.path : null,
    'target' in call ? call.target : null,
    'source' in call ? call.source : null,
  ]);
  const named = paths.filter((path) => path !== null);
  return [...new Set(named)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}
