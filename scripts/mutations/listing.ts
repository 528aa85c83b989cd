/** All mutations there are. */
import { campaignBounds as bounds, campaignHost as host } from '../../conformance/index.ts';
import type { CallRows } from '../../model/calls/row.ts';
import { createWorld, profiles, type ProfileName } from '../../model/index.ts';
import {
  chartNames,
  flipName,
  flipsOf,
  transitionsOf,
} from '../../test/charts/flipped-chart.test-data.ts';
import { flatCall } from './flat-call.ts';
import type { FlipMutation, RowMutation } from './mutation.types.ts';

/** The calls of a profile, in a world that has room for everything. */
function callsOf(profile: ProfileName): readonly CallRows[] {
  let calls: readonly CallRows[] = [];
  const rows = (own: readonly CallRows[]): readonly CallRows[] => (calls = own);
  createWorld({ switches: profiles[profile], bounds, host, rows });
  return calls;
}

const isName = (name: string | undefined): name is string => name !== undefined;

/** Each once, however many profiles have it. */
export function rowMutations(among: readonly ProfileName[]): readonly RowMutation[] {
  const all = new Map<string, RowMutation>();
  for (const profile of among) {
    for (const own of callsOf(profile)) {
      const { dropped, swapped } = flatCall(own);
      const add = (kind: RowMutation['kind'], name: string): void => {
        const call = kind === 'dropped' && name === dropped[0] ? 'any' : own.call;
        const known = all.get(name)?.profiles ?? [];
        if (!known.includes(profile)) {
          all.set(name, { kind, name, call, profiles: [...known, profile] });
        }
      };
      for (const name of dropped.filter(isName)) add('dropped', name);
      for (const name of swapped.filter(isName)) add('swapped', name);
    }
  }
  return [...all.values()];
}

/** Every transition of every chart, to every other state and to none. */
export function flipMutations(): readonly FlipMutation[] {
  return chartNames
    .flatMap(transitionsOf)
    .flatMap((one) => [...flipsOf(one), { ...one, target: 'unhandled' }])
    .map((flip) => ({ kind: 'flipped', name: flipName(flip), flip }));
}
