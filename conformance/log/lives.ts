/** The life of each object of a log: who held it when, and what let it go. */
import type { HeldObject } from '../../model/index.ts';
import type { ObjectSort } from '../../traces/index.ts';
import type { LifeStep, LogPlace, ObjectLife, ReplacedPin } from './explanation.types.ts';

import type { Life } from './life.types.ts';
import { createPossibleHolders } from './possible-holders.ts';
import type { PossibleHolders } from './possible-holders.ts';

/** What is kept of a log, however long it is. */
const limits = { steps: 60, objects: 400, windows: 20, names: 4000, replaced: 200 } as const;

export interface NewObject {
  readonly sort: ObjectSort;
  readonly type: string;
  readonly name: string;
  readonly origin: string;
}

export interface Lives {
  /** Enters an object of the model's, which has just come into sight. */
  enter(object: number, what: NewObject, place: LogPlace): Life;
  lifeOf(object: number): Life | undefined;
  /** Compares what is held now with what was held before; `nameOf` a descriptor of the model's. */
  note(
    objects: readonly HeldObject[],
    place: LogPlace,
    event: string,
    nameOf: (pid: number, fd: number) => string,
  ): void;
  readonly possible: PossibleHolders;
  finish(): Pick<Explained, 'objects' | 'shortLived' | 'moreObjects' | 'replaced' | 'left'>;
}

interface Explained {
  readonly objects: readonly ObjectLife[];
  readonly shortLived: number;
  readonly moreObjects: number;
  readonly replaced: readonly ReplacedPin[];
  readonly left: readonly { readonly path: string; readonly object: string }[];
}

const areSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, k) => text === b[k]);

