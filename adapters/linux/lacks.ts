/** What the linux adapter leaves out on a machine that does not permit everything, and why. */
import {
  callNames,
  sightFields,
  type Call,
  type CallName,
  type SightField,
} from '../../model/vocabulary/index.ts';
import type { Hidden, Lacks } from '../contract/index.ts';
import { cookiesAskedSentence } from './permission.ts';

/** What a run may have to do without; the agent has to be told of the first three. */
export type Missing = 'tree' | 'ids' | 'views' | 'permissions' | 'network' | 'cgroups' | 'users';

/** As agent/abilities.h names them. */
export type Ability = 'ids' | 'tree' | 'views';

/** What the probe was refused, each with the sentence that says so. */
export type Refused = ReadonlyMap<Missing | 'execve', string>;

const byId = [
  ...(['BPF_MAP_GET_FD_BY_ID', 'BPF_PROG_GET_FD_BY_ID', 'BPF_LINK_GET_FD_BY_ID'] as const),
  ...(['BPF_MAP_GET_NEXT_ID', 'BPF_PROG_GET_NEXT_ID', 'BPF_LINK_GET_NEXT_ID'] as const),
] as const satisfies readonly CallName[];

const filters = [
  'RTM_NEWTFILTER',
  'RTM_DELTFILTER',
  'RTM_DELQDISC',
] as const satisfies readonly CallName[];

/** The name of a call of which no field is a path; a raw one may have any. */
type Pathless<C extends Call> = C extends { readonly call: 'bpf' }
  ? never
  : string extends C[keyof C]
    ? never
    : C['call'];

/** Calls that have no path in them, and change no namespace; of a new one that has to be told. */
const withoutTree: ReadonlySet<CallName> = new Set([
  'BPF_MAP_CREATE',
  'BPF_MAP_UPDATE_ELEM',
  'BPF_MAP_LOOKUP_ELEM',
  'BPF_MAP_DELETE_ELEM',
  'BPF_MAP_GET_NEXT_KEY',
  'BPF_PROG_LOAD',
  'BPF_PROG_TEST_RUN',
  'BPF_MAP_FREEZE',
  'BPF_OBJ_GET_INFO_BY_FD',
  ...byId,
  'close',
  'dup',
  'dup2',
  'dup3',
  'fcntl',
  'pipe2',
  'fork',
  'clone',
  'exit_group',
  'kill',
  'socketpair',
  'sendmsg',
  'recvmsg',
  'SO_ATTACH_BPF',
  'SO_DETACH_FILTER',
  ...filters,
] as const satisfies readonly Pathless<Call>[]);

/** A raw call may have any command, and so need anything. */
const callsThatNeed: Readonly<Record<Missing | 'execve', readonly CallName[]>> = {
  tree: callNames.filter((call) => !withoutTree.has(call)),
  ids: [...byId, 'bpf'],
  // setns(2): who joins a mount namespace takes its root.
  views: ['setns'],
  permissions: [
    ...(['statx', 'access', 'chmod', 'chown', 'umask', 'setresuid', 'unshare-user'] as const),
    // Nobody but root makes devices, or sees the /proc that this takes (agent/proc.c).
    ...(['mknod', 'bind-namespace'] as const),
    // linkat(2): who names a file by AT_EMPTY_PATH alone needs CAP_DAC_READ_SEARCH.
    'linkat',
    // With it go mount options, which may be a mode.
    'remount',
  ],
  execve: ['execve'],
  network: filters,
  users: ['unshare-user'],
  cgroups: ['BPF_PROG_ATTACH', 'BPF_PROG_DETACH', 'BPF_LINK_CREATE'],
};

/** What is left out besides by its name, before the sentence that says why. */
const headings: Readonly<Partial<Record<Missing, string>>> = {
  tree: 'calls on paths, mounts and namespaces',
  ids: 'calls by id',
  views: 'calls that join namespaces',
  permissions: 'calls about owners and modes',
};

const order = [
  ...(['tree', 'ids', 'permissions', 'views'] as const),
  ...(['execve', 'network', 'cgroups', 'users'] as const),
] as const satisfies readonly (Missing | 'execve')[];

const headed = (what: Missing | 'execve', sentence: string): string => {
  const heading = what === 'execve' ? undefined : headings[what];
  return heading === undefined
    ? sentence
    : `${heading}: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
};

/** Of a call that needs several things that are refused, the first reason stands. */
export function lacksFor(refused: Refused): Lacks {
  const lacks = new Map<CallName, string>();
  for (const what of order) {
    const sentence = refused.get(what);
    if (sentence === undefined) continue;
    for (const call of callsThatNeed[what]) {
      if (!lacks.has(call)) lacks.set(call, headed(what, sentence));
    }
  }
  return Object.fromEntries(lacks);
}

/** Of calls that tell ids, where the agent was told not to use any. */
export const lacksWhereCookiesAreAsked: Lacks = Object.fromEntries(
  [...byId, 'BPF_OBJ_GET_INFO_BY_FD' as const].map((call) => [call, cookiesAskedSentence]),
);

/** What the supervisor is told to do without. */
export const abilitiesMissing = (refused: Refused): readonly Ability[] =>
  (['ids', 'tree', 'views'] as const).filter((ability) => refused.has(ability));

/** By what is seen, what that takes: paths are seen through the roots of processes. */
const observed = {
  descriptors: [],
  paths: ['tree', 'views'],
  instances: ['tree', 'views'],
  namespaces: [],
  alive: ['ids'],
  content: ['ids'],
  slots: ['ids'],
} as const satisfies Partial<Record<SightField, readonly Ability[]>>;

/** What can be seen without these. */
export const observedWithout = (missing: readonly Ability[]): readonly SightField[] =>
  observable.filter((field) => !observed[field].some((ability) => missing.includes(ability)));

/** What cannot, by the first reason. */
export function hiddenBy(refused: Refused): readonly Hidden[] {
  const hidden = (ability: Ability, fields: readonly SightField[]): readonly Hidden[] => {
    const reason = refused.get(ability);
    return reason === undefined ? [] : [{ fields, reason }];
  };
  const fieldsOf = (ability: Ability) =>
    observable.filter((field) => observed[field].some((needed) => needed === ability));
  const paths = refused.has('tree') ? 'tree' : 'views';
  return [...hidden(paths, fieldsOf(paths)), ...hidden('ids', fieldsOf('ids'))];
}

const isObserved = (field: SightField): field is keyof typeof observed => field in observed;

const observable = sightFields.filter(isObserved);
