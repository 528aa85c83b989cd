/** Calls on objects: create, close, dup, pin, get, unlink. */
import { clause, find, reading, type RunnableCall } from '../../model/calls/row.ts';
import { callOf, source, type Parts } from './row-parts.ts';

/** Finds the lowest free descriptor; without one the call fails. */
function freeDescriptor({ edges }: Parts, call: string) {
  const R = { fd: 0 };
  const found = reading(
    [],
    find((p) => {
      R.fd = edges.lowestFree(p);
    }),
  );
  const none = clause(`${call}.no-descriptor`, 'EMFILE', () => R.fd === 0, source);
  return { R, rows: [found, reading([found], none)] };
}

/** Finds what is mounted where the caller is; without it the call fails. */
function ownInstance({ w }: Parts, call: string) {
  const R = { instance: 0 };
  const found = reading(
    [],
    find((p) => {
      R.instance = w.namespace.instance(w.process.namespace(p));
    }),
  );
  const none = clause(`${call}.not-mounted`, 'ENOENT', () => R.instance === 0, source);
  return { R, found, rows: [found, reading([found], none)] };
}

const notOpen = ({ w }: Parts, call: string) =>
  reading(
    [],
    clause(`${call}.closed`, 'EBADF', (p, f) => w.descriptor.object(w.slot(p, f)) === 0, source),
  );

function create(parts: Parts): RunnableCall {
  const { w, edges } = parts;
  const { R, rows } = freeDescriptor(parts, 'create');
  const isTaken = (_p: number, o: number): boolean => w.object.kind(o) !== 0;
  const taken = reading([], clause('create.taken', 'ENOMEM', isTaken, source));
  return callOf(parts, 'create', ['object', 'kind'], [...rows, taken], (p, o, kind) => {
    w.object.kind.cells[o] = kind;
    w.descriptor.object.cells[w.slot(p, R.fd)] = o;
    edges.hold(o);
    return R.fd;
  });
}

function close(parts: Parts): RunnableCall {
  return callOf(parts, 'close', ['descriptor'], [notOpen(parts, 'close')], (p, f) => {
    parts.edges.close(p, f);
    return 0;
  });
}

function dup(parts: Parts): RunnableCall {
  const { w, edges } = parts;
  const { R, rows } = freeDescriptor(parts, 'dup');
  return callOf(parts, 'dup', ['descriptor'], [...rows, notOpen(parts, 'dup')], (p, f) => {
    const o = w.descriptor.object(w.slot(p, f));
    w.descriptor.object.cells[w.slot(p, R.fd)] = o;
    edges.hold(o);
    return R.fd;
  });
}

function pin(parts: Parts): RunnableCall {
  const { w, edges } = parts;
  const { R, found, rows } = ownInstance(parts, 'pin');
  const isTaken = (_p: number, _f: number, k: number): boolean =>
    w.pin.object(w.place(R.instance, k)) !== 0;
  const taken = reading([found], clause('pin.exists', 'EEXIST', isTaken, source));
  return callOf(
    parts,
    'pin',
    ['descriptor', 'name'],
    [...rows, notOpen(parts, 'pin'), taken],
    (p, f, k) => {
      const o = w.descriptor.object(w.slot(p, f));
      w.pin.object.cells[w.place(R.instance, k)] = o;
      edges.hold(o);
      return 0;
    },
  );
}

/** Fails where nothing is pinned under the name. */
function notPinned({ w }: Parts, call: string, { R, found }: ReturnType<typeof ownInstance>) {
  const isFree = (_p: number, k: number): boolean => w.pin.object(w.place(R.instance, k)) === 0;
  return reading([found], clause(`${call}.no-name`, 'ENOENT', isFree, source));
}

function get(parts: Parts): RunnableCall {
  const { w, edges } = parts;
  const own = ownInstance(parts, 'get');
  const free = freeDescriptor(parts, 'get');
  const rows = [...own.rows, ...free.rows, notPinned(parts, 'get', own)];
  return callOf(parts, 'get', ['name'], rows, (p, k) => {
    const o = w.pin.object(w.place(own.R.instance, k));
    w.descriptor.object.cells[w.slot(p, free.R.fd)] = o;
    edges.hold(o);
    return free.R.fd;
  });
}

function unlink(parts: Parts): RunnableCall {
  const { w, edges } = parts;
  const own = ownInstance(parts, 'unlink');
  const rows = [...own.rows, notPinned(parts, 'unlink', own)];
  return callOf(parts, 'unlink', ['name'], rows, (_p, k) => {
    const place = w.place(own.R.instance, k);
    const o = w.pin.object(place);
    w.pin.object.cells[place] = 0;
    edges.drop(o);
    return 0;
  });
}

export function objectCalls(parts: Parts): readonly RunnableCall[] {
  return [create, close, dup, pin, get, unlink].map((make) => make(parts));
}
