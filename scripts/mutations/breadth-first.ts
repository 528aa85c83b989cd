/** The states of a scope in breadth-first order, with a shortest path to each. */
import type { Search } from '../../model/index.ts';
import type { InternalAction } from '../../model/index.ts';
import type { Step } from '../../model/vocabulary/index.ts';

export interface Walked {
  readonly states: number;
  /** `bounded`: there are more states, that were not looked at. */
  readonly ended: 'complete' | 'bounded';
}

/** What led to a state, one step after the other. */
export type Path = readonly (Step | InternalAction)[];

interface Node {
  readonly packed: Uint32Array;
  readonly parent: Node | undefined;
  readonly action: number;
  readonly args: readonly number[];
}

function pathTo(search: Search, node: Node): Path {
  const path: (Step | InternalAction)[] = [];
  for (let at = node; at.parent !== undefined; at = at.parent) {
    path.push(search.label(at.action, at.args));
  }
  return path.reverse();
}

/**
 * Shows every state, packed, up to a number of them; `seen` may leave the search in any state. Ends
 * early once `seen` says that it has seen enough.
 */
export function breadthFirst(
  search: Search,
  most: number,
  seen: (packed: Uint32Array, path: () => Path) => 'go on' | 'enough',
): Walked {
  const known = new Set<string>();
  const queue: Node[] = [];
  let ended: Walked['ended'] = 'complete';
  const keep = (parent: Node | undefined, action: number, args: readonly number[]): void => {
    const packed = new Uint32Array(search.words);
    search.pack(packed, 0);
    const key = String.fromCharCode(...new Uint16Array(packed.buffer));
    if (known.has(key)) return;
    if (queue.length >= most) {
      ended = 'bounded';
      return;
    }
    known.add(key);
    queue.push({ packed, parent, action, args });
  };
  search.reset();
  keep(undefined, 0, []);
  let states = 0;
  for (const node of queue) {
    states++;
    if (seen(node.packed, () => pathTo(search, node)) === 'enough')
      return { states, ended: 'bounded' };
    search.unpack(node.packed, 0);
    search.expand((action, ...args) => {
      keep(node, action, args);
    });
  }
  return { states, ended };
}
