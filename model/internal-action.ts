/** The deferred effects (docs/world.md). */
export const internalActions = [
  'release-map', //     the map of a program that is gone
  'release-link', //    the program of a link that is gone
  'clear-slots', //     the slots of a program array that no user holds
  'release-filter', //  the program that was a socket's filter
  'release-cgroup', //  what is attached to a cgroup that was removed
  'release-inode', //   the object of an inode that is gone
  'collect-sockets', // sockets that only messages in their own queues hold
] as const;

/** What may take place, or never: by whose mounts an instance is found that a namespace left behind. */
export const choices = ['reuse-key'] as const;

/** All that takes place without a call. */
export const internalEvents = [...internalActions, ...choices] as const;

/** What may take place now: its name and the row it is about, 0 for all sockets. */
export interface InternalAction {
  readonly name: (typeof internalEvents)[number];
  readonly object: number;
}
