/** In which states of a named scope a flipped transition leads elsewhere. */
import { createSearch, profiles, type ProfileName, type Search } from '../../model/index.ts';
import type { Scope } from '../../properties/index.ts';
import { breadthFirst, type Walked } from './breadth-first.ts';
import { flippable } from './flippable-charts.ts';
import type { FlipMutation } from './mutation.types.ts';
import { stepText } from './shown-text.ts';

export interface FlipsCompared extends Walked {
  /** By mutation: a shortest difference. */
  readonly differs: ReadonlyMap<string, string>;
}

/** Everything that can happen in the current state: what, what it answers, and what is then. */
function successors(search: Search): readonly string[] {
  const all: string[] = [];
  const packed = new Uint32Array(search.words);
  search.expand((action, ...args) => {
    const label = search.label(action, args);
    search.pack(packed, 0);
    all.push(`${stepText(label)}\0${JSON.stringify(search.outcome())}\0${packed.join()}`);
  });
  return all;
}

export function compareFlips(
  scope: Scope,
  profile: ProfileName,
  pending: readonly FlipMutation[],
  most: number,
): FlipsCompared {
  const { charts, under } = flippable();
  const search = createSearch({ ...scope, switches: profiles[profile], charts });
  const differs = new Map<string, string>();
  const walked = breadthFirst(search, most, (packed, path) => {
    const from = (): readonly string[] => {
      search.unpack(packed, 0);
      return successors(search);
    };
    const sound = from();
    for (const { name, flip } of pending) {
      if (differs.has(name)) continue;
      const how = under(flip, () => differenceOf(sound, from));
      if (how === undefined) continue;
      search.unpack(packed, 0);
      const where = `in ${scope.name} under ${profile}`;
      differs.set(name, `${where}: ${[...path().map(stepText), how].join('; ')}`);
    }
    return differs.size === pending.length ? 'enough' : 'go on';
  });
  return { ...walked, differs };
}

/** What happens otherwise, or what refuses to. */
function differenceOf(
  sound: readonly string[],
  flipped: () => readonly string[],
): string | undefined {
  try {
    const other = flipped();
    const at = sound.findIndex((one, k) => one !== other[k]);
    return at < 0 ? undefined : (sound[at] ?? '').split('\0')[0];
  } catch (error) {
    return String(error);
  }
}
