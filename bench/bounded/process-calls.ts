/** Calls on processes, namespaces and mounts: exit, fork, unshare, mount, umount. */
import { bound, clause, find, reading, type RunnableCall } from '../../model/calls/row.ts';
import { callOf, source, type Parts } from './row-parts.ts';

function exit(parts: Parts): RunnableCall {
  const { w, edges } = parts;
  return callOf(parts, 'exit', [], [], (p) => {
    for (let f = 1; f <= w.scope.descriptors; f++) {
      if (w.descriptor.object(w.slot(p, f)) !== 0) edges.close(p, f);
    }
    const n = w.process.namespace(p);
    w.process.namespace.cells[p] = 0;
    edges.left(n);
    return 0;
  });
}

/** Any process that does not run may become the child. */
function fork(parts: Parts): RunnableCall {
  const { w, edges } = parts;
  const runs = (_p: number, q: number): boolean => w.process.namespace(q) !== 0;
  const rows = [clause('fork.runs', 'EAGAIN', runs, source)];
  return callOf(parts, 'fork', ['process'], rows, (p, q) => {
    w.process.namespace.cells[q] = w.process.namespace(p);
    for (let f = 1; f <= w.scope.descriptors; f++) {
      const o = w.descriptor.object(w.slot(p, f));
      if (o === 0) continue;
      w.descriptor.object.cells[w.slot(q, f)] = o;
      edges.hold(o);
    }
    return q;
  });
}

/** Takes the lowest namespace that no process is in. */
function unshare(parts: Parts): RunnableCall {
  const { w, edges } = parts;
  const R = { namespace: 0 };
  const found = find(() => {
    R.namespace = 1;
    while (R.namespace <= w.scope.namespaces && edges.isLive(R.namespace)) R.namespace++;
  });
  const isFull = (): boolean => R.namespace > w.scope.namespaces;
  const rows = [found, reading([found], bound('bound.namespaces', isFull, source))];
  return callOf(parts, 'unshare', [], rows, (p) => {
    const n = w.process.namespace(p);
    w.namespace.instance.cells[R.namespace] = w.namespace.instance(n);
    w.process.namespace.cells[p] = R.namespace;
    edges.left(n);
    return 0;
  });
}

const mountedIn = ({ w }: Parts, p: number): number => w.namespace.instance(w.process.namespace(p));

function mount(parts: Parts): RunnableCall {
  const { w, edges } = parts;
  const isBusy = (p: number): boolean => mountedIn(parts, p) !== 0;
  return callOf(parts, 'mount', [], [clause('mount.busy', 'EBUSY', isBusy, source)], (p) => {
    const n = w.process.namespace(p);
    w.namespace.instance.cells[n] = edges.instanceFor(n);
    return 0;
  });
}

function umount(parts: Parts): RunnableCall {
  const { w, edges } = parts;
  const isMissing = (p: number): boolean => mountedIn(parts, p) === 0;
  const rows = [clause('umount.not-mounted', 'EINVAL', isMissing, source)];
  return callOf(parts, 'umount', [], rows, (p) => {
    const i = mountedIn(parts, p);
    w.namespace.instance.cells[w.process.namespace(p)] = 0;
    edges.unmounted(i);
    return 0;
  });
}

export function processCalls(parts: Parts): readonly RunnableCall[] {
  return [exit, fork, unshare, mount, umount].map((make) => make(parts));
}
