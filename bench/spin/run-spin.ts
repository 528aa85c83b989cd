import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PanCounts, readPan, readTimes } from './pan-output.ts';
import { promelaOf } from './promela.ts';
import type { Asserts, SpinScope } from './scope.types.ts';

export interface SpinOptions {
  readonly asserts?: Asserts;
  /** log2 of the slots of pan's hash table; best at about four times the states. */
  readonly tableBits?: number;
  /** Longest path that pan can hold; about 50 bytes each are taken whether used or not. */
  readonly depthMax?: number;
  readonly cpuSecondsMax?: number;
  readonly memoryMegabytesMax?: number;
  /** `fast` is Spin's best exact build and takes seconds of gcc; `quick` is for small scopes. */
  readonly build?: 'fast' | 'quick';
}

export interface SpinRun extends PanCounts {
  /** User and system time of pan alone, without spin and gcc. */
  readonly cpuSeconds: number;
}

/** Spin, gcc or pan is missing, refused its input or did not search everything. */
export class SpinFailure extends Error {
  readonly stage: 'spin' | 'gcc' | 'pan';

  constructor(stage: 'spin' | 'gcc' | 'pan', message: string) {
    super(message);
    this.name = 'SpinFailure';
    this.stage = stage;
  }
}

interface Finished {
  readonly code: number | null;
  readonly output: string;
}

function isMissing(error: Error): boolean {
  return 'code' in error && error.code === 'ENOENT';
}

function finish(
  stage: SpinFailure['stage'],
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      const missing = `"${command}" was not found: the Promela judge needs spin and gcc installed.`;
      reject(new SpinFailure(stage, isMissing(error) ? missing : error.message));
    });
    child.on('close', (code) => {
      resolve({ code, output });
    });
  });
}

async function must(
  stage: SpinFailure['stage'],
  args: readonly string[],
  cwd: string,
): Promise<void> {
  const { code, output } = await finish(stage, stage, args, cwd);
  if (code !== 0) throw new SpinFailure(stage, `${stage} failed: ${output.trim().slice(0, 400)}`);
}

/** Pan prints eight digits of a count; a patch of its formats makes it print all. */
async function printAllDigits(folder: string): Promise<void> {
  const file = join(folder, 'pan.c');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replaceAll('"%9.8g states,', '"%9.15g states,'));
}

/**
 * Partial-order reduction reduces nothing in one process, and compression costs more than it saves
 * on a vector as short as this one, so both are off.
 */
function compilerOptions(options: SpinOptions): string[] {
  const memory = options.memoryMegabytesMax ?? 8192;
  return [
    ...(options.build === 'quick' ? ['-O0'] : ['-O3', '-march=native']),
    ...['SAFETY', 'NOREDUCE', 'NOBOUNDCHECK', 'NOCOMP', `MEMLIM=${memory}`].map((it) => `-D${it}`),
    ...['-w', '-o', 'pan', 'pan.c'],
  ];
}

async function judgeIn(folder: string, text: string, options: SpinOptions): Promise<SpinRun> {
  await writeFile(join(folder, 'world.pml'), text);
  await must('spin', ['-a', 'world.pml'], folder);
  await printAllDigits(folder);
  await must('gcc', compilerOptions(options), folder);
  const { tableBits = 22, depthMax = 200_000, cpuSecondsMax = 600 } = options;
  // The shell limits and measures the CPU time of pan, which Node cannot do for a child.
  const script = `ulimit -t ${cpuSecondsMax}; ./pan -m${depthMax} -w${tableBits}; code=$?; times; exit $code`;
  const { code, output } = await finish('pan', 'sh', ['-c', script], folder);
  if (code !== null && code > 128) {
    const limit = `its limit of ${cpuSecondsMax} CPU seconds, or for want of memory`;
    throw new SpinFailure('pan', `pan was killed by signal ${code - 128}: at ${limit}`);
  }
  const reading = readPan(output);
  if (!reading.complete) throw new SpinFailure('pan', `pan (exit ${code}): ${reading.why}`);
  return { ...reading.counts, cpuSeconds: readTimes(output) };
}

/**
 * Compiles and runs a Promela text in a temporary folder that is gone afterwards.
 *
 * @throws SpinFailure where there is no complete search to report.
 */
export async function runPromela(text: string, options: SpinOptions = {}): Promise<SpinRun> {
  const folder = await mkdtemp(join(tmpdir(), 'pinproof-spin-'));
  try {
    return await judgeIn(folder, text, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The judge's counts and Spin's cost for a scope. @throws SpinFailure as {@link runPromela}. */
export function runSpin(scope: SpinScope, options: SpinOptions = {}): Promise<SpinRun> {
  return runPromela(promelaOf(scope, options.asserts), options);
}
