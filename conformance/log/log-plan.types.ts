/** What has to be known of a log before it is followed: the directories that matter in it. */
export interface LogPlan {
  /** All of them, and those above them. */
  readonly host: readonly string[];
  /** Where it mounts a bpffs. */
  readonly targets: ReadonlySet<string>;
  /** Where it pins something, or finds it pinned. */
  readonly pins: ReadonlySet<string>;
}
