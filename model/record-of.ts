function hasAll<Name extends string, Value>(
  record: Record<string, Value>,
  names: readonly Name[],
): record is Record<Name, Value> {
  return names.every((name) => Object.hasOwn(record, name));
}

/** A record with a value for every name, typed by the names. */
export function recordOf<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name, index: number) => Value,
): Record<Name, Value> {
  const record: Record<string, Value> = Object.fromEntries(
    names.map((name, index) => [name, make(name, index)]),
  );
  if (!hasAll(record, names)) throw new Error('unreachable: every name was just given a value');
  return record;
}
