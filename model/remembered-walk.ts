/**
 * Walks that are made once for a state: a search tries many calls on one state, and most walk the
 * same few paths. What a walk finds depends on the namespace and the path alone.
 */
import type { Tables } from './state/tables.ts';
import type { Place, Walk } from './walk.ts';

export interface RememberedWalk extends Walk {
  /** Forgets all: the state has changed. */
  readonly forget: () => void;
}

type Follow = (place: Place, p: number, path: number) => void;

/**
 * Remembers what a way to walk finds, for a number of paths that is fixed. Between two `forget`s it
 * must be asked on one and the same state.
 */
function remembered(w: Tables, paths: number, follow: Follow, newPlace: () => Place) {
  const { process } = w;
  const places = Array.from({ length: (w.bounds.namespaces + 1) * paths }, newPlace);
  const known = new Uint32Array(places.length);
  let now = 1;

  return {
    forget(): void {
      now++;
    },
    follow(place: Place, p: number, path: number): void {
      const at = process.namespace(p) * paths + path;
      const found = places[at] ?? place;
      if (known[at] !== now) {
        follow(found, p, path);
        known[at] = now;
      }
      place.fault = found.fault;
      place.mount = found.mount;
      place.dentry = found.dentry;
      place.last = found.last;
      place.name = found.name;
      place.child = found.child;
      place.childFault = found.childFault;
      place.trailing = found.trailing;
    },
  };
}

/** A walk that remembers; `paths`: how many path ids there are. */
export function rememberWalk(
  w: Tables,
  walk: Walk,
  paths: number,
  newPlace: () => Place,
): RememberedWalk {
  const end = remembered(
    w,
    paths,
    (place, p, path) => {
      walk.toEnd(place, p, path);
    },
    newPlace,
  );
  const parent = remembered(
    w,
    paths,
    (place, p, path) => {
      walk.toParent(place, p, path);
    },
    newPlace,
  );
  return {
    isDirectory: walk.isDirectory,
    toTop: walk.toTop,
    toEnd(place, p, path, slash) {
      if (slash === 'ignored') walk.toEnd(place, p, path, slash);
      else end.follow(place, p, path);
    },
    toParent: parent.follow,
    forget() {
      end.forget();
      parent.forget();
    },
  };
}
