import type { Call, Path } from '../model/vocabulary/index.ts';
import type { LinkedStep } from './linked-run.ts';

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
  switch (call.call) {
    case 'BPF_MAP_CREATE':
      return [
        { ...call, type: 'BPF_MAP_TYPE_HASH', keySize: 4, valueSize: 4, maxEntries: 1 },
        { ...call, maxEntries: 1 },
      ];
    case 'BPF_MAP_UPDATE_ELEM':
      return [
        { ...call, key: 0, value: 1, flag: 'BPF_ANY' },
        { ...call, key: 0 },
        { ...call, value: 1 },
      ];
    case 'BPF_PROG_LOAD':
      return call.mapFd === null ? [] : [{ ...call, mapFd: null }];
    case 'BPF_OBJ_PIN':
    case 'BPF_OBJ_GET':
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
      return others(call.path, paths).map((path) => ({ ...call, path }));
    case 'mount':
      return others(call.target, paths).map((target) => ({ ...call, target }));
    case 'bind':
      return [
        ...others(call.source, paths).map((source) => ({ ...call, source })),
        ...others(call.target, paths).map((target) => ({ ...call, target })),
      ];
    case 'umount2':
      return [
        ...(call.flag === 'none' ? [] : [{ ...call, flag: 'none' } as const]),
        ...others(call.target, paths).map((target) => ({ ...call, target })),
      ];
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'close':
    case 'dup':
    case 'fork':
    case 'exit_group':
    case 'kill':
    case 'unshare':
      return [];
  }
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
  switch (call.call) {
    case 'BPF_OBJ_PIN':
    case 'BPF_OBJ_GET':
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
      return { ...call, path: replaced(call.path) };
    case 'mount':
    case 'umount2':
      return { ...call, target: replaced(call.target) };
    case 'bind':
      return { ...call, source: replaced(call.source), target: replaced(call.target) };
    case 'BPF_MAP_CREATE':
    case 'BPF_MAP_UPDATE_ELEM':
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'BPF_PROG_LOAD':
    case 'close':
    case 'dup':
    case 'fork':
    case 'exit_group':
    case 'kill':
    case 'unshare':
      return call;
  }
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
