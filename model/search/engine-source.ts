import { attemptSource } from './attempts.ts';
import { canonicalSource } from './canonical-source.ts';
import { driverSource } from './drivers.ts';
import type { EnabledCall, EngineWorld } from './engine.types.ts';
import { packingSource } from './packing.ts';
import { listSource } from './succeeding.ts';

/** All the text that an engine generates for a world, for audit: each part below its name. */
export function engineSource(
  { calls, memory, reduction, state, symmetry }: EngineWorld,
  driven: readonly EnabledCall[],
  twins: ReadonlyMap<string, number>,
): string {
  const key = memory?.key ?? { words: new Uint32Array(0), masks: [] };
  const { pack, unpack } = packingSource(state, key);
  const form = reduction === 'none' ? undefined : canonicalSource(symmetry);
  const parts = [
    ...driven.map(({ call, code, domains }) => [
      call.call,
      driverSource(call, code, domains, twins.get(call.call)),
    ]),
    ...driven
      .filter(({ call }) => call.looksAt === 'file-systems')
      .map(({ call, domains }) => [`${call.call}, where it succeeds`, listSource(call, domains)]),
    ['pack', pack],
    ['unpack', unpack],
    ...(form === undefined
      ? []
      : [
          ['canonical form, once', form.once],
          ['canonical form, of each state', form.each],
        ]),
    ...calls.map(({ call, domains }) => [
      `${call.call}, where it fails`,
      attemptSource(call, domains),
    ]),
  ];
  return parts.map(([name, text]) => `// ${name}\n${text}`).join('\n\n');
}
