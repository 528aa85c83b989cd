import type { World } from '../model/index.ts';
import type { Call, CallName, Fd, Pid, Step, UpdateFlag } from '../model/vocabulary/index.ts';
import type { Choice, Choices } from '../properties/index.ts';
import type { PlannedStep } from './plan.ts';
import { choosePath, pick } from './path-choice.ts';
import type { PathPurpose } from './path-choice.ts';
import { createProspects } from './prospects.ts';
import type { Prospects } from './prospects.ts';

/** A decoded run. */
export interface Plan {
  readonly steps: readonly PlannedStep[];
  /** How many of the steps were chosen; those behind end the processes. */
  readonly chosen: number;
  /** Calls that were chosen and that the adapter does not declare, by name. */
  readonly undeclared: ReadonlyMap<CallName, number>;
}

/** How often each call is chosen: pins, gets, mounts and forks are what the suite is about. */
const weights: Readonly<Record<CallName, number>> = {
  BPF_MAP_CREATE: 7,
  BPF_MAP_UPDATE_ELEM: 4,
  BPF_MAP_LOOKUP_ELEM: 3,
  BPF_PROG_LOAD: 5,
  BPF_OBJ_PIN: 13,
  BPF_OBJ_GET: 11,
  close: 8,
  dup: 3,
  fork: 5,
  exit_group: 1,
  kill: 2,
  mkdir: 4,
  rmdir: 3,
  unlink: 6,
  mount: 9,
  bind: 5,
  umount2: 6,
  unshare: 4,
};

const lottery: readonly CallName[] = Object.entries(weights).flatMap(([name, weight]) =>
  isCallName(name) ? new Array<CallName>(weight).fill(name) : [],
);

function isCallName(name: string): name is CallName {
  return Object.hasOwn(weights, name);
}

/**
 * Decodes a run against the model: every choice becomes a call that makes sense where it stands, or
 * nothing if the call is not declared or the model meets a bound. The run ends with every process
 * ended. Deterministic; leaves the world in the run's last state.
 */
export function decodeRun(world: World, choices: Choices, declared: ReadonlySet<CallName>): Plan {
  const prospects = createProspects();
  const steps: PlannedStep[] = [];
  const undeclared = new Map<CallName, number>();
  const take = (step: Step): void => {
    const result = world.step(step.pid, step.call);
    if (result.kind === 'bound') return;
    steps.push({ step, outcome: result.outcome });
    prospects.note(step, result.outcome);
  };

  world.reset();
  for (const choice of choices) {
    if (prospects.running().length === 0) break;
    const name = inPlace(pick(lottery, choice[1]), choice, prospects);
    if (declared.has(name)) take(decodeStep(name, choice, prospects, world));
    else undeclared.set(name, (undeclared.get(name) ?? 0) + 1);
  }
  const chosen = steps.length;
  for (const step of farewell(prospects.running(), declared)) take(step);
  return { steps, chosen, undeclared };
}

/** The steps that end all these processes: the first kills the others and exits. */
export function farewell(
  running: readonly Pid[],
  declared: ReadonlySet<CallName>,
): readonly Step[] {
  const [first, ...others] = running;
  if (first === undefined) return [];
  const kills = others.map((pid): Step => ({ pid: first, call: { call: 'kill', pid } }));
  return [
    ...(declared.has('kill') ? kills : []),
    ...(declared.has('exit_group') ? [{ pid: first, call: { call: 'exit_group' } } as const] : []),
  ];
}

/**
 * The call itself, or the one that has to come first: nearly nothing can be learned from pinning
 * without a descriptor, or from getting what nobody pinned. One choice in eight insists.
 */
function inPlace(name: CallName, [who, , , taste, detail]: Choice, prospects: Prospects): CallName {
  if (Math.floor(taste / 8) % 8 === 7) return name;
  const running = prospects.running();
  const unpinned = prospects.pins().length === 0;
  const nothingOpen = prospects.open(pick(running, who)).length === 0;
  const unmounted = prospects.mounted().length === 0;
  const opening = unpinned || detail % 2 === 0 ? 'BPF_MAP_CREATE' : 'BPF_OBJ_GET';
  switch (name) {
    case 'BPF_MAP_UPDATE_ELEM':
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'close':
    case 'dup':
      return nothingOpen ? opening : name;
    case 'BPF_OBJ_PIN':
      if (unmounted) return 'mount';
      return nothingOpen ? opening : name;
    case 'BPF_OBJ_GET':
    case 'unlink':
      if (!unpinned) return name;
      if (unmounted) return 'mount';
      return nothingOpen ? 'BPF_MAP_CREATE' : 'BPF_OBJ_PIN';
    case 'mkdir':
    case 'umount2':
      return unmounted ? 'mount' : name;
    case 'rmdir':
      if (unmounted) return 'mount';
      return prospects.directories().length === 0 ? 'mkdir' : name;
    case 'exit_group':
    case 'kill':
      return running.length < 3 ? 'fork' : name;
    case 'BPF_MAP_CREATE':
    case 'BPF_PROG_LOAD':
    case 'fork':
    case 'mount':
    case 'bind':
    case 'unshare':
      return name;
  }
}

