/** What names lead to, when they are added, moved or exchanged. */
import type { Observation } from '../model/index.ts';
import type { Path } from '../model/vocabulary/index.ts';
import { cell, sightOf } from './cells.ts';
import type { StepProperty, StepView } from './property.types.ts';
import { watchedAt } from './watch.ts';

type Place = Pick<StepView, 'pid' | 'watch'>;

/** Whether a path is watched and leads where it says, along no symbolic link. */
function isKnown(o: Observation, { pid, watch }: Place, path: Path): boolean {
  const at = watchedAt(watch, path);
  return at >= 0 && cell(o.seenByLink, sightOf(o, pid, at)) === 0;
}

/** What a path shows: the object that is pinned there, or -1 if that is not known, or is no pin. */
function pinAt(o: Observation, { pid, watch }: Place, path: Path): number {
  return isKnown(o, { pid, watch }, path)
    ? cell(o.seenObject, sightOf(o, pid, watchedAt(watch, path))) || -1
    : -1;
}

/** Whether a path shows nothing any more, as far as that is known. */
function isEmpty(o: Observation, step: Place, path: Path): boolean {
  const at = watchedAt(step.watch, path);
  return !isKnown(o, step, path) || cell(o.seenKind, sightOf(o, step.pid, at)) === 0;
}

/** Whether a path shows a pin, as far as it is known what it shows. */
function leadsTo(o: Observation, step: StepView, path: Path, object: number): boolean {
  return !isKnown(o, step, path) || pinAt(o, step, path) === object;
}

/**
 * Two pins of one object look the same, so that a rename of one to the other may have been one of two
 * names of one inode, which leaves both.
 */
function holds(before: Observation, step: StepView, after: Observation): boolean {
  const { call, outcome } = step;
  if (!outcome.ok || !('from' in call)) {
    return true;
  }
  const { from, to } = call;
  const [old, other] = [pinAt(before, step, from), pinAt(before, step, to)];
  if (old === -1) {
    return true;
  }
  // Two names of one inode, of which a mount covers the other: what lies below it is not seen.
  const isSeen = isKnown(before, step, to) && isKnown(after, step, to);
  const isCovered = isSeen && isEmpty(before, step, to) && isEmpty(after, step, to);
  if (call.call !== 'link' && isCovered) {
    return leadsTo(after, step, from, old);
  }
  if (!leadsTo(after, step, to, old)) {
    return false;
  }
  if (call.call === 'link') {
    return leadsTo(after, step, from, old);
  }
  if (call.call === 'renameat2' && call.flag === 'RENAME_EXCHANGE') {
    return other === -1 || leadsTo(after, step, from, other);
  }
  const mayBeSame = other === old || !isKnown(before, step, to);
  return mayBeSame || isEmpty(after, step, from);
}

export const namesLeadOn = {
  kind: 'step',
  id: 'names-lead-on',
  title:
    'A name that is linked, moved or exchanged leads to what it led to, and the old one does not.',
  needs: ['paths'],
  under: { nameOps: 'built-in' },
  source: 'link(2), rename(2); fs/libfs.c, simple_link, simple_rename',
  failing: 'skipped',
  holds,
} as const satisfies StepProperty;
