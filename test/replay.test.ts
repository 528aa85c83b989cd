import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { linuxMissing, pinproof, temporaryFolder } from './run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const corpus = join(import.meta.dirname, '..', 'traces', 'corpus');
const traces = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.trace'))
  .map((name) => join(corpus, name))
  .sort();

const missing = await linuxMissing();

function written(name: string, ...lines: readonly string[]): string {
  const file = join(folder.path, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

describe('replay', () => {
  it('finds that the corpus is what the model and the reference answer', async () => {
    const { code, stdout } = await pinproof(['replay', ...traces, '--on', 'reference']);
    expect(stdout.split('\n').filter((line) => line.includes('deviates'))).toEqual([]);
    expect(code).toBe(0);
  });

  it('finds that the running kernel answers as the corpus of its profile says', async (context) => {
    if (missing !== null) context.skip(`linux: SKIPPED (${missing})`);
    const { code, stdout } = await pinproof(['replay', ...traces, '--on', 'linux', '--json']);
    const { replays } = JSON.parse(stdout) as {
      replays: { profile: string; file: string; verdicts: { of: string; verdict: string }[] }[];
    };
    const modern = replays.filter(({ profile }) => profile === 'linux-6.18');
    expect(modern.length).toBeGreaterThan(3);
    for (const { file, verdicts } of modern) {
      expect(verdicts.map(({ of, verdict }) => [file, of, verdict])).toEqual([
        [file, 'trace', 'conforms'],
        [file, 'linux', 'conforms'],
      ]);
    }
    // The traces of linux-4.4 alone show in what this kernel differs from it.
    expect(code).toBe(1);
  }, 240_000);

  it('shows a wrong outcome beside what is allowed and what a target answers', async () => {
    const file = written(
      'wrong.trace',
      ...['#: title: a slip', '#: profile: linux-6.18'],
      ...['1 fork() = 2', '1 close(3) = 0', '1 dup(5)'],
    );
    const { code, stdout } = await pinproof(['replay', file, '--on', 'reference']);
    expect(code).toBe(1);
    expect(stdout.split('\n').slice(0, 6)).toEqual([
      `${file} under linux-6.18: a slip`,
      'line  call        recorded  model  reference',
      '   3  1 fork()    2         2      2',
      '   4  1 close(3)  0 <<      EBADF  EBADF',
      '   5  1 dup(5)    -         EBADF  EBADF',
      expect.stringMatching(
        /^ {2}trace: deviates at line 4: the answer is 0, allowed is EBADF by /,
      ),
    ]);
  });

  it('writes calls as a trace does, and every descriptor that a call answered with', async () => {
    const lines = [
      '1 socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0',
      '1 sendmsg(3, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[4]}]}, MSG_DONTWAIT|MSG_NOSIGNAL) = 1',
      '1 recvmsg(4, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[6]}], msg_controllen=20}, MSG_DONTWAIT) = 1',
      '1 exit_group(0) = ?',
    ];
    const file = written('received.trace', '#: profile: linux-6.18', ...lines);
    const plain = await pinproof(['replay', file]);
    expect(plain.stdout).toContain(
      'trace: deviates at line 4: the answer is 1 [6], allowed is 1 [5] by receive.ok',
    );
    const { stdout } = await pinproof(['replay', file, '--json']);
    const { replays } = JSON.parse(stdout) as {
      replays: { rows: { call: string; recorded: string; allowed: { answer: string }[] }[] }[];
    };
    const rows = replays.flatMap((replay) => replay.rows);
    expect(rows.map(({ call }) => call)).toEqual(
      lines.map((line) => line.slice(0, line.lastIndexOf(' = '))),
    );
    expect(
      rows.map(({ recorded, allowed }) => [recorded, ...allowed.map(({ answer }) => answer)]),
    ).toEqual([
      ['[3, 4]', '[3, 4]'],
      ['1', '1'],
      ['1 [6]', '1 [5]'],
      ['?', '?'],
    ]);
  });

  it('shows what the model answers where a trace has no outcomes', async () => {
    const file = written('open.trace', '1 fork()', '2 exit_group(0)');
    const { code, stdout } = await pinproof(['replay', file, '--profile', 'linux-4.4']);
    expect(code).toBe(0);
    expect(stdout).toContain('   1  1 fork()         -         2');
  });

  it('shrinks what deviates to a trace that can be replayed', async () => {
    const file = written(
      'long.trace',
      ...['#: title: a name that is taken', '#: profile: linux-4.4', '#: host: /mnt/a/'],
      ...['1 fork() = 2', '1 mount("bpf", "/mnt/a", "bpf", 0, NULL) = 0'],
      ...['2 mkdir("/mnt/a/d", 0755) = 0', '2 mkdir("/mnt/a/d", 0755) = 0', '1 fork() = 3'],
    );
    const { code, stdout } = await pinproof(['replay', file, '--shrink']);
    expect(code).toBe(1);
    const shrunk = [
      '#: title: a name that is taken (shrunk)',
      '#: profile: linux-4.4',
      '#: host: /mnt/ /mnt/a/',
      '#: clause: mkdir.name-taken',
      '1 mkdir("/mnt/a", 0755) = 0',
    ];
    const lines = stdout.split('\n');
    expect(lines.slice(-9, -3)).toEqual([
      '  trace: shrunk from 5 calls to 1, with the same deviation:',
      ...shrunk.map((line) => `    ${line}`),
    ]);
    expect(lines.at(-10)).toMatch(/^ {2}trace: deviates at line 7: /);
    const again = await pinproof(['replay', written('short.trace', ...shrunk), '--shrink']);
    expect(again.code).toBe(1);
    expect(again.stdout).toContain('trace: shrunk from 1 call to 1, with the same deviation:');
  });

  it('is inconclusive where there is nothing to replay', async () => {
    const { code } = await pinproof(['replay', written('empty.trace', '# nothing')]);
    expect(code).toBe(4);
  });
});
