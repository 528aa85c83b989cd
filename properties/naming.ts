/** What names lead to, when they are added, moved or exchanged. */
import type { Observation } from '../model/index.ts';
import type { Path } from '../model/vocabulary/index.ts';
import { cell, sightOf } from './cells.ts';
import type { StepProperty, StepView } from './property.types.ts';
import { watchedAt } from './watch.ts';

/** What a path shows: the object that is pinned there, or -1 if that is not known, or is no pin. */
function pinAt(o: Observation, { pid, watch }: StepView, path: Path): number {
  const at = watchedAt(watch, path);
  if (at < 0 || cell(o.seenByLink, sightOf(o, pid, at)) === 1) {
    return -1;
  }
  return cell(o.seenObject, sightOf(o, pid, at)) || -1;
}

/** Whether a path shows nothing any more, as far as that is known. */
function isEmpty(o: Observation, { pid, watch }: StepView, path: Path): boolean {
  const at = watchedAt(watch, path);
  return at < 0 || cell(o.seenKind, sightOf(o, pid, at)) === 0;
}

/** Whether a path shows a pin, as far as it is known what it shows. */
function leadsTo(o: Observation, step: StepView, path: Path, object: number): boolean {
  return watchedAt(step.watch, path) < 0 || pinAt(o, step, path) === object;
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
  if (old === -1 || from === to) {
    return true;
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
  return other === old || isEmpty(after, step, from);
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
