import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { pinproof, temporaryFolder } from './run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const file = (name: string, text: string): string => {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
};

const typo = file('typo.trace', '1 fork() = 2\n1 clsoe(3) = 0\n2 close(x) = 0\n');
const oddProfile = file('profile.trace', '#: profile: linux-6.19\n1 fork() = 2\n');
const oddHeader = file('header.trace', '#: titel: a slip\n1 fork() = 2\n');

/** What is typed, and the whole of what is said about it; more sentences: cli/program.test.ts. */
const cases: readonly (readonly [readonly string[], string])[] = [
  [[], 'pinproof: no verb was given; see pinproof --help.'],
  [['check', 'linux', '--foo'], "pinproof: unknown option '--foo'; see pinproof --help."],
  [['check', 'linx'], 'pinproof: no target is called "linx"; did you mean linux?'],
  [
    ['verify', '--property', 'singleton-per-namespace', '--profile', 'linux-6.18'],
    'pinproof: the property singleton-per-namespace does not stand under linux-6.18; choose another --profile.',
  ],
  [
    ['check', 'reference', '--out', typo],
    `pinproof: the traces cannot be written to ${typo} (ENOTDIR: not a directory); choose another folder with --out.`,
  ],
  [
    ['verify', '--scope', 'singleton', '--emit-traces', folder.path],
    `pinproof: ${oddHeader} was not written by --emit-traces, and ${folder.path} would be replaced; choose an empty folder.`,
  ],
  [
    ['verify', '--lossy', '--emit-traces', folder.path],
    'pinproof: traces that take every transition need every state; leave out --lossy.',
  ],
  [
    ['verify', '--scope', 'singleton', '--emit-traces', typo],
    `pinproof: the traces cannot be written to ${typo} (ENOTDIR: not a directory); choose another folder with --emit-traces.`,
  ],
  [
    ['check', 'reference', '--corpus', '/nowhere'],
    'pinproof: the traces in /nowhere cannot be read (ENOENT: no such file or directory); choose another folder with --corpus.',
  ],
  [
    ['list', 'goals', '--differences'],
    'pinproof: --differences is for the topic profiles only: pinproof list profiles --differences.',
  ],
  [
    ['replay', '/nowhere.trace'],
    'pinproof: the trace /nowhere.trace cannot be read (ENOENT: no such file or directory).',
  ],
];

describe('bad input', () => {
  it.concurrent.each(cases)('ends %j with 2 and one sentence', async (args, sentence) => {
    const { code, stdout, stderr } = await pinproof(args);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
  });

  it.concurrent('names the place of each error in a trace, one a line', async () => {
    const { code, stderr } = await pinproof(['replay', typo]);
    expect(code).toBe(2);
    const lines = stderr.trimEnd().split('\n');
    expect(lines.map((line) => line.slice(0, typo.length + 5))).toEqual([
      `${typo}:2:3:`,
      `${typo}:3:9:`,
    ]);
    expect(lines[0]).toContain('did you mean close?');
  });

  it.concurrent('names the place of a profile and of a header key that do not exist', async () => {
    const [profile, header] = await Promise.all([
      pinproof(['replay', oddProfile]),
      pinproof(['replay', oddHeader]),
    ]);
    expect(profile.code).toBe(2);
    expect(profile.stderr).toBe(
      `${oddProfile}:1:1: no profile is called "linux-6.19"; did you mean linux-6.1?\n`,
    );
    expect(header.code).toBe(2);
    expect(header.stderr).toMatch(/:1:1: .*did you mean title\?\n$/);
  });
});

describe('a target that does not do its part', () => {
  it.concurrent('cannot be started if it ends at once: 3', async () => {
    const { code, stdout, stderr } = await pinproof(['check', 'exec:false']);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^pinproof: false: it exited with status 1[^\n]*\n$/);
  });

  it.concurrent('cannot be started if it prints garbage from the start: 3', async () => {
    const { code, stdout, stderr } = await pinproof(['check', 'exec:echo garbage; sleep 5']);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^pinproof: [^\n]*garbage[^\n]*\n$/);
  });
});
