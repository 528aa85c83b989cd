/** Worlds: everything put together for those who step call by call. */
import { readAttributes } from './attributes/read.ts';
import { createCalls, type CallRows, type Parts } from './calls/index.ts';
import { charts as ownCharts, type Charts } from './charts/index.ts';
import { choicesOf, createDeferred, pendingOf } from './deferred.ts';
import { createDescriptionEdges } from './edges/descriptions.ts';
import { createDescriptorEdges } from './edges/descriptors.ts';
import { createHookEdges } from './edges/hooks.ts';
import { createInodeEdges } from './edges/inodes.ts';
import { createMountUses } from './edges/mount-uses.ts';
import { createMountEdges } from './edges/mounts.ts';
import { createNamespaceEdges } from './edges/namespaces.ts';
import { createPeerEdges } from './edges/peers.ts';
import { createObjectEdges } from './edges/objects.ts';
import { encodeArgs } from './encode.ts';
import { newObservation } from './empty-observation.ts';
import { createNames, type Names } from './names.ts';
import { forgetGone, readHolds } from './holds.ts';
import { createObservers, lifeIn } from './observe.ts';
import { createPermissions } from './permissions.ts';
import type { Switches } from './profiles/index.ts';
import { createPropagation } from './propagation.ts';
import { describeState } from './state/describe.ts';
import { cgroupsOf, hostEntries, namespaceEntry, writeHost } from './state/host.ts';
import { createTables, type Tables } from './state/tables.ts';
import { runRows } from './step.ts';
import { whole } from './whole-number.ts';
import {
  callNames,
  fail,
  listed,
  succeed,
  type Bpf,
  type Call,
  type CallName,
  type Pid,
} from './vocabulary/index.ts';
import { createWalk, type Walk } from './walk.ts';
import type { Bounds, RowInfo, StepResult, World } from './world.types.ts';

export interface WorldOptions {
  readonly switches: Switches;
  readonly bounds: Bounds;
  /** Absolute paths, parents first; directories end in "/" (docs/world.md). */
  readonly host: readonly string[];
  /** Other lifecycles than the specification's own, to see what they would break. */
  readonly charts?: Charts;
  /** Other rows than the specification's own, for the same. */
  readonly rows?: (own: readonly CallRows[]) => readonly CallRows[];
  /** The calls that can be made; all if absent. */
  readonly calls?: readonly CallName[];
}

/** The umask of the first process (docs/world.md). */
const usualMask = 0o022;

/** Name ids and word ids that a state may carry when a world is open to any string. */
const openIds = 0xffff;

/** The moving parts of a world, for the world itself and for searches over it. */
export interface Machinery {
  /** With the walk that looks at the state afresh every time. */
  readonly parts: Parts;
  readonly calls: readonly CallRows[];
  reset(): void;
}

/**
 * Builds the parts of a world. `ids`: the largest ids that its state may carry; `walkOfCalls`: the
 * walk that the calls use, made of the one that looks at the state afresh.
 */
export function createMachinery(
  { switches, bounds, host, charts = ownCharts, rows = (own) => own, calls }: WorldOptions,
  names: Names,
  ids: { readonly names: number; readonly words: number; readonly paths: number },
  walkOfCalls: (walk: Walk, w: Tables) => Walk = (walk) => walk,
): Machinery {
  const entries = [...hostEntries(host), ...(bounds.namespaceFiles === 1 ? [namespaceEntry] : [])];
  const around = {
    hostDentries: entries.length,
    names: ids.names,
    wordIds: ids.words,
    paths: ids.paths,
    ...cgroupsOf(entries),
  };
  const w = createTables(bounds, around, switches, charts);
  const objects = createObjectEdges(w, switches);
  const hooks = createHookEdges(w, objects);
  const inodes = createInodeEdges(w, objects, switches);
  // Mounts and namespaces hold each other.
  const files = {
    release(n: number): void {
      namespaces.release(n);
    },
  };
  const peers = createPeerEdges(w);
  const mounts = createMountEdges(w, inodes, peers, files);
  const propagation = createPropagation(w, inodes, mounts, peers, switches);
  const uses = createMountUses(w);
  const namespaces = createNamespaceEdges(w, switches, mounts);
  const descriptions = createDescriptionEdges(w, objects, mounts, namespaces);
  const descriptors = createDescriptorEdges(w, descriptions);
  const may = createPermissions(w);
  const walk = createWalk(w, names, uses.watching(mounts), descriptors, switches, may);
  const parts: Parts = {
    w,
    is: switches,
    names,
    objects,
    hooks,
    descriptions,
    descriptors,
    inodes,
    mounts,
    peers,
    propagation,
    uses,
    namespaces,
    may,
    walk,
  };
  return {
    parts,
    calls: rows(
      createCalls({ ...parts, walk: uses.noting(walkOfCalls(walk, w)) }, calls ?? callNames),
    ),
    reset() {
      w.cells.fill(0);
      writeHost(w, entries, names);
      w.moves.process.fork(1);
      w.process.namespace.cells[1] = 1;
      if (bounds.permissions === 1) w.process.umask.cells[1] = usualMask;
      hooks.start();
      descriptors.start(1);
      namespaces.enter(1);
    },
  };
}

