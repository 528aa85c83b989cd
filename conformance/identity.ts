/**
 * Which of the adapter's objects is which of the model's. The model numbers objects in the order of
 * creation; an implementation names them as it likes, each by one number for the whole run.
 */
export interface IdentityMap {
  /** Begins a new run: nothing is bound. */
  reset(): void;
  /** Binds the next object of the model to the adapter's; `taken`: that one is bound already. */
  bindNext(theirs: number): 'bound' | 'taken';
  /** Counts an object of the model that the adapter gave no identity. */
  skipNext(): void;
  /** How many objects the run has made; the model's numbers are 1..count. */
  count(): number;
  /** The adapter's identity of an object of the model, or 0 if it gave none. */
  theirs(ours: number): number;
  /** The model's number of an object of the adapter, or 0 if it is none of this run. */
  ours(theirs: number): number;
}

export function createIdentityMap(): IdentityMap {
  const theirsByOurs: number[] = [0];
  const oursByTheirs = new Map<number, number>();
  return {
    reset() {
      theirsByOurs.length = 1;
      oursByTheirs.clear();
    },
    bindNext(theirs) {
      if (oursByTheirs.has(theirs)) {
        theirsByOurs.push(0);
        return 'taken';
      }
      oursByTheirs.set(theirs, theirsByOurs.length);
      theirsByOurs.push(theirs);
      return 'bound';
    },
    skipNext() {
      theirsByOurs.push(0);
    },
    count: () => theirsByOurs.length - 1,
    theirs: (ours) => theirsByOurs[ours] ?? 0,
    ours: (theirs) => oursByTheirs.get(theirs) ?? 0,
  };
}