function decodeStep(
  name: CallName,
  [who, , place, taste, detail]: Choice,
  prospects: Prospects,
  world: World,
): Step {
  const pid = pick(prospects.running(), who);
  const path = (purpose: PathPurpose): string | null =>
    choosePath(purpose, place, taste, prospects, world.host);
  const source = (): string | null =>
    choosePath('mounted', Math.floor(taste / 8), place, prospects, world.host);
  const fd = (): Fd => chooseDescriptor(pid, Math.floor(taste / 8), place, prospects, world);
  const nothingOpen = prospects.open(pid).length === 0;
  return {
    pid,
    call: decodeCall(name, { detail, place, taste, path, source, fd, prospects, nothingOpen }),
  };
}

interface Arguments {
  readonly detail: number;
  readonly place: number;
  readonly taste: number;
  readonly path: (purpose: PathPurpose) => string | null;
  readonly source: () => string | null;
  readonly fd: () => Fd;
  readonly prospects: Prospects;
  readonly nothingOpen: boolean;
}

function decodeCall(name: CallName, args: Arguments): Call {
  const { detail, place, taste, path, fd } = args;
  switch (name) {
    case 'BPF_MAP_CREATE':
      return mapCreate(detail, taste);
    case 'BPF_MAP_UPDATE_ELEM':
      return {
        call: name,
        fd: fd(),
        key: detail % 3,
        value: 1 + (taste % 3),
        flag: pick(updateFlags, Math.floor(detail / 3)),
      };
    case 'BPF_MAP_LOOKUP_ELEM':
      return { call: name, fd: fd(), key: detail % 3 };
    case 'BPF_PROG_LOAD':
      return {
        call: name,
        mapFd: detail % 3 === 0 || (taste % 8 !== 7 && args.nothingOpen) ? null : fd(),
      };
    case 'BPF_OBJ_PIN':
      return { call: name, path: path('new-name'), fd: fd() };
    case 'BPF_OBJ_GET':
      return { call: name, path: path('pin') };
    case 'close':
    case 'dup':
      return { call: name, fd: fd() };
    case 'fork':
    case 'exit_group':
    case 'unshare':
      return { call: name };
    case 'kill':
      return {
        call: name,
        pid: taste % 8 === 7 ? 1 + place : pick(args.prospects.running(), place),
      };
    case 'mkdir':
      return { call: name, path: path('new-name') };
    case 'rmdir':
      return { call: name, path: path('directory') };
    case 'unlink':
      return { call: name, path: path('pin') };
    case 'mount':
      return { call: name, target: path('mount-point') };
    case 'bind':
      return { call: name, source: args.source(), target: path('mount-point') };
    case 'umount2':
      return {
        call: name,
        target: path('mounted'),
        flag: detail % 3 === 2 ? 'MNT_DETACH' : 'none',
      };
  }
}

const updateFlags: readonly UpdateFlag[] = ['BPF_ANY', 'BPF_NOEXIST', 'BPF_EXIST'];
const sizes = [...new Array<number>(40).fill(4), 0, 8];
const entries = [2, 2, 3, 1, 2, 2, 3, 4, 2, 2, 2, 0];

function mapCreate(detail: number, taste: number): Call {
  const type = detail % 2 === 0 ? 'BPF_MAP_TYPE_HASH' : 'BPF_MAP_TYPE_ARRAY';
  const keySize = pick(sizes, taste);
  const valueSize = pick(sizes, Math.floor(taste / sizes.length));
  const maxEntries = pick(entries, Math.floor(detail / 2));
  return { call: 'BPF_MAP_CREATE', type, keySize, valueSize, maxEntries };
}

/** Usually an open descriptor; sometimes a closed one, a standard one, or none at all. */
function chooseDescriptor(
  pid: Pid,
  place: number,
  taste: number,
  prospects: Prospects,
  world: World,
): Fd {
  const open = prospects.open(pid);
  const limit = 3 + world.bounds.descriptors;
  if (taste % 8 === 7) return pick([-1, 0, 3, 4, limit - 1, limit, 9999], place);
  return open.length > 0 ? pick(open, place) : 3;
}
