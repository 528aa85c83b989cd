/** Goals about names: several of one inode, and symbolic links. */
import { statOf } from '../model/index.ts';
import { cell, sightOf } from './cells.ts';
import type { StateGoal, StepGoal } from './property.types.ts';

export const pinHasTwoNames = {
  kind: 'sometimes-step',
  id: 'pin-has-two-names',
  title: 'A pin is shown to have two names.',
  needs: ['paths'],
  under: { nameOps: 'built-in' },
  source: 'link(2); fs/libfs.c, simple_link',
  reachedBy: (_before, { call, outcome }, after): boolean => {
    if (call.call !== 'stat' || !outcome.ok) {
      return false;
    }
    const { kind, nlink } = statOf(outcome.value);
    return kind === 'file' && nlink === 2 && after.seenObject.some((object) => object !== 0);
  },
} as const satisfies StepGoal;

export const pinSeenAlongALink = {
  kind: 'sometimes',
  id: 'pin-seen-along-a-link',
  title: 'A pin is seen along a symbolic link.',
  needs: ['paths'],
  under: { symlinks: 'built-in' },
  source: 'symlink(7); kernel/bpf/inode.c, bpf_symlink',
  reached: (o): boolean => {
    const end = sightOf(o, o.shape.processes + 1, 0);
    for (let at = 0; at < end; at += 1) {
      if (cell(o.seenByLink, at) === 1 && cell(o.seenObject, at) !== 0) {
        return true;
      }
    }
    return false;
  },
} as const satisfies StateGoal;
