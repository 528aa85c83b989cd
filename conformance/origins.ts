import type { ProcessSight, Sight, Step } from '../model/vocabulary/index.ts';

/**
 * In which namespace the instances that an adapter shows were made, as far as sights tell: an
 * instance that a successful mount showed for the first time originates in the namespace of the
 * process that mounted it, as long as a process is in there; a namespace that is kept by a file is joined
 * again. Sights must be taken after every step.
 */
export interface Origins {
  reset(): void;
  /** Takes note of the sight after a step; `step`: null for one that failed. */
  note(sight: Sight, step: Step | null): void;
  /** The namespace that an instance originates in, as the adapter numbers it; 0 for none known. */
  of(instance: number): number;
}

export function createOrigins(): Origins {
  const origin = new Map<number, number>();
  let shown = new Set<number>();
  let inhabited = new Set<number>();
  return {
    reset() {
      origin.clear();
      shown = new Set();
      inhabited = new Set();
    },
    note(sight, step) {
      const before = inhabited;
      inhabited = new Set(sight.processes.map((process) => process.namespace));
      const joined = step?.call.call === 'setns';
      for (const [instance, namespace] of origin) {
        // A namespace that begins may have the number of one that is gone.
        if (!joined && inhabited.has(namespace) && !before.has(namespace)) origin.delete(instance);
      }
      const mounter =
        step?.call.call === 'mount'
          ? sight.processes.find(({ pid }) => pid === step.pid)
          : undefined;
      if (mounter !== undefined) {
        // An implementation may number a new instance as one that is gone: what counts is that the
        // sight before did not show it.
        for (const instance of instancesOf(mounter)) {
          if (!shown.has(instance)) origin.set(instance, mounter.namespace);
        }
      }
      shown = new Set(sight.processes.flatMap(instancesOf));
    },
    of(instance) {
      const namespace = origin.get(instance) ?? 0;
      return inhabited.has(namespace) ? namespace : 0;
    },
  };
}

function instancesOf(process: ProcessSight): readonly number[] {
  return process.paths.map((path) => path.instance);
}
