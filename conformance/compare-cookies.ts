/** Compares what leads to objects where these are known by cookies only. */
import type { Cells, Observation } from '../model/index.ts';
import type { Difference } from './compare-observations.ts';

/**
 * The first descriptor or watched path that leads to another object than in the model, or to none: a map
 * that is alive in the model is there, with its cookie in it. What has no cookie is passed over.
 * @param isKnown whether an object of the model was given an identity.
 */
export function firstCookieDifference(
  model: Observation,
  adapter: Observation,
  isKnown: (object: number) => boolean,
): Difference | null {
  const { shape } = adapter;
  const shown = (object: number): number => (isKnown(object) ? object : 0);
  const first = (
    field: 'descriptors' | 'paths',
    ours: Cells,
    theirs: Cells,
    place: (cell: number) => string,
  ): Difference | null => {
    const cell = ours.findIndex((object, at) => shown(object) !== theirs[at]);
    if (cell === -1) return null;
    const text = `the cookie at ${place(cell)}`;
    return { field, cell: text, model: shown(ours[cell] ?? 0), adapter: theirs[cell] ?? 0 };
  };
  return (
    first(
      'descriptors',
      model.descriptor,
      adapter.descriptor,
      (cell) =>
        `process ${Math.floor(cell / shape.descriptors)}, descriptor ${cell % shape.descriptors}`,
    ) ??
    first(
      'paths',
      model.seenObject,
      adapter.seenObject,
      (cell) => `process ${Math.floor(cell / shape.paths)}, watched path ${cell % shape.paths}`,
    )
  );
}
