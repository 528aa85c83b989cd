import type { Observation, ObservedPart } from '../../model/index.ts';

/**
 * An observation of which each part is made when one of its tables is first read.
 * @param look brings a part of `target` up to date if it is not, and returns it.
 */
export function lazyObservation(
  target: Observation,
  look: (part: ObservedPart) => Observation,
): Observation {
  return {
    shape: target.shape,
    fields: target.fields,
    get running() {
      return look('processes').running;
    },
    get namespace() {
      return look('processes').namespace;
    },
    get hears() {
      return look('processes').hears;
    },
    get descriptor() {
      return look('processes').descriptor;
    },
    get seenKind() {
      return look('names').seenKind;
    },
    get seenInstance() {
      return look('names').seenInstance;
    },
    get seenOrigin() {
      return look('names').seenOrigin;
    },
    get seenByLink() {
      return look('names').seenByLink;
    },
    get seenObject() {
      return look('names').seenObject;
    },
    get alive() {
      return look('objects').alive;
    },
    get kind() {
      return look('objects').kind;
    },
    get refcnt() {
      return look('objects').refcnt;
    },
    get usercnt() {
      return look('objects').usercnt;
    },
    get descriptions() {
      return look('objects').descriptions;
    },
    get inodes() {
      return look('objects').inodes;
    },
    get programs() {
      return look('objects').programs;
    },
    get links() {
      return look('objects').links;
    },
    get slots() {
      return look('objects').slots;
    },
    get attachments() {
      return look('objects').attachments;
    },
    get slot() {
      return look('objects').slot;
    },
    get files() {
      return look('processes').files;
    },
    get content() {
      return look('objects').content;
    },
    get frozen() {
      return look('objects').frozen;
    },
    get hooked() {
      return look('objects').hooked;
    },
    get pending() {
      return look('objects').pending;
    },
  };
}
