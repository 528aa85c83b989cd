/** Follows what makes, finds and attaches objects. */
import type { Call, MapType } from '../../model/vocabulary/index.ts';
import type { LogCall, NetlinkRequest, ObjectSort } from '../../traces/index.ts';
import type { Following, Moment } from './following.types.ts';
import type { Life } from './life.types.ts';
import { otherSlot } from './log-processes.ts';
import type { LogProcess } from './log-processes.ts';

/** A map as far as its life goes: what is in it, and how large it is, makes no difference to that. */
function mapCall(type: string): Call {
  const mapType: MapType = type === 'prog_array' ? 'BPF_MAP_TYPE_PROG_ARRAY' : 'BPF_MAP_TYPE_HASH';
  return { call: 'BPF_MAP_CREATE', type: mapType, keySize: 4, valueSize: 4, maxEntries: 1 };
}

/** The model's own links hang on cgroups that it knows; any other lives and is named as a program is. */
const creation = (sort: ObjectSort, type: string): Call =>
  sort === 'map' ? mapCall(type) : { call: 'BPF_PROG_LOAD', mapFd: null };

/** Makes an object that the log shows to be there, and tells how it came into sight. */
export function makeObject(
  following: Following,
  process: LogProcess,
  sort: ObjectSort,
  type: string,
): { readonly model: number; readonly object: number } | null {
  const model = following.judging.make(process.model, creation(sort, type));
  return model === null ? null : { model, object: following.objectOf(process.model, model) };
}

export function followCreate(
  following: Following,
  moment: Moment,
  call: LogCall & { call: 'create' },
): void {
  const { process, place, result } = moment;
  // Why a verifier refuses, or a map cannot be had, is not told by lives.
  if (!result.ok) return;
  const { sort, type, name } = call;
  const made = makeObject(following, process, sort, type);
  if (made === null) return;
  const life = following.lives.enter(made.object, { sort, type, name, origin: 'created' }, place);
  following.put(process, result.value, { ...otherSlot(1), model: made.model, kind: 'object' });
  if (sort === 'program') holdMaps(following, moment, life);
  for (const { fd } of call.holds) {
    const held = lifeAt(following, process, fd);
    if (held !== undefined) {
      following.lives.possible.add(life, held, `${life.label}, a link (line ${place.line})`);
    }
  }
}

/** Which maps a program uses is in its instructions, of which strace prints an address. */
function holdMaps(following: Following, { process, place }: Moment, program: Life): void {
  for (const fd of process.table.fds.keys()) {
    const held = lifeAt(following, process, fd);
    if (held?.sort !== 'map') continue;
    following.lives.possible.add(
      program,
      held,
      `${program.label}, which may use it (line ${place.line})`,
    );
  }
}

function lifeAt({ lives, objectOf }: Following, process: LogProcess, fd: number): Life | undefined {
  const slot = process.table.fds.get(fd);
  if (slot?.kind !== 'object' || slot.model === null) return undefined;
  return lives.lifeOf(objectOf(process.model, slot.model));
}

export function followById(
  following: Following,
  moment: Moment,
  call: LogCall & { call: 'by-id' },
): void {
  const { process, place, result } = moment;
  if (!result.ok) return;
  const made = makeObject(following, process, call.sort, '');
  if (made === null) return;
  const name = `of id ${call.id}`;
  const origin = 'found by its id; it may be another one of these';
  following.lives.enter(made.object, { sort: call.sort, type: '', name, origin }, place);
  following.assume(place.line, `${call.sort} ${name} was there before`);
  following.put(process, result.value, { ...otherSlot(1), model: made.model, kind: 'object' });
}

/** What goes into a slot of a map that holds objects is printed as an address. */
export function followFill(
  following: Following,
  { process, place, result }: Moment,
  fd: number,
): void {
  if (!result.ok) return;
  const map = lifeAt(following, process, fd);
  const holds = map === undefined ? null : sortIn(map.type);
  if (map === undefined || holds === null) return;
  for (const other of process.table.fds.keys()) {
    const held = lifeAt(following, process, other);
    if (held?.sort !== holds || held === map) continue;
    const text = `${map.label}, in a slot of which it may be (line ${place.line})`;
    following.lives.possible.add(map, held, text);
  }
}

function sortIn(type: string): ObjectSort | null {
  if (/^(?:prog_array|devmap|cpumap)/.test(type)) return 'program';
  return type.endsWith('_of_maps') ? 'map' : null;
}

export function followAttach(
  following: Following,
  moment: Moment,
  call: LogCall & { call: 'attach' },
): void {
  const { process, place, result } = moment;
  const held = lifeAt(following, process, call.program.fd);
  if (!result.ok || held === undefined) return;
  following.lives.possible.add('attachment', held, `${call.to} (line ${place.line})`);
}

/** Requests on filters, each until its answer comes. */
export interface FilterFollower {
  ask(moment: Moment, request: NetlinkRequest): void;
  done(moment: Moment, error: number): void;
}

export function createFilterFollower(following: Following): FilterFollower {
  const asked = new Map<number, NetlinkRequest>();
  return {
    ask({ process, place }, request) {
      if (request.kind === 'delete') {
        asked.set(process.pid, request);
        return;
      }
      const key = `filter ${request.where} `;
      for (const fd of request.program === null ? process.table.fds.keys() : [request.program]) {
        const held = lifeAt(following, process, fd);
        if (held?.sort !== 'program') continue;
        const text = `a traffic filter on ${request.where.split(' ')[0] ?? ''} (line ${place.line})`;
        following.lives.possible.add(key, held, text);
      }
    },
    done({ process }, error) {
      const request = asked.get(process.pid);
      asked.delete(process.pid);
      if (request === undefined || error !== 0 || request.scope !== 'all') return;
      following.lives.possible.drop(`filter ${request.where} `);
    },
  };
}