/** Creates a world in its initial state. @throws on a malformed host list. */
export function createWorld(options: WorldOptions): World {
  const names = createNames();
  const machinery = createMachinery(options, names, {
    names: openIds,
    words: openIds,
    paths: openIds,
  });
  const { parts } = machinery;
  const byName = new Map(machinery.calls.map((rows) => [rows.call, rows]));
  const { w } = parts;
  const deferred = createDeferred(parts);
  const observerOf = createObservers(parts);
  machinery.reset();

  function stepPlain(pid: Pid, call: Call): StepResult {
    const rows = byName.get(call.call);
    if (rows === undefined) throw new Error(`no rows for the call ${call.call}`);
    const [a, b, c, d] = encodeArgs(call, names);
    parts.uses.begin();
    const stop = runRows(rows, pid, whole(a), whole(b), whole(c), whole(d));
    if (stop.row?.kind === 'bound') return { kind: 'bound', row: stop.row.id };
    parts.uses.end();
    if (stop.row === undefined) {
      const names = rows.shows?.();
      const outcome = names === undefined ? succeed(stop.value) : listed(names);
      return { kind: 'outcome', outcome, row: `${rows.short}.ok` };
    }
    stop.row.leaves?.();
    return { kind: 'outcome', outcome: fail(stop.row.errno), row: stop.row.id };
  }

  /** As the call that it amounts to; a look-up whose result can't be written fails at last. */
  function stepRaw(pid: Pid, call: Bpf): StepResult {
    if (!parts.may.isPrivileged(pid)) return stepPlain(pid, call);
    const meaning = readAttributes(call, options.switches.attributes);
    if (meaning.kind === 'fault' || meaning.kind === 'outside') return stepPlain(pid, call);
    const result = stepPlain(pid, meaning.call);
    const isFound = result.kind === 'outcome' && result.outcome.ok;
    if (meaning.kind === 'call' || !isFound) return result;
    return meaning.result === 'unwritable'
      ? stepPlain(pid, call)
      : { ...result, outcome: succeed(0) };
  }

  return {
    bounds: options.bounds,
    host: options.host,
    reset: () => {
      machinery.reset();
    },
    step(pid, call) {
      const p = whole(pid);
      return call.call === 'bpf' ? stepRaw(p, call) : stepPlain(p, call);
    },
    pending: () => pendingOf(deferred),
    choices: () => choicesOf(deferred),
    settle({ name, object }) {
      deferred[name].run(object);
    },
    save: () => w.cells.slice(),
    load(snapshot) {
      w.cells.set(snapshot);
    },
    observe(watch, into) {
      const observer = observerOf(watch);
      const observation = into ?? newObservation(observer.shape);
      observer.observe(observation);
      return observation;
    },
    describe: () => describeState(w, parts.names),
    holds: () => readHolds(w, parts.names),
    isAlive: lifeIn(w),
    objectBehind: (pid, fd) => parts.descriptors.objectAt(whole(pid), whole(fd)),
    interned: () => Math.max(names.names(), names.paths()),
    forget: () => {
      forgetGone(w);
    },
  };
}

/** The clauses and bounds of every call under some switches, in their order. */
export function rowsOf(switches: Switches): readonly { call: string; rows: readonly RowInfo[] }[] {
  const one = { processes: 1, descriptors: 1, descriptions: 1, objects: 1, elements: 1 };
  const bounds = {
    ...one,
    superblocks: 1,
    inodes: 1,
    dentries: 1,
    mounts: 1,
    namespaces: 1,
    permissions: 1,
    peerGroups: 1,
  } as const;
  const { calls } = createMachinery({ switches, bounds, host: [] }, createNames(), {
    names: 1,
    words: 1,
    paths: 1,
  });
  return calls.map(({ call, running, rows }) => ({
    call,
    rows: [running, ...rows].flatMap((row): RowInfo[] => {
      if (row.kind === 'find') return [];
      if (row.kind === 'bound') return [{ kind: row.kind, id: row.id, source: row.source }];
      const clauses = row.kind === 'family' ? row.clauses : [row];
      return clauses.map(({ id, errno, source }) => ({ kind: 'clause', id, errno, source }));
    }),
  }));
}
