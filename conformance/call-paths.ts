import type { AttrField, Call, Path } from '../model/vocabulary/index.ts';

/**
 * The same call with each path that it is given replaced, raw ones too; `at`: which of them it is. A
 * NULL is no path and stays.
 */
export function withPaths(call: Call, replaced: (path: string, at: number) => string): Call {
  const other = (path: Path, at: number): Path => (path === null ? null : replaced(path, at));
  if (call.call === 'bpf') {
    const { attr } = call;
    if (typeof attr === 'number') return call;
    const field = (one: AttrField): AttrField =>
      typeof one.value === 'string' ? { ...one, value: replaced(one.value, 0) } : one;
    return { ...call, attr: attr.map(field) };
  }
  if ('from' in call) return { ...call, from: other(call.from, 0), to: other(call.to, 1) };
  if ('source' in call) {
    return { ...call, source: other(call.source, 0), target: other(call.target, 1) };
  }
  if (call.call === 'symlink') {
    return { ...call, target: other(call.target, 0), path: other(call.path, 1) };
  }
  if ('path' in call) return { ...call, path: other(call.path, 0) };
  return 'target' in call ? { ...call, target: other(call.target, 0) } : call;
}

/** The paths that a call is given, in the order of `withPaths`. */
export function pathsIn(call: Call): readonly string[] {
  const given: string[] = [];
  withPaths(call, (path) => {
    given.push(path);
    return path;
  });
  return given;
}
