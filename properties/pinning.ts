/** What pinning, getting and unpinning do with the objects they are about. */
import type { Observation } from '../model/index.ts';
import type { Fd, ObjGet, ObjPin } from '../model/vocabulary/index.ts';
import { allAlive, cell, openedBy, sameContents, sameDescriptors, sightOf } from './cells.ts';
import type { StepProperty, StepView } from './property.types.ts';
import { removing } from './removing.ts';
import { watchedAt } from './watch.ts';

/** Whether `object` is what the path shows; true where the path is not watched. */
function showsObject(
  o: Observation,
  step: StepView,
  call: ObjPin | ObjGet,
  object: number,
): boolean {
  const at = watchedAt(step.watch, call.path);
  return at < 0 || cell(o.seenObject, sightOf(o, step.pid, at)) === object;
}

function pinShows(before: Observation, step: StepView, call: ObjPin, after: Observation): boolean {
  const object = openedBy(before, step.pid, call.fd);
  return (
    object !== 0 &&
    showsObject(after, step, call, object) &&
    sameDescriptors(before, step.pid, after, step.pid)
  );
}

function getOpens(
  before: Observation,
  step: StepView,
  call: ObjGet,
  fd: Fd,
  after: Observation,
): boolean {
  const object = openedBy(after, step.pid, fd);
  return (
    object !== 0 && openedBy(before, step.pid, fd) === 0 && showsObject(before, step, call, object)
  );
}

/** Where the path is not watched the identity cannot be judged, but the rest can. */
export const getReturnsWhatWasPinned = {
  kind: 'step',
  id: 'get-returns-what-was-pinned',
  title:
    'Pinning shows the very object at the path, getting opens it, and neither alters contents.',
  needs: ['descriptors', 'paths'],
  source: 'bpf(2), BPF_OBJ_PIN and BPF_OBJ_GET; kernel/bpf/inode.c, bpf_obj_do_get',
  failing: 'skipped',
  holds: (before, step, after): boolean => {
    const { call, outcome } = step;
    if (!outcome.ok) {
      return true;
    }
    if (call.call === 'BPF_OBJ_PIN') {
      return pinShows(before, step, call, after) && sameContents(before, after);
    }
    if (call.call === 'BPF_OBJ_GET') {
      return getOpens(before, step, call, outcome.value, after) && sameContents(before, after);
    }
    return true;
  },
} as const satisfies StepProperty;

function everyDescriptorStays(before: Observation, after: Observation): boolean {
  for (let pid = 1; pid <= before.shape.processes; pid += 1) {
    if (!sameDescriptors(before, pid, after, pid)) {
      return false;
    }
  }
  return true;
}

/**
 * A descriptor refers to the object and not to the name it was got by. The same is asked of the
 * other calls that can take names away.
 */
export const unlinkSparesOpenDescriptors = {
  kind: 'step',
  id: 'unlink-spares-open-descriptors',
  title: 'Taking names away closes no descriptor and kills no object behind one.',
  needs: ['descriptors', 'alive'],
  source: 'kernel/bpf/inode.c, bpf_obj_get_user: the file takes a reference of its own',
  failing: 'skipped',
  holds: (before, { call, outcome }, after): boolean => {
    // With a mount go the names in it.
    const takesNames = removing.has(call.call) || call.call === 'umount2' || call.call === 'move';
    return (
      !outcome.ok ||
      !takesNames ||
      (everyDescriptorStays(before, after) && allAlive(after, after.descriptor))
    );
  },
} as const satisfies StepProperty;
