import { cgroupHierarchy } from '../model/vocabulary/index.ts';
import { suggestion } from './nearest.ts';
import type { HeaderEntry, TraceError } from './trace.types.ts';

/** What the header of a trace says, with its lists taken apart. */
export interface TraceHeader {
  readonly title: string | null;
  /** The profiles under which the trace holds, by name; whether they exist is not asked here. */
  readonly profiles: readonly string[];
  /** The switches in which it departs from them, `name=value`; whether they exist is not asked here. */
  readonly switches?: readonly string[];
  /** The host tree as a `Setup` wants it: directories end in "/", parents first, none missing. */
  readonly host: readonly string[];
  /** RLIMIT_NOFILE. */
  readonly descriptors: number | null;
  /** Present where kernel.unprivileged_bpf_disabled is 0. */
  readonly unprivilegedBpf?: 'allowed';
  /** The ids of the clauses that the trace is about. */
  readonly clauses: readonly string[];
  /** Where the facts come from. */
  readonly source: string | null;
}

export type HeaderResult =
  | { readonly ok: true; readonly header: TraceHeader }
  | { readonly ok: false; readonly errors: readonly TraceError[] };

/** RLIMIT_NOFILE leaves room for 0, 1 and 2, and is at most what Linux allows by default. */
const descriptorsRange = { min: 3, max: 1_048_576 } as const;

/** Each key, in the order in which headers are written. */
const headerKeys = [
  ...(['title', 'profile', 'switch', 'host', 'descriptors'] as const),
  ...(['unprivileged-bpf-disabled', 'clause', 'source'] as const),
] as const;
const settingKey = 'unprivileged-bpf-disabled';
type HeaderKey = (typeof headerKeys)[number];

/** Reads the header of a trace; an unknown key or a malformed value is an error. */
export function readHeader(entries: readonly HeaderEntry[]): HeaderResult {
  const errors: TraceError[] = [];
  const values = new Map<HeaderKey, string>();
  const report = (key: string, message: string): void => {
    const line = entries.find((entry) => entry.key === key)?.line ?? 0;
    errors.push({ line, column: 1, message });
  };
  for (const { key, value } of entries) {
    const known = headerKeys.find((name) => name === key);
    if (known !== undefined) values.set(known, value);
    else report(key, unknownKey(key));
  }
  const names = (key: 'profile' | 'clause'): readonly string[] => {
    const list = splitNames(values.get(key) ?? '');
    const wrong = list.find((name) => !/^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/.test(name));
    if (wrong !== undefined) {
      report(key, `${JSON.stringify(wrong)} was found as a ${key}, but a name was expected`);
    }
    return list;
  };
  const host = readHost(values.get('host') ?? '');
  if (typeof host === 'string') report('host', host);
  const header: TraceHeader = {
    title: values.get('title') ?? null,
    profiles: names('profile'),
    ...readSwitches(values.get('switch'), report),
    host: typeof host === 'string' ? [] : host,
    descriptors: readDescriptors(values.get('descriptors'), report),
    ...readSetting(values.get(settingKey), report),
    clauses: names('clause'),
    source: values.get('source') ?? null,
  };
  return errors.length === 0 ? { ok: true, header } : { ok: false, errors };
}

/** The entries that readHeader reads as `header`. */
export function headerEntries(header: TraceHeader): HeaderEntry[] {
  const values: Readonly<Record<HeaderKey, string | null>> = {
    title: header.title,
    profile: header.profiles.join(', '),
    switch: (header.switches ?? []).join(', '),
    host: header.host.join(' '),
    descriptors: header.descriptors === null ? null : `${header.descriptors}`,
    [settingKey]: header.unprivilegedBpf === 'allowed' ? '0' : null,
    clause: header.clauses.join(', '),
    source: header.source,
  };
  return headerKeys.flatMap((key) => {
    const value = values[key];
    return value === null || value === '' ? [] : [{ line: 0, key, value }];
  });
}

function unknownKey(key: string): string {
  const hint = suggestion(key, headerKeys);
  const known = hint === '' ? `; known are ${headerKeys.join(', ')}` : hint;
  return `${JSON.stringify(key)} was found where a header key was expected${known}`;
}

const splitNames = (text: string): string[] => text.split(/[,\s]+/).filter((name) => name !== '');

function readDescriptors(
  text: string | undefined,
  report: (key: string, message: string) => void,
): number | null {
  if (text === undefined) return null;
  const { min, max } = descriptorsRange;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count >= min && count <= max) return count;
  const expected = `a number from ${min} to ${max} was expected`;
  report('descriptors', `${JSON.stringify(text)} was found as descriptors, but ${expected}`);
  return null;
}

function readSwitches(
  text: string | undefined,
  report: (key: string, message: string) => void,
): Pick<TraceHeader, 'switches'> {
  if (text === undefined) return {};
  const switches = splitNames(text);
  const wrong = switches.find((setting) => !/^[a-zA-Z]+=[a-zA-Z0-9][a-zA-Z0-9.-]*$/.test(setting));
  if (wrong !== undefined) {
    report('switch', `${JSON.stringify(wrong)} was found as a switch, but NAME=VALUE was expected`);
  }
  return { switches };
}

/** 2 is what it is where nobody says otherwise; 1 differs only in that it cannot be taken back. */
function readSetting(
  text: string | undefined,
  report: (key: string, message: string) => void,
): Pick<TraceHeader, 'unprivilegedBpf'> {
  if (text === '0') return { unprivilegedBpf: 'allowed' };
  if (text !== undefined && text !== '1' && text !== '2') {
    report(
      settingKey,
      `${JSON.stringify(text)} was found as ${settingKey}, but 0 or 2 was expected`,
    );
  }
  return {};
}

const mostCgroups = 16;

/** What is wrong below /cgroup/, or null: a kernel has files of its own there, with a dot in their names. */
function wrongCgroup(paths: readonly string[]): string | null {
  const cgroups = paths.filter(
    (path) => path.startsWith(cgroupHierarchy) && path !== cgroupHierarchy,
  );
  const odd = cgroups.find((path) => !/^\/cgroup\/[^/.]{1,200}\/$/.test(path));
  if (odd !== undefined) {
    return `${JSON.stringify(odd)} was found as a host path, but below /cgroup/ there are cgroups only: directories of one level, without a dot in their names`;
  }
  return cgroups.length > mostCgroups
    ? `${cgroups.length} cgroups were found in the host tree, but there can be ${mostCgroups} at most`
    : null;
}

/** The paths of a host tree with the parents that were left out, or what is wrong. */
function readHost(text: string): readonly string[] | string {
  const paths = new Set<string>();
  for (const path of text.split(/\s+/).filter((word) => word !== '')) {
    if (!/^(?:\/(?!\.{0,2}(?:\/|$))[^/]+)+\/?$/.test(path)) {
      return `${JSON.stringify(path)} was found as a host path, but an absolute path without "." and ".." was expected`;
    }
    for (let at = path.indexOf('/', 1); at !== -1; at = path.indexOf('/', at + 1)) {
      paths.add(path.slice(0, at + 1));
    }
    paths.add(path);
  }
  const wrong = wrongCgroup([...paths]);
  if (wrong !== null) return wrong;
  for (const path of paths) {
    if (!path.endsWith('/') && paths.has(`${path}/`)) {
      return `${JSON.stringify(path)} was found both as a file and as a directory`;
    }
  }
  return [...paths];
}
