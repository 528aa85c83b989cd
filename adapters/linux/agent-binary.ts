/**
 * The compiled agent. It is compiled at first use and kept as agent-SOURCES-BINARY, where both are
 * sha256 sums: a name says what the file must contain, so that any number of first uses at once
 * and any damage are harmless.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { defaultCacheHome, openCacheFolder } from './cache-folder.ts';

export interface AgentOptions {
  /** Stands for XDG_CACHE_HOME. */
  readonly cacheHome?: string;
  /** Commands to compile with, the first that works is used. */
  readonly compilers?: readonly (readonly [command: string, ...flags: string[]])[];
}

export type AgentBinary = { readonly binary: string } | { readonly missing: string };

type Compiled = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const sourceFolder = fileURLToPath(new URL('agent', import.meta.url));
const flags = ['-O2', '-std=gnu11'];
const compileMs = 120_000;

const triplets: Readonly<Partial<Record<NodeJS.Architecture, string>>> = {
  x64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
};

// musl-gcc looks in its own headers alone, which those of the kernel are not among.
const kernelHeaders = ['', triplets[process.arch] ?? ''].flatMap((folder) => [
  '-idirafter',
  join('/usr/include', folder),
]);

export const muslCompiler = ['musl-gcc', '-static', ...kernelHeaders] as const;

// A static program forks faster and needs nothing of the file system that it leaves.
const defaultCompilers = [
  ['cc', '-static'],
  ['gcc', '-static'],
  muslCompiler,
  ['cc'],
  ['gcc'],
] as const;

interface Sources {
  readonly files: readonly string[];
  readonly sum: string;
}

const sumOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

function readSources(): Sources {
  const names = readdirSync(sourceFolder)
    .filter((name) => /\.[ch]$/.test(name))
    .sort();
  const hash = createHash('sha256').update(flags.join(' '));
  for (const name of names) {
    hash.update(`\0${name}\0`).update(readFileSync(join(sourceFolder, name)));
  }
  const files = names.filter((name) => name.endsWith('.c')).map((name) => join(sourceFolder, name));
  return { files, sum: hash.digest('hex') };
}

/** True if the file is ours, can be run, and is what its name says. */
function isIntact(folder: string, name: string): boolean {
  const path = join(folder, name);
  const found = lstatSync(path);
  const ours = found.isFile() && found.uid === process.geteuid?.();
  const isFit = (found.mode & 0o122) === 0o100;
  return ours && isFit && name.endsWith(`-${sumOf(readFileSync(path))}`);
}

function findBinary(folder: string, sources: Sources): string | undefined {
  const names = readdirSync(folder).filter((name) => name.startsWith(`agent-${sources.sum}-`));
  for (const name of names) {
    if (isIntact(folder, name)) {
      return join(folder, name);
    }
    rmSync(join(folder, name), { recursive: true, force: true });
  }
  return undefined;
}

/** Whether the file that `readyAgent` has found can be started once more. */
export function isStillIntact(binary: string): boolean {
  try {
    return isIntact(dirname(binary), basename(binary));
  } catch {
    return false;
  }
}

/** Of all that a compiler says, the line that tells most. */
function whyOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return 'failed';
  }
  if ('code' in error && error.code === 'ENOENT') {
    return 'is not there';
  }
  const said = 'stderr' in error ? String(error.stderr).trim().split('\n') : [];
  const telling = said.find((line) => /error|cannot find/i.test(line)) ?? said[0] ?? '';
  return telling === '' ? 'failed' : `failed: ${telling}`;
}

async function compile(
  command: string,
  args: readonly string[],
  scratch: string,
): Promise<Compiled> {
  const env = { ...process.env, TMPDIR: scratch, LC_ALL: 'C' };
  try {
    await promisify(execFile)(command, args, { env, timeout: compileMs });
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: `${command} ${whyOf(error)}` };
  }
}

async function build(
  folder: string,
  sources: Sources,
  compilers: NonNullable<AgentOptions['compilers']>,
): Promise<AgentBinary> {
  const scratch = mkdtempSync(join(folder, 'build-'));
  const output = join(scratch, 'agent');
  const reasons: string[] = [];
  try {
    for (const [command, ...own] of compilers) {
      const args = [...flags, ...own, '-o', output, ...sources.files];
      const compiled = await compile(command, args, scratch);
      if (compiled.ok) {
        const binary = join(folder, `agent-${sources.sum}-${sumOf(readFileSync(output))}`);
        renameSync(output, binary);
        return { binary };
      }
      reasons.push(compiled.reason);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return {
    missing: `The agent in C could not be compiled (${reasons.join('; ')}): install gcc and the C library's headers (on Debian: apt-get install gcc libc6-dev).`,
  };
}

/**
 * Finds the binary or compiles it; to be asked before each start, because it checks the binary, or
 * `isStillIntact` where one was started before.
 * May throw what the file system throws.
 */
export async function readyAgent(options: AgentOptions): Promise<AgentBinary> {
  const cache = openCacheFolder(options.cacheHome ?? defaultCacheHome());
  if ('refused' in cache) {
    return { missing: cache.refused };
  }
  const sources = readSources();
  const binary = findBinary(cache.folder, sources);
  return binary === undefined
    ? build(cache.folder, sources, options.compilers ?? defaultCompilers)
    : { binary };
}
