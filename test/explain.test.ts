import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { expectGolden } from './golden-file.ts';
import { pinproof, temporaryFolder } from './run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const logs = join(import.meta.dirname, 'logs');
const tc = readFileSync(join(logs, 'tc-ingress.strace'), 'utf8');
const bpftool = readFileSync(join(logs, 'bpftool-map.strace'), 'utf8');

function written(name: string, text: string): string {
  const file = join(folder.path, name);
  writeFileSync(file, text);
  return file;
}

/** A log with one line changed; the line must be there. */
function altered(log: string, line: string, to: string): string {
  expect(log).toContain(line);
  return log.replace(line, to);
}

describe('explain', () => {
  it('tells that the map of a tc session outlived tc through its pin, and what it died of', async () => {
    const { code, stdout } = await pinproof(['explain', 'tc-ingress.strace'], { cwd: logs });
    expectGolden('explain-tc.txt', stdout);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'outlives the descriptors of tc (17098) from line 210 on, through the pin /sys/fs/bpf/tc/globals/counters',
    );
    expect(stdout).toContain(
      'died in line 368 of what rm (17102) did: unlinkat(AT_FDCWD, "/sys/fs/bpf/tc/globals/counters", 0) = 0',
    );
  });

  it('tells that bpftool covered /tmp with a bpffs and left a pin there', async () => {
    const { code, stdout } = await pinproof(['explain', 'bpftool-map.strace'], { cwd: logs });
    expectGolden('explain-bpftool.txt', stdout);
    expect(code).toBe(0);
    expect(stdout).toContain('bpftool (17117) covered /tmp with a bpffs; still mounted at the end');
    expect(stdout).toContain('/tmp/sessions holds map sessions');
  });

  it('draws a sequence diagram, and writes a document', async () => {
    const drawn = await pinproof(['explain', 'tc-ingress.strace', '--mermaid'], { cwd: logs });
    expectGolden('explain-tc.mmd', drawn.stdout);
    const told = await pinproof(['explain', 'tc-ingress.strace', '--json'], { cwd: logs });
    expectGolden('explain-tc.json', told.stdout);
  });

  it.each(['--mermaid', '--json'])(
    'leaves what a machine reads whole with --quiet: %s',
    async (form) => {
      const asked = ['explain', 'tc-ingress.strace', form];
      const [quiet, loud] = await Promise.all([
        pinproof([...asked, '--quiet'], { cwd: logs }),
        pinproof(asked, { cwd: logs }),
      ]);
      expect(quiet).toEqual(loud);
      expect(quiet.stdout.split('\n').length).toBeGreaterThan(5);
    },
  );

  it.each([
    [
      'a pin that succeeds on a name that is taken',
      altered(
        bpftool,
        'bpf(BPF_OBJ_PIN, {pathname="/sys/fs/bpf/app/sessions", bpf_fd=3, file_flags=0}, 16) = -1 EEXIST (File exists)',
        'bpf(BPF_OBJ_PIN, {pathname="/sys/fs/bpf/app/sessions", bpf_fd=3, file_flags=0}, 16) = 0',
      ),
      ['deviates in line 205', 'allowed is EEXIST by pin.name-taken', 'it breaks pin.name-taken'],
    ],
    [
      'a get that succeeds after the last unlink',
      altered(
        tc,
        '17103 umount2("/sys/fs/bpf", 0)         = 0',
        '17103 bpf(BPF_OBJ_GET, {pathname="/sys/fs/bpf/tc/globals/counters", bpf_fd=0, file_flags=0}, 16) = 3',
      ),
      ['deviates in line 442', 'allowed is ENOENT by walk.missing'],
    ],
    [
      'a directory that is removed although a pin is in it',
      altered(
        bpftool,
        'rmdir("/sys/fs/bpf/app")          = -1 ENOTEMPTY (Directory not empty)',
        'rmdir("/sys/fs/bpf/app")          = 0',
      ),
      ['deviates in line 397', 'allowed is ENOTEMPTY by'],
    ],
  ])('finds %s', async (name, log, parts) => {
    const { code, stdout } = await pinproof(['explain', written(`${name.length}.strace`, log)]);
    for (const part of parts) expect(stdout).toContain(part);
    expect(code).toBe(1);
  });

  it('says which profiles explain a log', async () => {
    const args = ['explain', 'tc-ingress.strace', '--profile', 'auto', '--quiet'];
    const { code, stdout } = await pinproof(args, { cwd: logs });
    expect(stdout).toContain('linux-6.18: conforms');
    expect(code).toBe(0);
  });

  it('puts the files of strace -ff in order by their times', async () => {
    const create =
      'bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, key_size=4, value_size=4, max_entries=1, map_name="m"}, 72) = 3';
    const pin = 'bpf(BPF_OBJ_PIN, {pathname="/sys/fs/bpf/m", bpf_fd=3, file_flags=0}, 16) = 0';
    const first = [
      '1700000000.100000 mount("bpf", "/sys/fs/bpf", "bpf", 0, NULL) = 0',
      `1700000000.200000 ${create}`,
      '1700000000.300000 fork() = 22',
      '1700000000.500000 close(3) = 0',
    ];
    const second = [`1700000000.400000 ${pin}`, '1700000000.600000 unlink("/sys/fs/bpf/m") = 0'];
    written('set.21', first.join('\n'));
    written('set.22', second.join('\n'));
    const { code, stdout } = await pinproof(['explain', 'set'], { cwd: folder.path });
    expect(stdout).toContain('line 1: process 22: BPF_OBJ_PIN /sys/fs/bpf/m');
    expect(code).toBe(0);
    written('untimed.21', 'close(3) = 0\n');
    written('untimed.22', 'close(3) = 0\n');
    const refused = await pinproof(['explain', 'untimed'], { cwd: folder.path });
    expect(refused.stderr).toMatch(/untimed\.21:1:1: no time was found, [^\n]+strace -ff -ttt\n$/);
    expect(refused.code).toBe(2);
  });

  it.each([
    ['a log that is not there', 'nowhere.strace', /the log nowhere\.strace cannot be read/],
    ['a folder', '.', /the log \. cannot be read/],
    [
      'a text of something else',
      written('text', 'Dear reader,\n'),
      /text:1:1: nothing of strace's/,
    ],
    ['an empty file', written('empty', ''), /empty:1:1: nothing of strace's/],
  ])('refuses %s with one sentence', async (_, file, sentence) => {
    const { code, stdout, stderr } = await pinproof(['explain', file], { cwd: folder.path });
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect([code, stdout]).toEqual([2, '']);
  });
});
