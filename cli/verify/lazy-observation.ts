import type { Observation, ObservedPart } from '../../model/index.ts';

/** Of each part, what brings it up to date if it is not, and returns the observation. */
export type Looks = Readonly<Record<ObservedPart, () => Observation>>;

/**
 * An observation of which each part is made when one of its tables is first read. A function for each
 * part: properties read tables in every state, and a part's name would have to be looked up every time.
 */
export function lazyObservation(
  target: Observation,
  { processes, names, objects }: Looks,
): Observation {
  const tables: Observation = {
    shape: target.shape,
    fields: target.fields,
    get running() {
      return processes().running;
    },
    get namespace() {
      return processes().namespace;
    },
    get hears() {
      return processes().hears;
    },
    get descriptor() {
      return processes().descriptor;
    },
    get seenKind() {
      return names().seenKind;
    },
    get seenInstance() {
      return names().seenInstance;
    },
    get seenOrigin() {
      return names().seenOrigin;
    },
    get seenByLink() {
      return names().seenByLink;
    },
    get seenObject() {
      return names().seenObject;
    },
    get alive() {
      return objects().alive;
    },
    get kind() {
      return objects().kind;
    },
    get refcnt() {
      return objects().refcnt;
    },
    get usercnt() {
      return objects().usercnt;
    },
    get descriptions() {
      return objects().descriptions;
    },
    get inodes() {
      return objects().inodes;
    },
    get programs() {
      return objects().programs;
    },
    get links() {
      return objects().links;
    },
    get slots() {
      return objects().slots;
    },
    get attachments() {
      return objects().attachments;
    },
    get slot() {
      return objects().slot;
    },
    get files() {
      return processes().files;
    },
    get content() {
      return objects().content;
    },
    get frozen() {
      return objects().frozen;
    },
    get hooked() {
      return objects().hooked;
    },
    get pending() {
      return objects().pending;
    },
  };
  return heirOf(tables);
}

/**
 * An object that has all it has from another. One of so many getters is a dictionary to V8, in which
 * every table is searched for whenever it is read; what is the prototype of another is none.
 */
function heirOf<Kind extends object>(parent: Kind): Kind {
  const heir: unknown = Object.create(parent);
  const inherits = (value: unknown): value is Kind => Object.getPrototypeOf(value) === parent;
  /* c8 ignore next -- unreachable, but the type of what is created does not say so */
  if (!inherits(heir)) throw new Error('unreachable: it was created from it');
  return heir;
}
