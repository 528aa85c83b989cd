import type { Hello } from '../adapters/contract/index.ts';
import type { SightField } from '../model/vocabulary/index.ts';
import type { Property } from '../properties/index.ts';
import type { Specification } from './specification.types.ts';

/** A property that cannot be judged here, and the fields that an adapter would have to show. */
export interface NotObservable {
  readonly property: string;
  readonly missing: readonly SightField[];
}

/** The properties that stand under the specification's profile. */
export function standing({ properties, instance }: Specification): readonly Property[] {
  return properties.filter((one) => one.instance === undefined || one.instance === instance);
}

/** The properties that an adapter which shows these fields can be judged by, and the others. */
export function observable(
  properties: readonly Property[],
  fields: ReadonlySet<SightField>,
): { readonly judged: readonly Property[]; readonly notObservable: readonly NotObservable[] } {
  const missing = (one: Property): readonly SightField[] =>
    one.needs.filter((field) => !fields.has(field));
  return {
    judged: properties.filter((one) => missing(one).length === 0),
    notObservable: properties
      .filter((one) => missing(one).length > 0)
      .map((one) => ({ property: one.id, missing: missing(one) })),
  };
}

/** Whether sights of an adapter tell anything. */
export const showsObjects = ({ observes, identities }: Hello): boolean =>
  observes.length > 0 || identities === 'cookies';
