/** Arguments as numbers. */
export type Args = readonly [a: number, b: number, c: number, d: number];

/** The name of an argument code: the reverse of the tables of codes. */
export function keyOf<Key extends string>(codes: Readonly<Record<Key, number>>, code: number): Key {
  for (const key in codes) {
    if (codes[key] === code) return key;
  }
  throw new Error(`no name for the argument code ${code}`);
}

export const roomOf = (code: number): 0 | 1 | 2 => (code === 0 ? 0 : code === 1 ? 1 : 2);
