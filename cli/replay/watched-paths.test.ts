import { describe, expect, it } from 'vitest';
import { parseTrace } from '../../traces/index.ts';
import type { TraceEvent } from '../../traces/index.ts';
import { watchedPaths } from './watched-paths.ts';

function eventsOf(...lines: readonly string[]): readonly TraceEvent[] {
  const parsed = parseTrace(lines.join('\n'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.trace.events;
}

describe('what is watched while traces are played', () => {
  it('is the paths that they name, spelled as they are, where names are', () => {
    const one = eventsOf(
      '1 unlink("/b/x") = 0',
      '1 link("/a/x", "/a/y") = 0',
      '1 unlink("/a/./x") = 0',
      '1 unlink("x") = 0',
      '1 unlink("/a/x/") = 0',
      '1 unlink("/proc/self/fd/3") = 0',
      '1 rmdir("/cgroup/a") = 0',
      `1 unlink("/${'n'.repeat(250)}") = 0`,
    );
    const other = eventsOf('1 unlink("/a/x") = 0', '1 umount2("/c", 0) = 0');
    expect(watchedPaths([one, other])).toEqual(['/a/x', '/a/y', '/b/x', '/c']);
  });

  it('is no more than a sight can be asked for', () => {
    const many = Array.from({ length: 60 }, (_, i) => `1 unlink("/a/${i}") = 0`);
    expect(watchedPaths([eventsOf(...many)])).toHaveLength(24);
  });
});
