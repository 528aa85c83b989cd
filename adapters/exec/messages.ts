/** The messages of the protocol (PROTOCOL.md): what the other side answers, checked and typed. */
import type {
  AccessFlag,
  CallName,
  MapType,
  DescriptorSight,
  ObjectSight,
  PathSight,
  ProcessSight,
  Sight,
  SightField,
  Step,
} from '../../model/vocabulary/index.ts';
import {
  accessFlagNames,
  callNames,
  mapTypeNames,
  contentKeys,
  sightFields,
} from '../../model/vocabulary/index.ts';
import type { Answer, Hello, Sights } from '../contract/index.ts';
import { checkOutcome, readOutcome } from './outcomes.ts';
import type { JsonObject, Read } from './shape.ts';
import { oneOf, readArray, readObject, readSet, readText, ShapeError, wholeFrom } from './shape.ts';

/** The version of the protocol that is spoken here. */
export const protocolVersion = 1;

const count = wholeFrom(0);
const identity = wholeFrom(1);
const callName: Read<CallName> = oneOf(callNames);
const mapType: Read<MapType> = oneOf(mapTypeNames);
const accessFlag: Read<AccessFlag> = oneOf(accessFlagNames);
const sightField: Read<SightField> = oneOf(sightFields);
const numbering = oneOf(['lowest', 'opaque']);

/** The answer to `start`. */
export function readHello(value: unknown): Hello {
  const hello = readObject(value, '$', ['version', 'implementation', 'capabilities']);
  if (hello['version'] !== protocolVersion) {
    throw new ShapeError('$.version', hello['version'], `${protocolVersion}`);
  }
  const path = '$.implementation';
  const who = readObject(hello['implementation'], path, ['name', 'version'], ['language']);
  if (who['language'] !== undefined) readText(who['language'], `${path}.language`);
  const keys = ['calls', 'observes', 'descriptors'];
  const can = readObject(hello['capabilities'], '$.capabilities', keys, ['maps', 'flags']);
  return {
    name: readText(who['name'], `${path}.name`),
    version: readText(who['version'], `${path}.version`),
    calls: readSet(can['calls'], '$.capabilities.calls', callName),
    ...(can['maps'] === undefined
      ? {}
      : { maps: readSet(can['maps'], '$.capabilities.maps', mapType) }),
    ...(can['flags'] === undefined
      ? {}
      : { flags: readSet(can['flags'], '$.capabilities.flags', accessFlag) }),
    observes: readSet(can['observes'], '$.capabilities.observes', sightField),
    descriptors: numbering(can['descriptors'], '$.capabilities.descriptors'),
  };
}

/** The answer to `reset`. */
export function readReset(value: unknown): void {
  const { ok } = readObject(value, '$', ['ok']);
  if (ok !== true) throw new ShapeError('$.ok', ok, 'true');
}

/** The answer to `run`, which has one item for each step, and the sights that were asked for. */
export function readAnswers(
  value: unknown,
  { steps, sights }: { readonly steps: readonly Step[]; readonly sights: Sights },
): readonly Answer[] {
  const { answers } = readObject(value, '$', ['answers']);
  const list = readArray(answers, '$.answers', readAnswer);
  if (list.length !== steps.length) {
    throw new ShapeError('$.answers.length', list.length, `${steps.length}, one for each step,`);
  }
  list.forEach(({ outcome, sight }, i) => {
    checkOutcome(steps[i], outcome, `$.answers[${i}].outcome`);
    const wanted = sights === 'each' || (sights === 'last' && i === steps.length - 1);
    if (wanted === (sight !== undefined)) return;
    const expected = wanted ? 'a sight' : `no sight (sights: ${JSON.stringify(sights)})`;
    throw new ShapeError(`$.answers[${i}].sight`, sight, expected);
  });
  return list;
}

/** The answer to `observe`. */
export function readObserved(value: unknown): Sight {
  return readSight(readObject(value, '$', ['sight'])['sight'], '$.sight');
}

/** The answer to `alive`, which names some of the objects that were asked for. */
export function readAlive(value: unknown, asked: readonly number[]): readonly number[] {
  const { alive } = readObject(value, '$', ['alive']);
  const known = new Set(asked);
  return readIdentities(alive, '$.alive', (each, path) => {
    const id = identity(each, path);
    if (!known.has(id)) throw new ShapeError(path, id, 'one of the objects asked for');
    return id;
  });
}

/** What went wrong on the other side, if `value` is `{"error": TEXT}`. */
export function readComplaint(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('error' in value)) return null;
  return readText(readObject(value, '$', ['error'])['error'], '$.error');
}

/** Identities in any order, ascending. */
function readIdentities(value: unknown, path: string, item: Read<number>): readonly number[] {
  return [...readSet(value, path, item)].sort((a, b) => a - b);
}

