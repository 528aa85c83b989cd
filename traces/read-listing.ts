/** readdir, which strace shows as openat, getdents64 and close. */
import type { NamedForm, Reading } from './form.ts';
import type { Flaws } from './read-value.ts';
import { isPointer, misfit, note, readPath } from './read-value.ts';
import type { Value } from './syntax.types.ts';

const readdirUsage = 'readdir("PATH", ["NAME", ...])';

export const listingForms: readonly NamedForm[] = [
  ['readdir', { usage: readdirUsage, counts: [2], read: readReaddir }],
];

function readReaddir([path, shown]: readonly Value[], _end: number, flaws: Flaws): Reading | null {
  if (!path || !shown) return null;
  const call = { call: 'readdir', path: readPath(path, flaws) } as const;
  if (shown.kind !== 'list' && !isPointer(shown)) misfit(shown, 'names ["NAME", ...]', flaws);
  return { call, names: (noted) => readNames(shown, noted) };
}

function readNames(shown: Value, flaws: Flaws): readonly string[] {
  if (shown.kind !== 'list') {
    misfit(shown, 'names ["NAME", ...]', flaws);
    return [];
  }
  const names = shown.items.map((item) => readPath(item, flaws) ?? '');
  const twice = names.findIndex((name, at) => names.indexOf(name) < at);
  if (twice >= 0) note(flaws, shown.items[twice]?.column ?? 0, 'a name was found twice');
  return names;
}
