import { afterAll, describe, expect, it } from 'vitest';
import { expectGolden } from './golden-file.ts';
import { linuxMissing, pinproof, temporaryFolder } from './run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const missing = await linuxMissing();

const survey = (...args: readonly string[]) => pinproof(['survey', ...args], { cwd: folder.path });

/** A program of the exec protocol that says it can do nothing. */
const idle =
  'exec:read -r l; echo \'{"version":1,"implementation":{"name":"idle","version":"0"},' +
  '"capabilities":{"calls":[],"observes":[],"descriptors":"lowest"}}\'; ' +
  'while read -r l; do echo \'{"ok":true}\'; done';

interface Surveyed {
  readonly targets: readonly {
    readonly closest: readonly string[];
    readonly switches: readonly { readonly kind: string; readonly switch: string }[];
  }[];
  readonly differences: readonly { readonly switches: readonly unknown[] }[];
}

describe('survey', () => {
  it('tells the reference from the reference as an older kernel', async () => {
    const { code, stdout } = await survey('reference', 'reference@linux-4.4', '--format', 'text');
    expect(code).toBe(0);
    expectGolden('survey.txt', stdout);
  }, 120_000);

  it('names linux-6.18 for the running kernel, and decides every switch', async (context) => {
    if (missing !== null) context.skip(`linux: SKIPPED (${missing})`);
    const { code, stdout, stderr } = await survey('linux', 'reference', '--format', 'json');
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { targets, differences } = JSON.parse(stdout) as Surveyed;
    expect(targets.map(({ closest }) => closest)).toEqual([['linux-6.18'], ['linux-6.18']]);
    const open = targets.flatMap(({ switches }) =>
      switches.filter(({ kind }) => kind === 'undecided'),
    );
    expect(open).toEqual([]);
    expect(differences.flatMap(({ switches }) => switches)).toEqual([]);
  }, 120_000);

  it('ends with 4 where nothing can be decided, in any format', async () => {
    const { code, stdout } = await survey(idle, '--format', 'markdown', '--quiet');
    expect({ code, stdout }).toEqual({
      code: 4,
      stdout: `${idle}: none, nothing could be decided\n`,
    });
  });

  it('ends with 3 where a target cannot be started', async () => {
    const { code, stdout, stderr } = await survey('exec:exit 1');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^pinproof: [^\n]+\n$/);
  });
});
