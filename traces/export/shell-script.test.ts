import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/run-pinproof.ts';
import { parseTrace } from '../index.ts';
import type { Exported } from './c-program.ts';
import { shellScript } from './shell-script.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

function exported(...lines: readonly string[]): Exported {
  const parsed = parseTrace(lines.join('\n'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const steps = parsed.trace.events.map(({ line, step }) => ({ line, step, allowed: [] }));
  return { title: null, profile: 'linux-6.18', host: [], descriptors: 16, steps };
}

const plain = exported('1 close(3)');
const execs = exported('1 execve("/proc/self/exe", ["exe"], NULL)');

/** Instead of a compiler: keeps its arguments and the program, and makes a program that does `body`. */
function compiler(name: string, body: string): string {
  const text = `#!/bin/sh
echo "$*" >'${folder.path}/${name}.arguments'
for last; do :; done
cp "$last" '${folder.path}/${name}.c'
while [ "$1" != -o ]; do shift; done
${body}
`;
  const file = join(folder.path, `${name}.cc`);
  writeFileSync(file, text, { mode: 0o700 });
  return file;
}

const making = (program: string): string => `echo '${program}' >"$2"; chmod +x "$2"`;

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What is in the folder for temporary files after the run. */
  readonly left: readonly string[];
}

function ran(script: string, cc: string, TMPDIR = join(folder.path, 'temporary')): Ran {
  mkdirSync(join(folder.path, 'temporary'), { recursive: true });
  const { status, stdout, stderr } = spawnSync('sh', ['-s'], {
    ...{ input: script, encoding: 'utf8', timeout: 20_000 },
    env: { ...process.env, CC: cc, TMPDIR },
  });
  return { status, stdout, stderr, left: readdirSync(join(folder.path, 'temporary')) };
}

const kept = (name: string): string => readFileSync(join(folder.path, name), 'utf8');

describe('a trace as a shell script', () => {
  it('compiles the program byte for byte, whatever a shell would make of it', () => {
    const program = 'int main(void) { puts("$HOME `id` \\\\ \'$(id)\'"); }\n';
    ran(shellScript(plain, program), compiler('bytes', making('exit 0')));
    expect(kept('bytes.c')).toBe(program);
  });

  it('ends the last line of a program that does not', () => {
    const program = 'int main(void) { return 0; }';
    const { status } = ran(shellScript(plain, program), compiler('unended', making('exit 0')));
    expect(status).toBe(0);
    expect(kept('unended.c')).toBe(`${program}\n`);
  });

  it.each([0, 1, 3])('ends with %i if the program does, and leaves nothing behind', (code) => {
    const cc = compiler(`ends-${code}`, making(`echo told; exit ${code}`));
    expect(ran(shellScript(plain, 'int x;\n'), cc)).toEqual({
      ...{ status: code, stdout: 'told\n', stderr: '', left: [] },
    });
  });

  it('says so, and runs nothing, if the program cannot be compiled', () => {
    const cc = compiler('fails', `${making('echo told')}; exit 1`);
    expect(ran(shellScript(plain, 'int x;\n'), cc)).toEqual({
      ...{ status: 3, stdout: '', left: [] },
      stderr: 'the program cannot be compiled; name a C compiler in CC\n',
    });
  });

  it('ends with 3 if there is no room for the program', () => {
    const cc = compiler('unasked', making('exit 0'));
    const nowhere = join(folder.path, 'not-there');
    expect(ran(shellScript(plain, 'int x;\n'), cc, nowhere)).toMatchObject({
      ...{ status: 3, stdout: '', left: [] },
    });
  });

  it('links the program statically where it starts itself anew', () => {
    for (const [name, of, flags] of [
      ['shared', plain, '-O1'],
      ['static', execs, '-O1 -static'],
    ] as const) {
      ran(shellScript(of, 'int x;\n'), compiler(name, making('exit 0')));
      expect(kept(`${name}.arguments`)).toMatch(new RegExp(`^${flags} -o /`));
    }
  });
});
