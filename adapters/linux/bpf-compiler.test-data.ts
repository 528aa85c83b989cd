/** The compiler of programs that loaders load from a file. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';

/** Why none can be compiled here, with the mend; or null. */
export function bpfCompilerMissing(): string | null {
  const { error } = spawnSync('bpf-gcc', ['--version']);
  return error === undefined
    ? null
    : 'bpf-gcc: it is not there; on Debian: apt-get install gcc-bpf';
}

/** A traffic filter that counts packets in a map, `packets`, which its loader pins by its name. */
export const countPackets = join(
  import.meta.dirname,
  '..',
  '..',
  'test',
  'logs',
  'count-packets.c',
);

/** gcc for eBPF looks in no folder of the machine by itself. */
export function compileFilter(source: string, object: string): void {
  const { stdout } = spawnSync('cc', ['-print-multiarch'], { encoding: 'utf8' });
  const folders = ['/usr/include', `/usr/include/${stdout.trim()}`];
  const include = folders.flatMap((one) => ['-idirafter', one]);
  const args = ['-O2', '-gbtf', ...include, '-c', source, '-o', object];
  expect(spawnSync('bpf-gcc', args, { encoding: 'utf8' }).stderr).toBe('');
}
