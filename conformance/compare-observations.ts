import type { Cells, Observation } from '../model/index.ts';
import { contentKeys } from '../model/vocabulary/index.ts';
import type { SightField } from '../model/vocabulary/index.ts';
import type { SeenObservation } from './observe-sight.ts';

/**
 * `exact`: everything must be equal. `late`: objects that the model says are gone may still be
 * there, with whatever they hold; a settled system is compared exactly.
 */
export type Strictness = 'exact' | 'late';

/** A cell in which two observations differ. */
export interface Difference {
  readonly field: SightField;
  /** What differs, as a text that follows "differs in". */
  readonly cell: string;
  readonly model: number;
  readonly adapter: number;
}

/**
 * The first difference between the model's observation and the adapter's on the fields that the
 * adapter shows, or null. Instances and namespaces are compared up to a one-to-one renaming within
 * this pair of observations.
 */
export function firstDifference(
  model: Observation,
  adapter: SeenObservation,
  strictness: Strictness,
): Difference | null {
  const { shape, fields } = adapter;
  const process = (cell: number): string => `process ${cell}`;
  const descriptor = (cell: number): string =>
    `process ${Math.floor(cell / shape.descriptors)}, descriptor ${cell % shape.descriptors}`;
  const path = (cell: number): string =>
    `process ${Math.floor(cell / shape.paths)}, watched path ${cell % shape.paths}`;
  const object = (cell: number): string => `object ${cell}`;
  const slot = (cell: number): string =>
    `slot ${contentKeys[cell % contentKeys.length] ?? 0} of object ${mapOf(cell)}`;
  const late = (cell: number): boolean =>
    strictness === 'late' && model.alive[cell] === 0 && adapter.alive[cell] === 1;
  const lateObjects = adapter.alive.some((_, cell) => late(cell));
  const always = (field: SightField, name: string, place: (cell: number) => string) => ({
    field,
    name,
    place,
    skip: nowhere,
  });
  const ofObject = (field: SightField, name: string, skip: (cell: number) => boolean) => ({
    field,
    name,
    place: object,
    skip,
  });
  // What an object that is late still holds is counted there and not in the model.
  const counted = lateObjects ? everywhere : nowhere;
  const unknown = (cell: number): boolean =>
    late(cell) || model.content[cell] === -1 || adapter.content[cell] === -1;
  const notShown = (cell: number): boolean =>
    late(mapOf(cell)) || adapter.slotsShown[mapOf(cell)] === 0;

  const comparisons = [
    [always('descriptors', 'the object', descriptor), model.descriptor, adapter.descriptor, same],
    [always('paths', 'what is seen', path), model.seenKind, adapter.seenKind, same],
    [always('paths', 'the object', path), model.seenObject, adapter.seenObject, same],
    [always('instances', 'the instance', path), model.seenInstance, adapter.seenInstance, renamed],
    [always('namespaces', 'the namespace', process), model.namespace, adapter.namespace, renamed],
    [ofObject('alive', 'being alive', late), model.alive, adapter.alive, same],
    [ofObject('alive', 'the kind', late), model.kind, adapter.kind, same],
    [ofObject('content', 'the content', unknown), model.content, adapter.content, same],
    [{ ...always('slots', 'the object', slot), skip: notShown }, model.slot, adapter.slot, same],
    [ofObject('frozen', 'being frozen', late), model.frozen, adapter.frozen, same],
    [ofObject('counts', 'refcnt', counted), model.refcnt, adapter.refcnt, same],
    [ofObject('counts', 'usercnt', counted), model.usercnt, adapter.usercnt, same],
    [ofObject('holders', 'descriptions', counted), model.descriptions, adapter.descriptions, same],
    [ofObject('holders', 'inodes', counted), model.inodes, adapter.inodes, same],
    [ofObject('holders', 'programs', counted), model.programs, adapter.programs, same],
    [ofObject('holders', 'links', counted), model.links, adapter.links, same],
    [ofObject('holders', 'slots', counted), model.slots, adapter.slots, same],
    [ofObject('holders', 'attachments', counted), model.attachments, adapter.attachments, same],
  ] as const;
  // A settled system has nothing outstanding; before that, an effect may be under way unseen.
  if (fields.has('pending') && strictness === 'exact' && model.pending[0] !== adapter.pending[0]) {
    const [ours = 0] = model.pending;
    const [theirs = 0] = adapter.pending;
    return { field: 'pending', cell: 'the outstanding effects', model: ours, adapter: theirs };
  }
  for (const [{ field, name, place, skip }, ours, theirs, equality] of comparisons) {
    if (!fields.has(field)) continue;
    const cell = firstUnequal(ours, theirs, equality(), skip);
    if (cell === -1) continue;
    const cellText = `${name} of ${place(cell)}`;
    return { field, cell: cellText, model: ours[cell] ?? 0, adapter: theirs[cell] ?? 0 };
  }
  return null;
}

/** What deferred effects leave alone. */
const lasting: ReadonlySet<SightField> = new Set([
  'descriptors',
  'paths',
  'instances',
  'namespaces',
]);

/** True if no deferred effect of the model can make up for a difference. */
export function isFinal({ field, model }: Difference): boolean {
  // What is gone does not come back.
  return lasting.has(field) || (field === 'alive' && model === 0);
}

/** The map that a cell of `slot` belongs to. */
const mapOf = (cell: number): number => Math.floor(cell / contentKeys.length);

type Equal = (ours: number, theirs: number) => boolean;

const nowhere = (): boolean => false;
const everywhere = (): boolean => true;

const same = (): Equal => (ours, theirs) => ours === theirs;

/** Equality up to a one-to-one renaming that fits the cells compared so far; 0 is itself. */
function renamed(): Equal {
  const theirsByOurs = new Map<number, number>([[0, 0]]);
  const oursByTheirs = new Map<number, number>([[0, 0]]);
  return (ours, theirs) => {
    const [known, back] = [theirsByOurs.get(ours), oursByTheirs.get(theirs)];
    if (known !== undefined || back !== undefined) return known === theirs && back === ours;
    theirsByOurs.set(ours, theirs);
    oursByTheirs.set(theirs, ours);
    return true;
  };
}

function firstUnequal(
  ours: Cells,
  theirs: Cells,
  equal: Equal,
  skip: (cell: number) => boolean,
): number {
  for (let cell = 0; cell < ours.length; cell++) {
    if (!equal(ours[cell] ?? 0, theirs[cell] ?? 0) && !skip(cell)) return cell;
  }
  return -1;
}
