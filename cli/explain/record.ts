/** The verb `record`: runs a command under strace, and explains what it did. */
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callsThatMatter } from '../../traces/index.ts';
import { BadInput, CannotStart, refusalOf } from '../bad-input.ts';
import type { CommandResult, Surroundings } from '../command.types.ts';
import { explainFiles } from './explain.ts';
import type { ExplainOptions } from './explain.ts';
import { logLines } from './log-lines.ts';
import type { LogFile } from './log-lines.ts';

export interface RecordOptions extends ExplainOptions {
  /** Where the log is kept. */
  readonly keep?: string;
}

/** `?`: a call that this machine does not have is left out. */
const asked = [...callsThatMatter].map((name) => `?${name}`).join(',');

export async function record(
  command: readonly string[],
  options: RecordOptions,
  around: Surroundings,
): Promise<CommandResult> {
  const descriptor = unnamedFile();
  try {
    await runUnderStrace(command, descriptor);
    const file: LogFile = { name: 'the log of strace', descriptor, own: 1 };
    if (options.keep !== undefined) keepLog(file, options.keep);
    return explainFiles(command.join(' '), [file], options, around);
  } finally {
    closeSync(descriptor);
  }
}

/** A file without a name: whatever the command mounts where, it can be read, and nothing stays behind. */
function unnamedFile(): number {
  const folder = mkdtempSync(join(tmpdir(), 'pinproof-record-'));
  try {
    return openSync(join(folder, 'log'), 'w+', 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the command prints goes to stderr, where it is in nobody's way. */
function runUnderStrace(command: readonly string[], log: number): Promise<void> {
  const [program = ''] = command;
  const place = `/proc/${process.pid}/fd/${log}`;
  const options = ['-f', '-y', '-s', '4096', '-e', `trace=${asked}`, '-o', place, '--'];
  const child = spawn('strace', [...options, ...command], { stdio: [0, 2, 2] });
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      reject(
        new CannotStart(
          `strace could not be started (${refusalOf(error)}); install it, or record with it elsewhere and give the log to pinproof explain.`,
        ),
      );
    });
    child.once('close', () => {
      const [first] = logLines({ name: '', descriptor: log, own: 1 });
      if (first !== undefined) resolve();
      else
        reject(new CannotStart(`${program} could not be run under strace, which says why above.`));
    });
  });
}

function keepLog(file: LogFile, name: string): void {
  try {
    writeFileSync(name, '');
    let lines: string[] = [];
    const flush = (): void => {
      if (lines.length > 0) writeFileSync(name, `${lines.join('\n')}\n`, { flag: 'a' });
      lines = [];
    };
    for (const line of logLines(file)) if (lines.push(line) >= 10_000) flush();
    flush();
  } catch (error) {
    throw new BadInput(
      `the log cannot be written to ${name} (${refusalOf(error)}); choose another file with --keep.`,
    );
  }
}
