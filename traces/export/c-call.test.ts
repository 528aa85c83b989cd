import { describe, expect, it } from 'vitest';
import { callNames } from '../../model/vocabulary/index.ts';
import type { Call } from '../../model/vocabulary/index.ts';
import { expectGolden } from '../../test/golden-file.ts';
import { parseTrace } from '../index.ts';
import { cCall } from './c-call.ts';
import { callLines } from './calls.test-data.ts';

const parsed = parseTrace(callLines.join('\n'));
const calls: readonly Call[] = parsed.ok ? parsed.trace.events.map(({ step }) => step.call) : [];

function statementOf(call: Call): string {
  const made = cCall(call);
  if ('refused' in made) return `refused: ${made.refused}`;
  return made.statement ?? `${made.kind} ${made.victim}`;
}

describe('calls in C', () => {
  it('are one statement each, or refused', () => {
    expect(calls.length).toBe(callLines.length);
    const written = calls.map((call, at) => `${callLines[at] ?? ''}\n    ${statementOf(call)}\n`);
    expectGolden('export/statements.txt', written.join(''));
    const names = new Set(calls.map(({ call }) => call));
    expect(callNames.filter((name) => !names.has(name))).toEqual([]);
  });

  it('escape what a C compiler reads otherwise', () => {
    const statement = statementOf({ call: 'mkdir', path: '/a"\\??/\n\u00e9' });
    expect(statement).toBe(
      'plain(syscall(SYS_mkdirat, AT_FDCWD, "/a\\"\\\\?\\?/\\n\\303\\251", 0755))',
    );
    expect(statementOf({ call: 'symlink', target: null, dirFd: 3, path: 'a' })).toBe(
      'plain(syscall(SYS_symlinkat, NULL, 3, "a"))',
    );
  });
});
