/** Runs the command line from its sources in a process of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinux } from '../adapters/linux/index.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Runs it as an ordinary user, which takes root; its coverage is not counted. */
  readonly user?: 'nobody';
  /** A command that runs the rest of its arguments, in other circumstances; coverage is not counted. */
  readonly through?: readonly [command: string, ...args: string[]];
  /** Variables to set besides. */
  readonly environment?: Readonly<Record<string, string>>;
  /** As a reader does that has seen enough. */
  readonly closeStdout?: 'at-once';
  /** Called with everything that was written to stderr so far. */
  readonly onStderr?: (text: string, interrupt: () => void) => void;
}

const nobody = 65_534;

const tsx = import.meta.resolve('tsx');
const main = join(import.meta.dirname, '..', 'cli', 'main.ts');

/** Runs `pinproof ARGS` to its end. */
export function pinproof(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  // An ordinary user may not write where the coverage goes; Node hands the variable down unless it
  // is there and undefined.
  const isOurs = options.user === undefined && options.through === undefined;
  const coverage = isOurs ? process.env['NODE_V8_COVERAGE'] : undefined;
  const node = [process.execPath, '--import', tsx, main, ...args];
  const [command = '', ...rest] = [...(options.through ?? []), ...node];
  const environment = { ...process.env, NODE_V8_COVERAGE: coverage, ...options.environment };
  return new Promise((resolve, reject) => {
    const child = spawn(command, rest, {
      cwd: options.cwd,
      env: { ...environment, NO_COLOR: '1' },
      ...(options.user === undefined ? {} : { uid: nobody, gid: nobody }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      options.onStderr?.(stderr, () => child.kill('SIGINT'));
    });
    if (options.closeStdout !== undefined) child.stdout.destroy();
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

export interface TemporaryFolder {
  readonly path: string;
  readonly remove: () => void;
}

/** A new folder that is removed by `remove`. */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'pinproof-test-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Why the running kernel cannot be driven here, or null. */
export async function linuxMissing(): Promise<string | null> {
  const started = await createLinux();
  if ('missing' in started) return started.missing;
  await started.adapter.close();
  return null;
}

/** Why nothing can be run as an ordinary user here, or null. */
export async function nobodyMissing(): Promise<string | null> {
  if (process.getuid?.() !== 0) return 'only root can become another user';
  const { code } = await pinproof(['--version'], { cwd: '/', user: 'nobody' });
  return code === 0 ? null : 'the sources cannot be read by other users';
}
