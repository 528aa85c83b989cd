/** Compares what leads to objects where these are known by cookies only. */
import type { Hello } from '../adapters/contract/index.ts';
import type { Cells, Observation } from '../model/index.ts';
import type { Difference } from './compare-observations.ts';

/** Where a sight tells which object there is by its cookie. */
export type CookiePlace = 'descriptors' | 'paths';

const places: readonly CookiePlace[] = ['descriptors', 'paths'];

/** The places that sights of an adapter show; null if objects have ids. */
export function cookiePlacesOf({
  identities,
  hides = [],
}: Pick<Hello, 'identities' | 'hides'>): readonly CookiePlace[] | null {
  const isHidden = (place: CookiePlace): boolean =>
    hides.some(({ fields }) => fields.includes(place));
  return identities === 'cookies' ? places.filter((place) => !isHidden(place)) : null;
}

/**
 * The first descriptor or watched path that leads to another object than in the model, or to none: a map
 * that is alive in the model is there, with its cookie in it. What has no cookie is passed over.
 * @param shownAt where the adapter shows any.
 * @param isKnown whether an object of the model was given an identity.
 */
export function firstCookieDifference(
  model: Observation,
  adapter: Observation,
  shownAt: readonly CookiePlace[],
  isKnown: (object: number) => boolean,
): Difference | null {
  const { shape } = adapter;
  const shown = (object: number): number => (isKnown(object) ? object : 0);
  const first = (
    field: CookiePlace,
    ours: Cells,
    theirs: Cells,
    place: (cell: number) => string,
  ): Difference | null => {
    if (!shownAt.includes(field)) return null;
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
