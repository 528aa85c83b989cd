import { columnsOf, layOut, type Column } from '../../model/state/layout.ts';
import type { BoundedScope } from './scope.types.ts';

// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the type of the schema is what this makes
export function schemaOf({ processes, namespaces, objects, descriptors, names }: BoundedScope) {
  const to = (target: string, rows: number) => ({ max: rows, target });
  const slots = processes * descriptors;
  const pins = namespaces * names;
  const scenery = 0;
  return {
    /** `namespace`: 0 of a process that does not run. */
    process: { rows: processes, scenery, columns: { namespace: to('namespace', namespaces) } },
    descriptor: {
      rows: slots,
      scenery,
      columns: { object: to('object', objects) },
      block: { of: 'process', size: descriptors },
    },
    /** `instance`: what is mounted in it. */
    namespace: { rows: namespaces, scenery, columns: { instance: to('instance', namespaces) } },
    /** `key`: the namespace that mounted it first; 0 of a dead one, and once that namespace is dead. */
    instance: { rows: namespaces, scenery, columns: { key: to('namespace', namespaces) } },
    pin: {
      rows: pins,
      scenery,
      columns: { object: to('object', objects) },
      block: { of: 'instance', size: names },
    },
    /** `refcnt` follows from the descriptors and pins. It is stored, so that it can be wrong. */
    object: {
      rows: objects,
      scenery,
      columns: { kind: { max: 2 }, refcnt: { max: slots + pins } },
    },
  };
}

type Schema = ReturnType<typeof schemaOf>;

/** The state: where it lies, and its columns. */
export type BoundedTables = Omit<ReturnType<typeof layOut<Schema>>, 'schema'> & {
  readonly [Name in keyof Schema]: Readonly<Record<keyof Schema[Name]['columns'], Column>>;
} & {
  readonly scope: BoundedScope;
  /** The row of descriptor `f` of process `p`. */
  readonly slot: (p: number, f: number) => number;
  /** The row of what is pinned under name `k` of instance `i`. */
  readonly place: (i: number, k: number) => number;
};

export function createTables(scope: BoundedScope): BoundedTables {
  const { schema, ...layout } = layOut(schemaOf(scope));
  const whole = { schema, ...layout };
  const { descriptors, names } = scope;
  return {
    ...layout,
    scope,
    process: columnsOf(whole, 'process', schema.process),
    descriptor: columnsOf(whole, 'descriptor', schema.descriptor),
    namespace: columnsOf(whole, 'namespace', schema.namespace),
    instance: columnsOf(whole, 'instance', schema.instance),
    pin: columnsOf(whole, 'pin', schema.pin),
    object: columnsOf(whole, 'object', schema.object),
    slot: (p, f) => (p - 1) * descriptors + f,
    place: (i, k) => (i - 1) * names + k,
  };
}
