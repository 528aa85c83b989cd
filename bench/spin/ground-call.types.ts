/** One call with all its arguments: an option of the one Spin process. */
export interface GroundCall {
  /** The call as a reader would write it. */
  readonly title: string;
  /** All of these hold where the call succeeds within the bounds. */
  readonly guards: readonly string[];
  /** Statements in order. */
  readonly effects: readonly string[];
}
