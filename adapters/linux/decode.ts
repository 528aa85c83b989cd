/** Answers of the agent, which are lines of numbers; see agent/protocol.c. */
import {
  errnoName,
  fail,
  infoValue,
  listed,
  mapTypeOf,
  pairValue,
  progTypeOf,
  receivedValue,
  statValue,
  statxValue,
  succeed,
  type CallName,
  type Info,
  type ObjectSight,
  type Outcome,
  type PathSight,
  type ProcessSight,
  type Sight,
} from '../../model/vocabulary/index.ts';
import { AdapterFailure, type Answer } from '../contract/index.ts';
import type { Wish } from './encode.ts';

/** As the agent numbers them. */
const objectKinds = ['map', 'program', 'link'] as const;
const pathKinds = ['directory', ...objectKinds] as const;

/** Takes one number after the other; throws an AdapterFailure where the line has none. */
type Numbers = () => number;

const garbled = (what: string): AdapterFailure =>
  new AdapterFailure('harness', `The agent answered ${what}.`);

function numbersOf(line: string): Numbers {
  const fields = line.split(' ');
  let at = 0;
  return () => {
    const field = fields[at];
    const number = Number(field);
    if (field === undefined || field === '' || !Number.isSafeInteger(number)) {
      throw garbled(`${field === undefined ? 'too little' : `"${field}"`} where a number belongs`);
    }
    at += 1;
    return number;
  };
}

/** However many an answer claims: reading ends where its numbers do. */
function several<T>(next: Numbers, read: (next: Numbers) => T): readonly T[] {
  const count = next();
  if (count < 0) {
    throw garbled(`${count} where a count belongs`);
  }
  const all: T[] = [];
  while (all.length < count) {
    all.push(read(next));
  }
  return all;
}

/** The only type of link: BPF_LINK_TYPE_CGROUP. */
const cgroupLink = 3;

const untold = (what: string): AdapterFailure =>
  new AdapterFailure(
    'harness',
    `BPF_OBJ_GET_INFO_BY_FD told of ${what}, which this specification has no value for.`,
  );

function mapInfo(type: number, maxEntries: number): Info {
  const name = mapTypeOf(type);
  if (name === undefined) {
    throw untold(`a map of type ${type}`);
  }
  return { kind: 'map', type: name, maxEntries };
}

function programInfo(type: number, maps: number): Info {
  const name = progTypeOf(type);
  if (name === undefined) {
    throw untold(`a program of type ${type}`);
  }
  return { kind: 'program', type: name, maps };
}

function linkInfo(type: number, attached: number): Info {
  if (type !== cgroupLink) {
    throw untold(`a link of type ${type}`);
  }
  return { kind: 'link', state: attached === 0 ? 'defunct' : 'attached' };
}

function infoOfDetails([number = -1, type = 0, told = 0]: readonly number[]): Info {
  const kind = objectKinds[number];
  if (kind === undefined) {
    throw untold('neither a map nor a program nor a link');
  }
  if (kind === 'program') {
    return programInfo(type, told);
  }
  return kind === 'map' ? mapInfo(type, told) : linkInfo(type, told);
}

function shownByStatx([type = 0, mode = 0, owner = -1]: readonly number[]): number {
  if (owner !== 0 && owner !== 65534) {
    throw new AdapterFailure('harness', "A file is neither root's nor of user and group 65534.");
  }
  return statxValue({ kind: type === 0 ? 'file' : 'directory', mode, owner });
}

/** The value of a call that returns more than a number. */
function valueOf(call: CallName, result: number, details: readonly number[]): number {
  const [first = 0, second = 0, ...fds] = details;
  if (call === 'pipe2' || call === 'socketpair') {
    return pairValue(first, second);
  }
  if (call === 'BPF_OBJ_GET_INFO_BY_FD') {
    return infoValue(infoOfDetails(details));
  }
  if (call === 'stat') {
    return statValue({ kind: first === 0 ? 'file' : 'directory', nlink: second });
  }
  if (call === 'statx') {
    return shownByStatx(details);
  }
  return call === 'recvmsg'
    ? receivedValue({
        bytes: first === 0 ? 0 : 1,
        truncated: second === 0 ? 'whole' : 'truncated',
        fds,
      })
    : result;
}

/** Bytes of names, with a 0 behind each. */
function namesOf(bytes: readonly number[]): readonly string[] {
  const text = Buffer.from(bytes).toString('utf8');
  return text.split('\0').slice(0, -1);
}

function readOutcome(call: CallName, result: number, details: readonly number[]): Outcome {
  if (result >= 0 && call === 'readdir') {
    return listed(namesOf(details));
  }
  if (result >= 0) {
    return succeed(valueOf(call, result, details));
  }
  const errno = errnoName(-result);
  if (errno === undefined) {
    throw garbled(`error ${-result}, which the specification has no name for`);
  }
  return fail(errno);
}

function readPath(next: Numbers, watch: readonly string[]): PathSight {
  const path = watch[next()];
  const kind = pathKinds[next()];
  if (path === undefined || kind === undefined) {
    throw garbled('a sight of a path that nobody watches');
  }
  return { path, kind, instance: next(), object: next() };
}

const readProcess = (next: Numbers, watch: readonly string[]): ProcessSight => ({
  pid: next(),
  namespace: next(),
  descriptors: several(next, () => ({ fd: next(), object: next() })),
  paths: several(next, () => readPath(next, watch)),
});

/** An identity is four times the kernel's id and the number of the kind. */
function readObject(next: Numbers): ObjectSight {
  const id = next();
  const kind = objectKinds[id % 4];
  if (kind === undefined) {
    throw garbled(`an object of no kind, ${id}`);
  }
  const content = several(next, () => {
    const value = next();
    return value < 0 ? null : value;
  });
  const slots = several(next, next);
  return {
    id,
    kind,
    ...(content.length === 0 ? {} : { content }),
    ...(slots.length === 0 ? {} : { slots }),
  };
}

function readSight(next: Numbers, watch: readonly string[]): Sight {
  return {
    processes: several(next, () => readProcess(next, watch)),
    objects: several(next, readObject),
  };
}

/** The answer to a call. `watch` is that of the run's setup. Throws an AdapterFailure. */
export function decodeAnswer(
  line: string,
  call: CallName,
  watch: readonly string[],
  wish: Wish,
): Answer {
  const next = numbersOf(line);
  const result = next();
  const object = next();
  const details = several(next, next);
  const alive = several(next, next);
  const returnedAt = wish === 'time' || wish === 'sight and time' ? next() : undefined;
  return {
    outcome: readOutcome(call, result, details),
    ...(object === 0 ? {} : { object }),
    alive,
    ...(returnedAt === undefined ? {} : { returnedAt }),
    ...(wish === 'sight' || wish === 'sight and time' ? { sight: readSight(next, watch) } : {}),
  };
}

/** The answer to `settle`. Throws an AdapterFailure. */
export const decodeSight = (line: string, watch: readonly string[]): Sight =>
  readSight(numbersOf(line), watch);

/** The answer to `alive`. Throws an AdapterFailure. */
export function decodeAlive(line: string): readonly number[] {
  const next = numbersOf(line);
  return several(next, next);
}

/** The answer to `gone`. Throws an AdapterFailure. */
export function decodeGone(line: string): readonly (number | null)[] {
  const next = numbersOf(line);
  return several(next, next).map((time) => (time === 0 ? null : time));
}
