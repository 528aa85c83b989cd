/** Ids, by which user space lists objects and opens those that it does not hold (map_idr, prog_idr, link_idr). */
import type { ObjectId } from '../../model/vocabulary/index.ts';
import type { BpfObject, Kernel, OrError } from './structures.types.ts';

/**
 * Gives a new object its id. Linux does so before it looks for a descriptor; here an object that
 * gets none has no id either, since the vocabulary counts what was created.
 */
export function allocateId({ ids }: Kernel, object: BpfObject): void {
  ids.last += 1;
  object.listedAs = ids.last;
  ids.objects.set(object.listedAs, object);
}

/** Takes an object's id away: nobody is to find it any more. */
export function freeId({ ids }: Kernel, object: BpfObject): void {
  ids.objects.delete(object.listedAs);
}

export function objectById(
  { ids }: Kernel,
  kind: BpfObject['kind'],
  id: ObjectId,
): OrError<BpfObject> {
  const object = ids.objects.get(id);
  // A link is listed until it is freed, but what has no reference left is given none.
  return object?.kind === kind && object.refcnt > 0 ? object : 'ENOENT';
}

/** The lowest id behind another, which need not be in use. */
export function idBehind(
  { ids }: Kernel,
  kind: BpfObject['kind'],
  id: ObjectId,
): OrError<ObjectId> {
  const behind = [...ids.objects.values()].flatMap((object) =>
    object.kind === kind && object.listedAs > id ? object.listedAs : [],
  );
  return behind.length === 0 ? 'ENOENT' : Math.min(...behind);
}