export function createLives(): Lives {
  const living = new Map<number, Life>();
  /** Those that only a possible holder may keep; the model has let them go. */
  const doubtful = new Set<Life>();
  const finished: ObjectLife[] = [];
  const replaced: ReplacedPin[] = [];
  const lastAt = new Map<string, Life>();
  const possible = createPossibleHolders();
  let ids = 0;
  let shortLived = 0;
  let moreObjects = 0;

  function addStep(life: Life, step: LifeStep): void {
    if (life.steps.length < limits.steps) life.steps.push(step);
    else life.more++;
  }

  function finishLife(life: Life, end: ObjectLife['end']): void {
    possible.forget(life);
    const { label, type, created, origin, steps, more, outlived, windows } = life;
    if (life.notable === 'no') shortLived++;
    else if (finished.length >= limits.objects) moreObjects++;
    else finished.push({ label, type, created, origin, steps, more, outlived, windows, end });
  }

  function notePaths(life: Life, now: HeldObject, place: LogPlace): void {
    for (const path of now.paths) {
      if (life.paths.includes(path)) continue;
      const before = lastAt.get(path);
      if (before !== undefined && before !== life && replaced.length < limits.replaced) {
        replaced.push({ path, place, before: before.label, after: life.label });
      }
      if (lastAt.size < limits.names || lastAt.has(path)) lastAt.set(path, life);
    }
  }

  function noteExposure(life: Life, now: HeldObject, place: LogPlace): void {
    if (now.names > 0 && life.exposed !== null) {
      const { since, why, holders } = life.exposed;
      if (life.windows.length < limits.windows) {
        life.windows.push({ from: since, to: place.line, why, holders });
      }
      life.exposed = null;
    } else if (now.names === 0 && life.names > 0) {
      life.exposed = { since: place.line, why: 'between unlink and pin', holders: life.holders };
    }
    if (life.exposed !== null && life.holders.length > 0) life.exposed.holders = life.holders;
  }

  function noteHeld(
    life: Life,
    now: HeldObject,
    place: LogPlace,
    event: string,
    nameOf: (pid: number, fd: number) => string,
  ): void {
    const unseen = now.names > 0 && now.paths.length === 0 ? ['a pin that no path leads to'] : [];
    const holders = [
      ...new Set(now.descriptors.map(({ pid, fd }) => nameOf(pid, fd))),
      ...now.paths.map((path) => `pin ${path}`),
      ...unseen,
    ];
    const maybe = possible.of(life);
    const isSame = areSame(holders, life.holders) && areSame(maybe, life.possible);
    notePaths(life, now, place);
    const before = { descriptors: life.descriptors };
    Object.assign(life, { holders, possible: maybe, descriptors: now.descriptors.length });
    noteExposure(life, now, place);
    life.paths = now.paths;
    life.names = now.names;
    if (now.names > 0 || maybe.length > 0) life.notable = 'yes';
    if (now.descriptors.length === 0 && before.descriptors > 0 && now.names > 0) {
      life.outlived ??= { place, paths: now.paths };
    }
    if (!isSame) addStep(life, { place, event, holders, possible: maybe });
  }

  /** Nobody that the log shows holds it; of what was there before, nobody knows who else did. */
  function finishUnheld(life: Life, place: LogPlace, event: string): void {
    if (life.origin === 'created') {
      finishLife(life, { kind: 'died', place, of: event });
      return;
    }
    addStep(life, { place, event, holders: [], possible: [] });
    const before = `whoever held it before line ${life.created.line}`;
    finishLife(life, { kind: 'possibly-held', possible: [before] });
  }

  function noteGone(object: number, life: Life, place: LogPlace, event: string): void {
    living.delete(object);
    const maybe = possible.of(life);
    if (maybe.length === 0) {
      finishUnheld(life, place, event);
      return;
    }
    Object.assign(life, { state: 'possibly-held', holders: [], possible: maybe, notable: 'yes' });
    addStep(life, { place, event, holders: [], possible: maybe });
    doubtful.add(life);
  }

  /** What only possible holders kept goes with the last of them; that may let go the next. */
  function noteDoubtful(place: LogPlace, event: string): void {
    for (let changed = true; changed;) {
      changed = false;
      for (const life of doubtful) {
        const maybe = possible.of(life);
        if (maybe.length > 0) {
          if (!areSame(maybe, life.possible)) {
            life.possible = maybe;
            addStep(life, { place, event, holders: [], possible: maybe });
          }
          continue;
        }
        doubtful.delete(life);
        finishUnheld(life, place, event);
        changed = true;
      }
    }
  }

  return {
    enter(object, { sort, type, name, origin }, place) {
      const label = name === '' ? `${sort} of line ${place.line}` : `${sort} ${name}`;
      const life: Life = {
        ...{ id: ++ids, sort, type, label, created: place, origin, steps: [], more: 0 },
        ...{ outlived: null, windows: [], state: 'held', holders: [], possible: [] },
        ...{ descriptors: 0, paths: [], names: 0, notable: 'no' },
        exposed: { since: place.line, why: 'between create and pin', holders: [] },
      };
      if (origin !== 'created') Object.assign(life, { exposed: null, notable: 'yes' });
      living.set(object, life);
      return life;
    },
    lifeOf: (object) => living.get(object),
    note(objects, place, event, nameOf) {
      // What neither a descriptor nor a name holds waits for nothing but work that is queued.
      const held = new Map(
        objects
          .filter(({ descriptors, names }) => descriptors.length + names > 0)
          .map((one) => [one.object, one]),
      );
      for (const [object, life] of living) {
        if (!held.has(object)) noteGone(object, life, place, event);
      }
      noteDoubtful(place, event);
      for (const [object, life] of living) {
        const now = held.get(object);
        if (now !== undefined) noteHeld(life, now, place, event, nameOf);
      }
    },
    possible,
    finish() {
      const left = [...living.values()].flatMap(({ paths, label }) =>
        paths.map((path) => ({ path, object: label })),
      );
      for (const life of living.values()) {
        if (life.descriptors > 0) life.notable = 'yes';
        finishLife(life, { kind: 'held', holders: life.holders });
      }
      for (const life of doubtful) {
        finishLife(life, { kind: 'possibly-held', possible: life.possible });
      }
      const objects = finished.toSorted((a, b) => a.created.line - b.created.line);
      return { objects, shortLived, moreObjects, replaced, left };
    },
  };
}
