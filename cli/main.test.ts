import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { pinproof, temporaryFolder } from '../test/run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

describe('the program', () => {
  it.skipIf(!existsSync('/dev/full')).each([['list'], ['--help']])(
    'says in one sentence that %s could not be written',
    (argument) => {
      const full = openSync('/dev/full', 'w');
      const main = join(import.meta.dirname, 'main.ts');
      const { status, stderr } = spawnSync(
        process.execPath,
        ['--import', import.meta.resolve('tsx'), main, argument],
        { stdio: ['ignore', full, 'pipe'], encoding: 'utf8' },
      );
      closeSync(full);
      expect(stderr).toMatch(/^pinproof: the output could not be written \(ENOSPC[^\n]*\)\.\n$/);
      expect(status).toBe(3);
    },
  );

  it('leaves a list whole that is asked for quietly', async () => {
    const [quiet, loud] = await Promise.all([
      pinproof(['list', 'goals', '--quiet']),
      pinproof(['list', 'goals']),
    ]);
    expect(quiet).toEqual(loud);
    expect(quiet.code).toBe(0);
  });

  it.skipIf(process.getuid?.() !== 0)(
    'needs no folder that can be written unless one is asked for',
    async () => {
      chmodSync(folder.path, 0o755);
      const where = { cwd: folder.path, user: 'nobody' } as const;
      const small = ['--runs', '20', '--phase', 'random', '--quiet'];
      const [fine, broken, asked] = await Promise.all([
        pinproof(['check', 'reference', ...small], where),
        pinproof(['check', 'mutant:exit-drops-pins', ...small, '--runs', '500'], where),
        pinproof(['check', 'reference', ...small, '--out', 'deviations'], where),
      ]);
      expect(fine).toMatchObject({ code: 0, stderr: '' });
      expect(broken.code).toBe(1);
      expect(broken.stderr).toMatch(
        /^pinproof: the traces cannot be written to deviations \(EACCES[^\n]*\n$/,
      );
      expect(asked.code).toBe(2);
    },
  );
});
