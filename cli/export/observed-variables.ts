/** An observation of the model as variables of a state. */
import type { Observation } from '../../model/index.ts';
import { itfNumber as number, itfString as string } from '../../traces/index.ts';
import type { ItfValue } from '../../traces/index.ts';

type Pair = readonly [key: ItfValue, value: ItfValue];

/** What the numbers of an observation stand for. */
const shownAt = ['nothing', 'directory', 'map', 'program', 'link'] as const;
const kindNames = ['none', 'map', 'program', 'link'] as const;

/** @param watch the paths of the observation. */
export function variablesOf(
  seen: Observation,
  watch: readonly string[],
): Readonly<Record<string, ItfValue>> {
  const running = upTo(seen.shape.processes).filter((pid) => seen.running[pid] === 1);
  const alive = upTo(seen.shape.objects).filter((object) => seen.alive[object] === 1);
  return {
    running: { kind: 'set', members: running.map(number) },
    namespaces: map(running.map((pid) => [number(pid), number(seen.namespace[pid] ?? 0)])),
    descriptors: map(running.map((pid) => [number(pid), descriptorsOf(seen, pid)])),
    paths: map(running.map((pid) => [number(pid), pathsOf(seen, watch, pid)])),
    objects: map(alive.map((object) => [number(object), objectOf(seen, object)])),
    pending: number(seen.pending[0] ?? 0),
  };
}

const map = (pairs: readonly Pair[]): ItfValue => ({ kind: 'map', pairs });

const upTo = (most: number): readonly number[] => Array.from({ length: most }, (_, at) => at + 1);

/** From the descriptors with an object behind them to the object. */
function descriptorsOf({ shape, descriptor }: Observation, pid: number): ItfValue {
  const pairs: Pair[] = [];
  for (let fd = 0; fd < shape.descriptors; fd++) {
    const object = descriptor[pid * shape.descriptors + fd] ?? 0;
    if (object !== 0) pairs.push([number(fd), number(object)]);
  }
  return map(pairs);
}

/** From the paths at which a bpffs is seen to what it shows there. */
function pathsOf(seen: Observation, watch: readonly string[], pid: number): ItfValue {
  const pairs = watch.flatMap((path, at): readonly Pair[] => {
    const cell = pid * seen.shape.paths + at;
    const kind = seen.seenKind[cell] ?? 0;
    if (kind === 0) return [];
    const fields = {
      /* c8 ignore next 3 -- every kind has a name, and the cell was read before */
      kind: string(shownAt[kind] ?? shownAt[0]),
      instance: number(seen.seenInstance[cell] ?? 0),
      object: number(seen.seenObject[cell] ?? 0),
    };
    return [[string(path), { kind: 'record', fields }]];
  });
  return map(pairs);
}

function objectOf(seen: Observation, object: number): ItfValue {
  /* c8 ignore next -- an object that is alive has a cell in every table */
  const at = (cells: Int32Array): ItfValue => number(cells[object] ?? 0);
  return {
    kind: 'record',
    fields: {
      /* c8 ignore next -- every kind has a name */
      kind: string(kindNames[seen.kind[object] ?? 0] ?? kindNames[0]),
      refcnt: at(seen.refcnt),
      usercnt: at(seen.usercnt),
      frozen: at(seen.frozen),
    },
  };
}
