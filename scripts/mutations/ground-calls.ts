/** The calls of a scope with every argument, in tables of their own. */
import { decodeCall } from '../../model/decode.ts';
import type { SearchOptions } from '../../model/index.ts';
import { createNames } from '../../model/names.ts';
import { domainOf, internScope } from '../../model/search/domains.ts';
import { plainPacking } from '../../model/search/packing.ts';
import type { Step } from '../../model/vocabulary/index.ts';
import { createMachinery } from '../../model/world.ts';
import type { Asked } from './differences.ts';
import { flatCall, type FlatCall } from './flat-call.ts';

export interface GroundCalls {
  readonly calls: readonly FlatCall[];
  /** Makes a packed state of a search of the same options current. */
  unpack(packed: Uint32Array): void;
  pack(into: Uint32Array): void;
  /** A call by every process, with every argument of its domains. */
  each(call: FlatCall, ask: (asked: Asked) => void): void;
  step(call: FlatCall, asked: Asked): Step;
}

export function groundCalls(options: SearchOptions): GroundCalls {
  const names = createNames();
  const machinery = createMachinery(options, names, internScope(options, names));
  machinery.reset();
  const { w } = machinery.parts;
  const packing = plainPacking(w.cells, w.fields);
  const processes = domainOf('pid', options, names);
  const calls = options.calls.flatMap((name) => {
    const own = machinery.calls.find(({ call }) => call === name);
    return own === undefined ? [] : [flatCall(own)];
  });
  const domains = new Map(
    calls.map((call) => [call, call.own.sorts.map((sort) => domainOf(sort, options, names))]),
  );
  return {
    calls,
    unpack(packed) {
      packing.unpack(packed, 0);
    },
    pack(into) {
      packing.pack(into, 0);
    },
    each(call, ask) {
      const [as = [0], bs = [0], cs = [0], ds = [0]] = domains.get(call) ?? [];
      for (const p of processes)
        for (const a of as)
          for (const b of bs) for (const c of cs) for (const d of ds) ask([p, a, b, c, d]);
    },
    step: ({ own }, [pid, ...args]) => ({ pid, call: decodeCall(own.call, args, names) }),
  };
}
