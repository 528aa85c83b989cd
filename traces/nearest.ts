/** Longer words are not compared: no name that we know comes near their length. */
const lengthMax = 64;

/**
 * The name among `names` that differs least from `word`, if it differs little enough to be a slip:
 * by at most a third of its letters. Case does not count. Ties go to the earlier name.
 */
export function nearest(word: string, names: readonly string[]): string | null {
  if (word.length > lengthMax) return null;
  let best: string | null = null;
  let bestDistance = Math.floor(word.length / 3) + 1;
  for (const name of names) {
    const distance = editDistance(word.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = cell(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? cell(beforeLast, j - 2) + 1
          : Infinity;
      row.push(Math.min(cell(last, j) + 1, cell(row, j - 1) + 1, replaced, swapped));
    }
    [beforeLast, last] = [last, row];
  }
  return cell(last, b.length);
}

/** Every cell that is asked for is there. */
const cell = (row: readonly number[], at: number): number => row[at] ?? 0;

/** `; did you mean NAME?` or nothing: the end of a sentence about an unknown word. */
export function suggestion(word: string, names: readonly string[]): string {
  const name = nearest(word, names);
  return name === null ? '' : `; did you mean ${name}?`;
}
