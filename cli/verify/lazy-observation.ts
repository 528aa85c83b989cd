import type { Observation } from '../../model/index.ts';

/**
 * An observation that is made when one of its tables is first read.
 * @param look brings `target` up to date if it is not, and returns it.
 */
export function lazyObservation(target: Observation, look: () => Observation): Observation {
  return {
    shape: target.shape,
    fields: target.fields,
    get running() {
      return look().running;
    },
    get namespace() {
      return look().namespace;
    },
    get hears() {
      return look().hears;
    },
    get descriptor() {
      return look().descriptor;
    },
    get seenKind() {
      return look().seenKind;
    },
    get seenInstance() {
      return look().seenInstance;
    },
    get seenOrigin() {
      return look().seenOrigin;
    },
    get seenByLink() {
      return look().seenByLink;
    },
    get seenObject() {
      return look().seenObject;
    },
    get alive() {
      return look().alive;
    },
    get kind() {
      return look().kind;
    },
    get refcnt() {
      return look().refcnt;
    },
    get usercnt() {
      return look().usercnt;
    },
    get descriptions() {
      return look().descriptions;
    },
    get inodes() {
      return look().inodes;
    },
    get programs() {
      return look().programs;
    },
    get links() {
      return look().links;
    },
    get slots() {
      return look().slots;
    },
    get attachments() {
      return look().attachments;
    },
    get slot() {
      return look().slot;
    },
    get files() {
      return look().files;
    },
    get content() {
      return look().content;
    },
    get frozen() {
      return look().frozen;
    },
    get hooked() {
      return look().hooked;
    },
    get pending() {
      return look().pending;
    },
  };
}
