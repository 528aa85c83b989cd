import { afterAll, describe, expect, it } from 'vitest';
import { expectGolden } from './golden-file.ts';
import { idle } from './idle-program.ts';
import { linuxMissing, nobodyMissing, pinproof, temporaryFolder } from './run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const missing = await linuxMissing();
const missingUser = await nobodyMissing();

const survey = (...args: readonly string[]) => pinproof(['survey', ...args], { cwd: folder.path });

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

  describe('where one of several targets cannot be started', () => {
    const reason = 'exit 1: it exited with status 1 before it had answered "start"';

    it('names it with the reason, goes on with the others, and ends with 3', async () => {
      const { code, stdout, stderr } = await survey('exec:exit 1', idle);
      expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
      expect(stdout).toContain(`\nexec:exit 1: not surveyed (${reason})\n`);
      const found = `${idle}: none, nothing could be decided`;
      expect(stdout.endsWith(`\n${found}; exec:exit 1: not surveyed (${reason})\n`)).toBe(true);
    });

    it('names what linux lacks where it is not permitted', async (context) => {
      if (missingUser !== null) context.skip(`nobody: SKIPPED (${missingUser})`);
      const args = ['survey', 'linux', idle, '--quiet'];
      const { code, stdout, stderr } = await pinproof(args, { cwd: '/', user: 'nobody' });
      expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
      const found = `${idle}: none, nothing could be decided; linux: not surveyed (`;
      expect(stdout.startsWith(found)).toBe(true);
      expect(stdout.slice(found.length)).toMatch(/^[^\n]{20,}\)\n$/);
    });

    it('does so as JSON', async () => {
      const { code, stdout } = await survey(idle, 'exec:exit 1', '--json', '--quiet');
      expect(code).toBe(3);
      expect(JSON.parse(stdout)).toMatchObject({
        exit: 3,
        targets: [{ target: idle, closest: [] }],
        notSurveyed: [{ target: 'exec:exit 1', reason }],
      });
    });

    it('does so as Markdown, also where all are like that', async () => {
      const { code, stdout } = await survey('exec:exit 1', 'exec:exit 1', '--format', 'markdown');
      const line = `- exec:exit 1: ${reason}`;
      expect(code).toBe(3);
      expect(stdout).toContain(`# Survey\n\n## Not surveyed\n\n${line}\n${line}\n`);
    });
  });

  it('ends with 3 where the only target cannot be started', async () => {
    const { code, stdout, stderr } = await survey('exec:exit 1');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^pinproof: [^\n]+\n$/);
  });
});