function readAnswer(value: unknown, path: string): Answer {
  const answer = readObject(value, path, ['outcome'], ['object', 'alive', 'sight']);
  const { object, alive, sight } = answer;
  return {
    outcome: readOutcome(answer['outcome'], `${path}.outcome`),
    ...(object === undefined ? {} : { object: identity(object, `${path}.object`) }),
    ...(alive === undefined ? {} : { alive: readIdentities(alive, `${path}.alive`, identity) }),
    ...(sight === undefined ? {} : { sight: readSight(sight, `${path}.sight`) }),
  };
}

function readSight(value: unknown, path: string): Sight {
  const sight = readObject(value, path, ['processes', 'objects'], ['pending']);
  const { pending } = sight;
  return {
    processes: readArray(sight['processes'], `${path}.processes`, readProcess),
    objects: readArray(sight['objects'], `${path}.objects`, readObjectSight),
    ...(pending === undefined ? {} : { pending: count(pending, `${path}.pending`) }),
  };
}

function readProcess(value: unknown, path: string): ProcessSight {
  const process = readObject(value, path, ['pid', 'namespace', 'descriptors', 'paths']);
  return {
    pid: identity(process['pid'], `${path}.pid`),
    namespace: identity(process['namespace'], `${path}.namespace`),
    descriptors: readArray(process['descriptors'], `${path}.descriptors`, readDescriptor),
    paths: readArray(process['paths'], `${path}.paths`, readPathSight),
  };
}

function readDescriptor(value: unknown, path: string): DescriptorSight {
  const { fd, object } = readObject(value, path, ['fd', 'object']);
  return { fd: count(fd, `${path}.fd`), object: identity(object, `${path}.object`) };
}

const pathKind = oneOf(['directory', 'map', 'program', 'link']);
const objectKind = oneOf(['map', 'program', 'link']);

function readPathSight(value: unknown, path: string): PathSight {
  const sight = readObject(value, path, ['path', 'kind', 'instance', 'object']);
  const kind = pathKind(sight['kind'], `${path}.kind`);
  const object = count(sight['object'], `${path}.object`);
  if ((kind === 'directory') !== (object === 0)) {
    const expected = kind === 'directory' ? '0, as for every directory,' : 'the pinned object';
    throw new ShapeError(`${path}.object`, object, expected);
  }
  return {
    path: readText(sight['path'], `${path}.path`),
    kind,
    instance: identity(sight['instance'], `${path}.instance`),
    object,
  };
}

const keysOfMaps = ['usercnt', 'content', 'slots', 'frozen'] as const;

function refuseKeysOfMaps(sight: JsonObject, kind: ObjectSight['kind'], path: string): void {
  for (const key of keysOfMaps) {
    if (sight[key] === undefined) continue;
    throw new ShapeError(`${path}.${key}`, sight[key], `nothing (a ${kind} has no ${key})`);
  }
}

function readObjectSight(value: unknown, path: string): ObjectSight {
  const sight = readObject(value, path, ['id', 'kind'], ['refcnt', 'holders', ...keysOfMaps]);
  const kind = objectKind(sight['kind'], `${path}.kind`);
  if (kind !== 'map') refuseKeysOfMaps(sight, kind, path);
  const { refcnt, usercnt, holders, content, slots, frozen } = sight;
  return {
    id: identity(sight['id'], `${path}.id`),
    kind,
    ...(refcnt === undefined ? {} : { refcnt: count(refcnt, `${path}.refcnt`) }),
    ...(usercnt === undefined ? {} : { usercnt: count(usercnt, `${path}.usercnt`) }),
    ...(holders === undefined ? {} : { holders: readHolders(holders, `${path}.holders`) }),
    ...(frozen === undefined ? {} : { frozen: frozenBit(frozen, `${path}.frozen`) }),
    ...(content === undefined ? {} : { content: byKey(readElement)(content, `${path}.content`) }),
    ...(slots === undefined ? {} : { slots: byKey(count)(slots, `${path}.slots`) }),
  };
}

const frozenBit: Read<0 | 1> = (value, path) => {
  if (value === 0 || value === 1) return value;
  throw new ShapeError(path, value, '0 or 1');
};

/** One item for each of `contentKeys`. */
const byKey =
  <T>(item: Read<T>): Read<readonly T[]> =>
  (value, path) => {
    const items = readArray(value, path, item);
    if (items.length === contentKeys.length) return items;
    throw new ShapeError(`${path}.length`, items.length, `${contentKeys.length}`);
  };

const readElement: Read<number | null> = (value, path) =>
  value === null ? null : count(value, path);

function readHolders(value: unknown, path: string): NonNullable<ObjectSight['holders']> {
  const keys = ['descriptions', 'inodes', 'programs', 'slots', 'attachments'];
  const holders = readObject(value, path, keys, ['links']);
  // Programs that were written before there were links do not tell of any.
  const { links = 0 } = holders;
  return {
    descriptions: count(holders['descriptions'], `${path}.descriptions`),
    inodes: count(holders['inodes'], `${path}.inodes`),
    programs: count(holders['programs'], `${path}.programs`),
    slots: count(holders['slots'], `${path}.slots`),
    attachments: count(holders['attachments'], `${path}.attachments`),
    links: count(links, `${path}.links`),
  };
}
